import { type IncomingMessage, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { text as textOf } from 'node:stream/consumers';

/** What the server says of an export that was asked for. */
export interface AskedExport {
  readonly id: string;
  readonly status: string;
  readonly rows: number;
  readonly recordVersion: number;
  readonly purpose: string;
}

const shown = 'id status rows recordVersion purpose';

/** Asks a running server for exports, as anybody may. */
export class ExportClient {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url.replace(/\/$/, '');
    this.#token = token;
  }

  /** @throws Error in a sentence: what is wrong with the document, or that it is refused */
  async ask(document: string, format: string, purpose: string): Promise<AskedExport> {
    return this.#mutate('requestExport', { document, format, purpose });
  }

  approve({ id, recordVersion: expectedVersion }: AskedExport): Promise<AskedExport> {
    return this.#mutate('approveExport', { id, expectedVersion });
  }

  async find(id: string): Promise<AskedExport> {
    const { exportRequest } = await this.#graphql(`query($id: ID!) { exportRequest(id: $id) { ${shown} } }`, {
      id,
    });
    if (!exportRequest) throw new Error('There is no export of yours with this id.');
    return exportRequest as AskedExport;
  }

  /** The file as it comes. @param after the last record that has come already @throws Error in a sentence */
  async file({ id, purpose }: AskedExport, after?: string): Promise<IncomingMessage> {
    const path = `/exports/${encodeURIComponent(id)}${after === undefined ? '' : `?after=${encodeURIComponent(after)}`}`;
    const response = await this.#send('GET', path, { 'laihu-purpose': purpose });
    if (response.statusCode === 200) return response;
    throw new Error(messageOf(await textOf(response)));
  }

  async #mutate(name: string, input: object): Promise<AskedExport> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const data = await this.#graphql(
      `mutation($input: ${type}!) { ${name}(input: $input) { userErrors { message } exportRequest { ${shown} } } }`,
      { input },
    );
    const { exportRequest, userErrors = [] } = data[name] as {
      exportRequest?: AskedExport;
      userErrors?: readonly { message: string }[];
    };
    if (!exportRequest) throw new Error(userErrors.map(({ message }) => message).join('\n'));
    return exportRequest;
  }

  async #graphql(query: string, variables: object): Promise<Record<string, unknown>> {
    const body = JSON.stringify({ query, variables });
    const headers = { 'content-type': 'application/json' };
    const response = await this.#send('POST', '/graphql', headers, body);
    const answer = JSON.parse(await textOf(response)) as {
      data?: Record<string, unknown> | null;
      errors?: readonly { message: string }[];
    };
    if (answer.data && !answer.errors) return answer.data;
    throw new Error((answer.errors ?? []).map(({ message }) => message).join('\n') || 'No answer.');
  }

  #send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<IncomingMessage> {
    const send = this.#url.startsWith('https:') ? secureRequest : request;
    return new Promise((resolve, reject) => {
      const sent = send(
        `${this.#url}${path}`,
        { method, headers: { authorization: `Bearer ${this.#token}`, ...headers } },
        resolve,
      );
      sent.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          error.code === 'ECONNREFUSED'
            ? new Error(`No server answers at ${this.#url}: start it (npm start), or name it with --url.`)
            : error,
        ),
      );
      sent.end(body);
    });
  }
}

function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return String(message ?? text);
  } catch {
    return text;
  }
}

import type { AccessEvent } from '../../src/audit/event.ts';
import type { AuditLog } from '../../src/audit/log.ts';
import { documentHash } from '../../src/http/documents/manifest.ts';
import { AuthenticationError } from '../../src/identity/authentication-error.ts';
import type { PostFunction, Viewer } from '../../src/identity/viewer.ts';
import { getViewer, type ViewerCode } from '../../src/identity/viewers.ts';
import { productGraph, viewerOf } from '../support/graph.ts';
import type { HttpAnswer, TestServer } from './test-server.ts';

/** Somebody who works for a viewer; the token is made of it. */
export interface Worker {
  readonly code: ViewerCode;
  readonly person: string;
  readonly posts?: readonly PostFunction[];
  /** The token allows no documents of their own. */
  readonly isBound?: true;
}

/** Who a token is; what happens before the next page of a file is looked up. */
export class Workers {
  readonly #known = new Map<string, Viewer>();
  #before: (() => Promise<unknown>)[] = [];
  #asked = 0;

  token({ code, person, posts = [], isBound }: Worker): string {
    const token = `${code}/${person}/${posts.join()}/${isBound}`;
    const client = isBound ? 'window' : null;
    this.#known.set(token, { ...viewerOf(code), person, posts, client, explores: !isBound });
    return token;
  }

  /** What is done before the nth time that somebody is asked who they are, from now on. */
  at(n: number, act: () => Promise<unknown>): void {
    this.#asked = 0;
    this.#before = [];
    this.#before[n] = act;
  }

  authenticate = async (header: string | undefined): Promise<Viewer> => {
    this.#asked += 1;
    await this.#before[this.#asked]?.();
    const viewer = this.#known.get((header ?? '').slice('Bearer '.length));
    if (!viewer) throw new AuthenticationError('TOKEN_MISSING');
    return viewer;
  };
}

/** As clients ask for an export. */
export const requestDocument = `mutation($input: RequestExportInput!) { requestExport(input: $input) {
  committed userErrors { code path message } exportRequest { id status rows document owners { id } maskedFields recordVersion } } }`;

/** The exports of a server, as those who work with it ask for them. */
export class Exports {
  readonly #server: TestServer;
  readonly #workers: Workers;

  constructor(server: TestServer, workers: Workers) {
    this.#server = server;
    this.#workers = workers;
  }

  /** @param purpose the viewer's usual one where it is left out */
  async ask(worker: Worker, query: string, variables: object = {}): Promise<HttpAnswer> {
    return this.#server.send('/graphql', {
      token: this.#workers.token(worker),
      headers: { 'laihu-purpose': usualPurpose(worker.code) },
      body: { query, variables },
    });
  }

  /** Asks for an export. @returns its payload */
  async request(worker: Worker, document: string, format = 'CSV') {
    const input = { document, format, purpose: usualPurpose(worker.code) };
    const { json } = await this.ask(worker, requestDocument, { input });
    if (!json.data?.requestExport) throw new Error(JSON.stringify(json.errors));
    return json.data.requestExport;
  }

  /** Asks for one by registered documents alone. */
  async requestAs(worker: Worker, document: string) {
    const { json } = await this.#server.send('/graphql', {
      token: this.#workers.token(worker),
      headers: { 'laihu-purpose': usualPurpose(worker.code) },
      body: {
        documentId: `sha256:${documentHash(requestDocument)}`,
        variables: { input: { document, format: 'CSV', purpose: usualPurpose(worker.code) } },
      },
    });
    const { userErrors, exportRequest } = json.data.requestExport;
    const errors = userErrors.map(({ path }: { path: string[] }) => path.join('.'));
    return { errors, status: exportRequest?.status };
  }

  /** Decides about one. @returns its payload, or the code of a refusal */
  async decide(worker: Worker, mutation: string, id: string, more: object = {}) {
    const { json } = await this.ask(
      worker,
      `mutation($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) {
        committed userErrors { code message } exportRequest { status } } }`,
      { input: { id, expectedVersion: await this.version(worker, id), ...more } },
    );
    return json.data?.[mutation] ?? json.errors[0].extensions.code;
  }

  async version(worker: Worker, id: string): Promise<number> {
    return (await this.stands(worker, id)).recordVersion;
  }

  async stands(worker: Worker, id: string) {
    const { json } = await this.ask(
      worker,
      `query($id: ID!) { exportRequest(id: $id) { recordVersion status stoppedBecause rowsTaken } }`,
      { id },
    );
    return json.data?.exportRequest ?? {};
  }

  /** Takes the file. */
  async take(worker: Worker, id: string, after?: string, purpose = usualPurpose(worker.code)) {
    const query = after === undefined ? '' : `?after=${after}`;
    const response = await fetch(`${this.#server.url}/exports/${id}${query}`, {
      headers: { authorization: `Bearer ${this.#workers.token(worker)}`, 'laihu-purpose': purpose },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes, text: bytes.toString('utf8') };
  }

  /** An approved export: by itself, or by a second person. */
  async approved(worker: Worker, document: string, format = 'CSV'): Promise<string> {
    const { exportRequest: made, userErrors } = await this.request(worker, document, format);
    if (!made) throw new Error(JSON.stringify(userErrors));
    if (made.status === 'REQUESTED')
      await this.decide(
        { code: worker.code, person: 'second', posts: ['ANALYST'] },
        'approveExport',
        made.id,
      );
    return made.id;
  }

  /** All records of a list, page by page through the graph. */
  async all(worker: Worker, list: string, args: string, fields: string): Promise<readonly object[]> {
    const found: object[] = [];
    for (let after: string | null = null; ; ) {
      const { json } = await this.ask(
        worker,
        `query($after: String) { page: ${list}(first: 100, after: $after${args}) { nodes ${fields} pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      found.push(...json.data.page.nodes);
      if (!json.data.page.pageInfo.hasNextPage) return found;
      after = json.data.page.pageInfo.endCursor;
    }
  }
}

/** A log that keeps its entries in memory. */
export function keptLog(): { readonly log: AuditLog; readonly entries: AccessEvent[] } {
  const entries: AccessEvent[] = [];
  const log: AuditLog = {
    record: async (event) => void entries.push(event),
    tokensOf: () => Buffer.alloc(0),
    find: async () => [],
    working: true,
    isRefusing: false,
    answers: async () => true,
    publicKeyFile: '',
    close: async () => {},
  };
  return { log, entries };
}

const usualPurpose = (code: ViewerCode): string =>
  productGraph().purposes.usualOf(getViewer(code).name) ?? '';

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditLog } from '../../src/audit/log.ts';
import { viewerLogin } from '../../src/database/wall/login.ts';
import type { Doers } from '../../src/graph/doing/doers.ts';
import { documentHash } from '../../src/http/documents/manifest.ts';
import { type Authenticate, createAuthenticate } from '../../src/identity/authenticate.ts';
import { createDemoIssuer } from '../../src/identity/demo-issuer.ts';
import { getViewer, type ViewerCode } from '../../src/identity/viewers.ts';
import { createServer } from '../../src/server.ts';
import { createPools } from '../../src/store/pools.ts';
import { createRunner } from '../../src/store/statements.ts';
import { sharedDatabaseUrl } from '../support/database.ts';
import { productGraph, testDay } from '../support/graph.ts';
import { sharedByDatabase } from '../support/shared-connections.ts';

/** The answer to one request, looked into by path. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path.
  readonly json: any;
}

/** The whole program but for its command line, listening on a free port before the shared district. */
export interface TestServer {
  readonly url: string;
  /** Those who do what follows, and what happens by itself. */
  readonly doers: Doers | undefined;
  /** Statements that were sent to stores so far. */
  statements(): number;
  /** A token of the demonstration issuer. */
  tokenOf(code: ViewerCode, unit?: string): Promise<string>;
  /** Any request; a body that is no string is sent as JSON. */
  send(path: string, request?: HttpRequest): Promise<HttpAnswer>;
  /** `POST /graphql` as a viewer, for its usual purpose. */
  ask(code: ViewerCode, query: string, variables?: Record<string, unknown>): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export interface HttpRequest {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly token?: string | undefined;
  readonly body?: unknown;
}

export interface TestServerOptions {
  /** Who is let in instead of the demonstration's personas. */
  readonly authenticate?: Authenticate;
  /** Registered clients: name → texts of their documents. */
  readonly clients?: Readonly<Record<string, readonly string[]>>;
  readonly objectsPerMinute?: number;
  readonly answerBytes?: number;
  readonly requestTimeoutMs?: number;
  readonly requestsAtOnce?: number;
  /** Where reads are recorded; nowhere without it. */
  readonly audit?: AuditLog;
  /** A store whose server does not exist. */
  readonly down?: string;
  /** Another database than the shared district. */
  readonly databaseUrl?: string;
  /** Where each store is, where they are not all in one database. */
  readonly urlOf?: (store: string) => string;
  /** The district's day; the one at which the synthetic district stands without it. */
  readonly today?: () => string;
}

export async function startTestServer({
  authenticate,
  clients = {},
  objectsPerMinute,
  answerBytes,
  requestTimeoutMs,
  requestsAtOnce,
  down,
  audit,
  databaseUrl: url = sharedDatabaseUrl(),
  urlOf = () => url,
  today = () => testDay,
}: TestServerOptions = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'laihu-http-'));
  const demo = await createDemoIssuer(folder);
  const graph = productGraph();
  const urls = (store: string) => (store === down ? 'postgres://nobody@127.0.0.1:1/nothing' : urlOf(store));
  const pools = createPools({
    urls,
    statementTimeoutMs: 10_000,
    connectionsPerPool: 1,
    maxConnections: 60,
    login: viewerLogin,
  });
  const runner = createRunner(sharedByDatabase(pools), { deadlineMs: 10_000 });
  let statements = 0;
  const server = await createServer({
    graph,
    pools,
    runner: {
      ...runner,
      run: (...args) => {
        statements += 1;
        return runner.run(...args);
      },
    },
    authenticate: authenticate ?? createAuthenticate({ verifiers: new Map([[demo.issuer, demo.verifier]]) }),
    ...(authenticate ? {} : { demo }),
    cursorSecret: 'a secret of the test run',
    today,
    logLevel: 'silent',
    audit,
    requestsAtOnce,
    clients: new Map(
      Object.entries(clients).map(([name, texts]) => [
        name,
        new Map(texts.map((text) => [documentHash(text), text])),
      ]),
    ),
    answerBytes,
    ...(objectsPerMinute === undefined ? {} : { objectsPerMinute }),
    ...(requestTimeoutMs === undefined ? {} : { transport: { requestTimeoutMs } }),
  });
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const tokenOf = async (code: ViewerCode, unit?: string) => (await demo.issue({ code, unit })).token;
  const send = (path: string, request: HttpRequest = {}) => sendTo(address, path, request);
  return {
    url: address,
    doers: server.doers,
    statements: () => statements,
    tokenOf,
    send,
    ask: async (code, query, variables) =>
      send('/graphql', {
        token: await tokenOf(code),
        headers: { 'laihu-purpose': graph.purposes.usualOf(getViewer(code).name) },
        body: { query, variables },
      }),
    async close() {
      await server.drain();
      await pools.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Sends one request to a server at an address. */
export async function sendTo(
  address: string,
  path: string,
  { method, headers = {}, token, body }: HttpRequest = {},
): Promise<HttpAnswer> {
  const json = body !== undefined && typeof body !== 'string';
  const answer = await fetch(`${address}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(json ? { 'content-type': 'application/json' } : {}),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as string) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { generateKeyPairSync } from 'node:crypto';
import { type ExecutionResult, GraphQLError, parse, validate } from 'graphql';
import { inject } from 'vitest';
import { AccessRecorder, type RequestLog } from '../../src/graph/audited/access-recorder.ts';
import type { ReadIds } from '../../src/graph/audited/records-about.ts';
import { createDoers, type Doers } from '../../src/graph/doing/doers.ts';
import { GrantBook, grantsOf, type ReadGrants } from '../../src/graph/grants/book.ts';
import type { GrantOffer } from '../../src/graph/grants/offer.ts';
import { CursorCodec } from '../../src/graph/reads/cursors.ts';
import { ReadEngine } from '../../src/graph/reads/engine.ts';
import { KnownPlaces } from '../../src/graph/reads/known-places.ts';
import { presenceNoter } from '../../src/graph/reads/presence.ts';
import { RequestReads } from '../../src/graph/reads/request-reads.ts';
import type { RequestReading, SentRequest } from '../../src/graph/request-reading.ts';
import { type BundleSigner, createBundleSigner } from '../../src/identity/bundle-signer.ts';
import { personas } from '../../src/identity/personas.ts';
import { createViewer, type Viewer } from '../../src/identity/viewer.ts';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { createGraph, type Graph } from '../../src/schema.ts';
import { createPools, type Pools } from '../../src/store/pools.ts';
import { createRunner, type Runner, type StatementTrace } from '../../src/store/statements.ts';
import { sharedDatabaseUrl } from './database.ts';
import { testLogin } from './login.ts';
import { sharedByDatabase } from './shared-connections.ts';

/** The day at which the synthetic district stands. */
export const testDay = '2007-03-01';

/** A viewer as its token would make it. */
export function viewerOf(code: ViewerCode, unit?: string): Viewer {
  const persona = personas.find((p) => p.code === code);
  return createViewer({
    department: code,
    unit: unit ?? persona?.unit,
    sub: persona?.person,
    name: persona?.name,
    posts: persona?.posts,
  });
}

/** An answer with the statements that made it. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path.
  readonly data: any;
  readonly errors: NonNullable<ExecutionResult['errors']>;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path.
  readonly extensions: any;
  readonly statements: StatementTrace;
  /** What the answer says of refused coordinates: `extensions.access.denied`. */
  readonly denied: readonly DeniedCoordinate[];
}

/** Why a coordinate is refused, as an answer says it. */
export interface DeniedCoordinate {
  readonly coordinate: string;
  readonly group: string;
  readonly title: string;
  readonly owner: string;
  readonly clauses: readonly string[];
  readonly reason: string;
  readonly needed: string;
  /** The request for a case-bound grant, where one would open the coordinate. */
  readonly grant?: GrantOffer;
}

/** The graph over a real database, asked without HTTP. */
export interface TestGraph {
  readonly graph: Graph;
  readonly pools: Pools;
  /** Those who do what follows, and what happens by itself. */
  readonly doers: Doers | undefined;
  /** @param purpose the viewer's usual one when left out; null for none */
  ask(
    viewer: Viewer,
    document: string,
    variables?: Record<string, unknown>,
    purpose?: string | null,
  ): Promise<Answer>;
  /** A document that is parsed already, so that it is known when it is asked again; for the usual purpose. */
  askDocument(viewer: Viewer, request: SentRequest): Promise<Answer>;
  close(): Promise<void>;
}

let signer: Promise<BundleSigner> | undefined;

/** Signs bundles of all graphs of the process; made when first asked. */
function testSigner(): Promise<BundleSigner> {
  signer ??= createBundleSigner(generateKeyPairSync('ed25519').privateKey);
  return signer;
}

let product: Graph | undefined;

/** The product's graph, one a process: to make it takes longer than most tests. */
export function productGraph(): Graph {
  // In the run that asks everything of the one statement.
  const fusedFrom = inject('road') === 'one statement' ? 1 : undefined;
  product ??= createGraph(undefined, undefined, fusedFrom);
  return product;
}

/** A request as everybody reads it, or why it cannot be read: the answer over HTTP. */
function readOrRefuse(graph: Graph, sent: SentRequest): RequestReading | GraphQLError {
  try {
    return graph.executor.read(sent);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

const asTheProgram = (pools: Pools): Runner => createRunner(sharedByDatabase(pools), { deadlineMs: 10_000 });

/**
 * @param log records what is asked; nothing is recorded without it
 * @param today the district's day; the one at which the synthetic district stands without it
 * @param runnerOf runs the statements; as the program does without it
 * @param readGrants what the program takes for the grants in force; what the database holds without it
 * @param login as whom viewers log in; as the run has it without it
 */
export function createTestGraph(
  url: string = sharedDatabaseUrl(),
  urlOf: (store: string) => string = () => url,
  graph: Graph = productGraph(),
  log?: RequestLog,
  today: () => string = () => testDay,
  runnerOf: (pools: Pools) => Runner = asTheProgram,
  readGrants?: ReadGrants,
  login: ReturnType<typeof testLogin> = testLogin(),
): TestGraph {
  // Three graphs may be open at once, on a server of 200 connections that closes them in its own time.
  const pools = createPools({
    urls: urlOf,
    statementTimeoutMs: 10_000,
    // Most of a short question's time is the opening of a connection.
    connectionsPerPool: 1,
    maxConnections: 44,
    login,
  });
  const valid = new Set<string>();
  const readIds: ReadIds = async (store, text, params) =>
    (await pools.ownerOf(store).unsafe(text, params as never[])).map(({ id }) => String(id));
  const engine = new ReadEngine({
    model: graph.model,
    wall: graph.wall,
    runner: runnerOf(pools),
    codec: new CursorCodec('a secret of the test run'),
    sameServer: (a, b) => pools.serverOf(a) === pools.serverOf(b),
    today,
    places: new KnownPlaces(graph.model, readIds),
    notePresence: presenceNoter(pools),
  });
  const doers = createDoers({ graph, engine, pools });
  // Read anew for each question: a test need not wait until a grant is known.
  const grantBook = new GrantBook(readGrants ?? grantsOf(() => pools.ownerOf('organisation')), {
    freshForMs: 0,
  });
  const recorder = log && new AccessRecorder(log, graph, readIds);
  const answer = async (viewer: Viewer, sent: SentRequest, purpose: string | null): Promise<Answer> => {
    const statements: StatementTrace = [];
    const audit = recorder?.request();
    const context = {
      viewer,
      audit,
      performer: doers?.performer,
      bundleSigner: await testSigner(),
      reads: new RequestReads(engine, viewer, statements, audit?.sink),
      purpose,
      grantBook,
      client: null,
    };
    const reading = readOrRefuse(graph, sent);
    if (reading instanceof GraphQLError)
      return { data: undefined, errors: [reading], extensions: undefined, statements, denied: [] };
    const execution = { reading, context };
    const result = await graph.executor.execute(execution);
    const answer = audit ? await audit.recorded(execution, result) : result;
    const { errors = [], extensions } = answer;
    const data = answer.data && JSON.parse(JSON.stringify(answer.data));
    const { denied = [] } = (extensions?.access ?? {}) as { denied?: DeniedCoordinate[] };
    return { data, errors, extensions, statements, denied };
  };
  return {
    graph,
    pools,
    doers,
    async ask(viewer, source, variables = {}, purpose = graph.purposes.usualOf(viewer.department)) {
      const document = parse(source);
      // Every viewer asks the same: that a text is valid does not depend on who asks.
      if (!valid.has(source)) {
        const faults = validate(graph.bare, document);
        if (faults.length > 0) throw new Error(faults.map((fault) => fault.message).join('\n'));
        valid.add(source);
      }
      return answer(viewer, { document, variables }, purpose);
    },
    askDocument: (viewer, request) => answer(viewer, request, graph.purposes.usualOf(viewer.department)),
    close: () => pools.close(),
  };
}

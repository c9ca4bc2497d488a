import { join } from 'node:path';
import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { AuditLog } from './audit/log.ts';
import { carryAtOnce } from './database/copies/carry-at-once.ts';
import { AccessRecorder } from './graph/audited/access-recorder.ts';
import type { ReadIds } from './graph/audited/records-about.ts';
import { createDoers, type Doers } from './graph/doing/doers.ts';
import { GrantBook, grantsOf } from './graph/grants/book.ts';
import { ObjectBudget } from './graph/limits/budget.ts';
import { CursorCodec } from './graph/reads/cursors.ts';
import { ReadEngine } from './graph/reads/engine.ts';
import { KnownPlaces } from './graph/reads/known-places.ts';
import { presenceNoter } from './graph/reads/presence.ts';
import { registerBundleKeys } from './http/bundle-keys.ts';
import { registerConsole } from './http/console.ts';
import type { Clients } from './http/documents/clients.ts';
import { registerExports } from './http/exports/register-exports.ts';
import { registerGraphql } from './http/graphql.ts';
import { registerHealth } from './http/health.ts';
import { registerIssuedDocuments } from './http/issued-documents.ts';
import { answerOwnHostsOnly } from './http/own-hosts.ts';
import { allowCompression } from './http/transport/compressed-answers.ts';
import { InFlight } from './http/transport/in-flight.ts';
import { registerTransport, type TransportOptions, transportOptions } from './http/transport/index.ts';
import type { Authenticate } from './identity/authenticate.ts';
import type { BundleSigner } from './identity/bundle-signer.ts';
import type { DemoIssuer } from './identity/demo-issuer.ts';
import { registerDemoRoutes } from './identity/demo-routes.ts';
import { viewers } from './identity/viewers.ts';
import { productDepartments } from './product-contract.ts';
import type { Graph } from './schema.ts';
import type { ConnectionIdentity, Pools } from './store/pools.ts';
import { createReadiness } from './store/readiness.ts';
import type { Runner } from './store/statements.ts';

export interface ServerParts {
  readonly graph: Graph;
  readonly pools: Pools;
  readonly runner: Runner;
  readonly authenticate: Authenticate;
  /** Only with `--demo`. */
  readonly demo?: DemoIssuer;
  /** What the server is going to listen on; names it in the demonstration, which answers under no other name. */
  readonly host?: string;
  readonly cursorSecret: string;
  /** The district's calendar day, YYYY-MM-DD. */
  readonly today: () => string;
  readonly logLevel: string;
  /** Registered clients and their documents; nobody without them. */
  readonly clients?: Clients;
  /** Budget of each person and unit; none when null or left out. */
  readonly objectsPerMinute?: number | null;
  /** Bytes of an answer at the most; 8 MiB where it is left out. */
  readonly answerBytes?: number | undefined;
  readonly transport?: TransportOptions;
  /** Requests that are answered, or wait to be, at the most; without it as many as come. */
  readonly requestsAtOnce?: number | undefined;
  /** Signs what coordinators take along; nothing is taken along without it. */
  readonly bundleSigner?: BundleSigner | undefined;
  /** Where reads are recorded before they are answered; the program always has one. */
  readonly audit?: AuditLog | undefined;
}

export interface Server {
  readonly app: FastifyInstance;
  /** Those who do what follows, and what happens by itself; undefined where nothing can be done. */
  readonly doers: Doers | undefined;
  /** Answers what has begun, refuses what comes, then closes. */
  drain(): Promise<void>;
}

const root = join(import.meta.dirname, '..');

/** `/readyz` answers within a second, in milliseconds. */
const readyWithinMs = 900;

/** The outboxes are looked through so often, in milliseconds. */
const sweepEveryMs = 5000;

/** A reader of whom nothing is known but that there is such a role. */
const nobody: Omit<ConnectionIdentity, 'today'> = {
  viewer: viewers[0]!.name,
  unit: '',
  subdistrict: '',
  station: '',
  holder: '',
  person: '',
  posts: '',
};

/** Puts the parts of the program together; it neither listens nor reads the environment. */
export async function createServer(parts: ServerParts): Promise<Server> {
  const { graph, pools, runner, authenticate, demo } = parts;
  let draining = false;
  const inFlight = new InFlight({
    most: parts.requestsAtOnce ?? Number.POSITIVE_INFINITY,
    onChange: (refused) =>
      app.log.warn(
        refused === undefined ? {} : { refused },
        refused === undefined
          ? 'too many requests at once: further ones are refused'
          : 'requests are taken again',
      ),
  });
  const app: FastifyInstance = Fastify({
    ...transportOptions(inFlight, parts.transport),
    // One line a request of our own: no bodies, headers, addresses or query strings in the log.
    logger: {
      level: parts.logLevel,
      base: null,
      serializers: {
        // The route as it was declared: a path that is none of ours may hold anything.
        req: (r) => ({ method: r.method, url: (r as FastifyRequest).routeOptions?.url ?? 'unknown' }),
        res: (r) => ({ status: r.statusCode }),
      },
    },
    logController: new LogController({
      disableRequestLogging: ({ url }) => url === '/livez' || url === '/readyz',
    }),
    forceCloseConnections: 'idle',
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ message: 'There is nothing at this path; the API answers POST /graphql.' }),
  );
  // A client that keeps its connection would hold the end of the program up.
  app.addHook('onSend', async (_request, reply) => {
    if (draining) reply.header('connection', 'close');
  });
  registerTransport(app);
  await allowCompression(app);
  if (demo) answerOwnHostsOnly(app, parts.host);

  const readIds: ReadIds = async (store, text, params) =>
    (await pools.lookUpOf(store).unsafe(text, params as never[])).map(({ id }) => String(id));
  const engine = new ReadEngine({
    model: graph.model,
    wall: graph.wall,
    runner,
    codec: new CursorCodec(parts.cursorSecret),
    sameServer: (a, b) => pools.serverOf(a) === pools.serverOf(b),
    today: parts.today,
    places: new KnownPlaces(graph.model, readIds),
    notePresence: presenceNoter(pools),
  });
  const grantBook = new GrantBook(grantsOf(() => pools.lookUpOf('organisation')));
  const doers = createDoers({
    graph,
    engine,
    pools,
    carryAtOnce: carryAtOnce({ ...pools, ownerOf: pools.lookUpOf }, productDepartments()),
    // A grant is known at once to whoever approved it.
    onDone: (record) => {
      if (record === 'AccessGrant') grantBook.changed();
    },
    onFailure: (effect, code) => app.log.error({ effect, code }, 'an effect failed'),
  });
  // What a program that has died left in an outbox, and what waited for a store.
  const sweep = doers && setInterval(() => void doers.outbox.sweep(), sweepEveryMs).unref();
  const { audit } = parts;
  const reading = {
    graph,
    engine,
    authenticate: (request: FastifyRequest) => authenticate(request.headers.authorization),
    recorder: audit && new AccessRecorder(audit, graph, readIds),
    budget: parts.objectsPerMinute ? new ObjectBudget({ objectsPerMinute: parts.objectsPerMinute }) : null,
  };
  registerIssuedDocuments(app, reading);
  const stopGraphql = await registerGraphql(app, {
    ...reading,
    clients: parts.clients ?? new Map(),
    inFlight,
    performer: doers?.performer,
    bundleSigner: parts.bundleSigner,
    grantBook,
    answerBytes: parts.answerBytes,
  });
  const stopExports =
    doers &&
    registerExports(app, {
      ...reading,
      executor: graph.executor,
      system: doers.system,
      reader: graph.exports,
    });
  const stores = [...new Set([...graph.model.values()].map((record) => record.store))];
  const storesAnswer = createReadiness({
    pools,
    runner,
    stores,
    identity: () => ({ ...nobody, today: parts.today() }),
    withinMs: readyWithinMs,
  });
  registerHealth(app, {
    parts: async () => {
      const [answers, log] = await Promise.all([storesAnswer(), audit?.answers(readyWithinMs)]);
      return { ...answers, ...(audit && { 'access log': audit.working && log === true }) };
    },
    needed: new Set(['public_security', 'organisation', 'audit', 'access log']),
    draining: () => draining,
    isSignedIn: async ({ headers }) =>
      authenticate(headers.authorization).then(
        () => true,
        () => false,
      ),
  });
  if (demo) registerDemoRoutes(app, demo);
  if (parts.bundleSigner) registerBundleKeys(app, parts.bundleSigner);
  const distDir = join(root, 'console/dist');
  await registerConsole(app, { distDir, examplesDir: join(root, 'examples'), purposes: graph.purposes });

  return {
    app,
    doers,
    async drain() {
      draining = true;
      stopExports?.();
      await app.close();
      clearInterval(sweep);
      await stopGraphql();
    },
  };
}

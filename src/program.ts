import { seedAll } from '../seeds/load.ts';
import { checkAuditFiles } from './audit/check-files.ts';
import { readAuditKey } from './audit/key.ts';
import { type AuditLog, openAuditLog } from './audit/log.ts';
import { type Config, readConfig } from './config.ts';
import { productReminders } from './contract/deadlines/reminders.ts';
import { productRetention } from './contract/deadlines/retention.ts';
import { productWorkingDays } from './contract/deadlines/working-days.ts';
import { Carrying } from './database/copies/carrying.ts';
import { type PlacedReminder, placeReminders } from './database/deadlines/make-reminders.ts';
import { placeRetention } from './database/deadlines/place-retention.ts';
import { Reminding } from './database/deadlines/reminding.ts';
import { linkReaders } from './database/links/link-needs.ts';
import { departments } from './departments/index.ts';
import { watchEnding } from './ending.ts';
import { type Flags, flags } from './flags.ts';
import { type Clients, readClients } from './http/documents/clients.ts';
import { type HeldPort, holdPort, portSentence } from './http/held-port.ts';
import { createAuthenticate } from './identity/authenticate.ts';
import { createBundleSigner } from './identity/bundle-signer.ts';
import { configuredVerifiers } from './identity/configured.ts';
import { createDemoIssuer } from './identity/demo-issuer.ts';
import { LifeLog } from './life-log.ts';
import { productContract, productDepartments } from './product-contract.ts';
import { releaseMemory } from './release-memory.ts';
import { createGraph, type Graph } from './schema.ts';
import { createServer } from './server.ts';
import { type HeldFolder, holdFolder } from './store/embedded/index.ts';
import { faultSentence } from './store/fault-sentence.ts';
import { needsEmbedded, openStores } from './stores.ts';

/** What happens by itself is looked for so often, in milliseconds. */
const happensEveryMs = 60_000;
const say = (line: string) => process.stdout.write(`${line}\n`);
const ending = watchEnding(process.env.npm_lifecycle_event !== undefined);

try {
  const stores = departments.map(({ store }) => store);
  await run(readConfig(process.env, { demo: flags.demo ?? false, stores }), flags);
} catch (error) {
  process.stderr.write(`${faultSentence(error)}\n`);
  process.exit(1);
}

/** What can refuse the start is asked first, from what costs least; only then is anything changed. */
async function run(config: Config, flags: Flags): Promise<void> {
  const { port, host } = config;
  const held = needsEmbedded(config) ? holdFolder(config.dataDir) : undefined;
  try {
    const heldPort = await holdPort(port, host);
    checkAuditFiles(config.audit);
    const verifiers = await configuredVerifiers(config.identity);
    const graph = createGraph(productContract(), config.today);
    const reminders = placeReminders(productReminders(), departments);
    placeRetention(productRetention(), departments);
    const clients = readClients(config.clientsDir, graph.bare);
    await serve(config, flags, { held, heldPort, verifiers, graph, reminders, clients });
  } finally {
    held?.release();
  }
}

interface Checked {
  readonly held: HeldFolder | undefined;
  readonly heldPort: HeldPort;
  readonly verifiers: Awaited<ReturnType<typeof configuredVerifiers>>;
  readonly graph: Graph;
  readonly reminders: readonly PlacedReminder[];
  readonly clients: Clients;
}

async function serve(config: Config, { size, empty }: Flags, checked: Checked): Promise<void> {
  const { held, heldPort, verifiers, graph, reminders, clients } = checked;
  const life = new LifeLog(process.stderr);
  const stores = await openStores(config, {
    log: say,
    wall: graph.wall,
    held,
    onChange: (event) => life.store(event),
    supervision: {
      log: (line) => life.event(line),
      onGivenUp: (sentence) => {
        life.event(sentence);
        process.stderr.write(`${sentence}\n`);
        process.exit(1);
      },
    },
  });
  let audit: AuditLog | undefined;
  const carrying = new Carrying({
    servers: stores.pools,
    stores: productDepartments(),
    today: config.today,
    readersOf: (held) => linkReaders(graph.model, held),
    onFault: (text, error) => life.fault(text, error),
  });
  const reminding = new Reminding({
    reminders,
    ownerOf: stores.pools.ownerOf,
    queueUrl: stores.urlOf('organisation'),
    today: config.today,
    onFault: (text, error) => life.fault(text, error),
  });
  try {
    await seedAll(stores.pools, { size: empty ? 0 : size, log: say, statistics: graph.statistics });
    const demo = config.demo ? await createDemoIssuer(config.dataDir) : undefined;
    if (demo) verifiers.set(demo.issuer, demo.verifier);
    audit = await openAuditLog({
      ...config.audit,
      ownerUrl: stores.urlOf('audit'),
      onFault: (text, error) => life.fault(text, error),
      onChange: (change, reason) => life.store({ store: 'access log', change, reason }),
    });
    const server = await createServer({
      graph,
      pools: stores.pools,
      runner: stores.runner,
      authenticate: createAuthenticate({ verifiers }),
      demo,
      host: config.host,
      cursorSecret: config.cursorSecret,
      today: config.today,
      logLevel: config.logLevel,
      clients,
      objectsPerMinute: config.objectsPerMinute,
      requestsAtOnce: config.requestsAtOnce,
      answerBytes: config.answerBytes,
      audit,
      bundleSigner: await createBundleSigner(readAuditKey(config.audit.keyFile, config.audit.makesKey).sign),
    });
    life.goesTo(server.app.log);
    const year = config.today().slice(0, 4);
    if (!productWorkingDays().covers(config.today()))
      life.event(`the holidays of ${year} are not in schema/working-days.tsv: only weekends are free`);
    releaseMemory();
    await heldPort.release();
    const address = await server.app
      .listen({ port: config.port, host: config.host })
      .catch((error: unknown) => {
        throw new Error(portSentence(error, config.port, config.host));
      });
    ending.ready();
    reminding.begin();
    carrying.begin();
    say(`Laihu answers at ${address}/ (GraphiQL) and ${address}/graphql`);
    const byItself = setInterval(() => void server.doers?.byItself.sweep(), happensEveryMs);
    await ending.asked;
    clearInterval(byItself);
    say('Stopping: running requests are answered first.');
    await server.drain();
  } finally {
    await reminding.stop();
    await carrying.stop();
    await audit?.close();
    await stores.close();
  }
}

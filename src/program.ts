import { Command, InvalidArgumentError } from 'commander';
import { seedAll } from '../seeds/load.ts';
import { type AuditLog, openAuditLog } from './audit/log.ts';
import { type Config, readConfig } from './config.ts';
import { departments } from './departments/index.ts';
import { readClients } from './http/documents/clients.ts';
import { createAuthenticate } from './identity/authenticate.ts';
import { configuredVerifiers } from './identity/configured.ts';
import { createDemoIssuer } from './identity/demo-issuer.ts';
import { releaseMemory } from './release-memory.ts';
import { createGraph, productContract } from './schema.ts';
import { createServer } from './server.ts';
import { openStores } from './stores.ts';

interface Flags {
  readonly demo?: boolean;
  readonly size: number;
  readonly empty?: boolean;
}

const flags = new Command('laihu')
  .description(
    'Serves the graph of the district: PostgreSQL (embedded unless DATABASE_URL is set), GraphQL and GraphiQL.',
  )
  .option('--demo', 'sign in as demonstration personas (never with NODE_ENV=production)')
  .option(
    '--size <persons>',
    'persons of the synthetic district that a first start loads, up to 1000000',
    readSize,
    20_000,
  )
  .option('--empty', 'load the organisation of 2007 only, no persons')
  .parse()
  .opts<Flags>();

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const stores = departments.map(({ store }) => store);
  await run(readConfig(process.env, { demo: flags.demo ?? false, stores }), flags);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function run(config: Config, { size, empty }: Flags): Promise<void> {
  // A fault of the contract shows before anything is started.
  const graph = createGraph(productContract(), config.today);
  const clients = readClients(config.clientsDir, graph.bare);
  const stores = await openStores(config, { log: say, wall: graph.wall });
  let audit: AuditLog | undefined;
  try {
    await seedAll(stores.pools, { size: empty ? 0 : size, log: say, statistics: graph.statistics });
    const demo = config.demo ? await createDemoIssuer(config.dataDir) : undefined;
    const verifiers = await configuredVerifiers(config.identity);
    if (demo) verifiers.set(demo.issuer, demo.verifier);
    let fault: (text: string, error?: unknown) => void = (text) => process.stderr.write(`${text}\n`);
    audit = await openAuditLog({
      ...config.audit,
      ownerUrl: stores.urlOf('audit'),
      onFault: (text, error) => fault(text, error),
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
      answerBytes: config.answerBytes,
      audit,
    });
    fault = (text, error) =>
      server.app.log.error({ fault: { code: (error as { code?: unknown })?.code } }, text);
    releaseMemory();
    const address = await server.app.listen({ port: config.port, host: config.host });
    say(`Laihu answers at ${address}/ (GraphiQL) and ${address}/graphql`);
    await terminated();
    say('Stopping: running requests are answered first.');
    await server.drain();
  } finally {
    await audit?.close();
    await stores.close();
  }
}

/** Resolves on the first SIGINT or SIGTERM; a second one ends the program at once. */
function terminated(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        resolve();
      });
  });
}

function readSize(text: string): number {
  const size = Number(text);
  if (!Number.isInteger(size) || size < 0 || size > 1_000_000)
    throw new InvalidArgumentError('Give a whole number from 0 to 1000000.');
  return size;
}

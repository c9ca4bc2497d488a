import { rmSync } from 'node:fs';
import { startEmbedded } from '../../src/store/embedded/index.ts';
import { bringUpToDate, dropLeftDatabases, keptFolder } from './kept-server.ts';

/** `npm run test:server`: keeps a server with the district for runs of tests, until it is told to end. */

if (process.argv.includes('--fresh')) rmSync(keptFolder, { recursive: true, force: true });
const server = await startEmbedded({ dataDir: keptFolder, log: (line) => console.log(line) });
const end = async () => {
  await server.stop();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
try {
  await dropLeftDatabases(server.localUrl);
  const made = await bringUpToDate(server.localUrl);
  // The server alone does not keep its program running.
  setInterval(() => {}, 2 ** 30);
  console.log(
    `The test server is ready (made anew: ${made}). Leave it running: npx vitest run FILE finds it.`,
  );
} catch (error) {
  console.error(error);
  await server.stop();
  process.exit(1);
}

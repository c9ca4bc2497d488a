import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { applyPolicy, requireOwner } from '../database/wall/apply.ts';
import { createGraph } from '../schema.ts';
import { faultSentence } from '../store/fault-sentence.ts';
import { openStores } from '../stores.ts';

new Command('policy:apply')
  .description(
    'Make roles, grants, row-level security and functions of the databases what schema/, visibility.tsv and the row scopes say.',
  )
  .addHelpText(
    'after',
    '\nThe database is found as the server finds it: DATABASE_URL, or the embedded one of the data folder.\nAll or nothing; a running server goes on with its old policy until it is started again.',
  )
  .parse();

try {
  const { wall } = createGraph();
  const config = readConfig(process.env, { demo: process.env.NODE_ENV !== 'production', serves: false });
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const stores = await openStores(config, {
    log: say,
    join: true,
    check: async (servers) => {
      for (const { owner } of servers) await requireOwner(owner);
    },
  });
  try {
    for (const server of stores.servers) {
      await applyPolicy(wall, server);
      say(`Applied to ${server.stores.join(', ')}.`);
    }
  } finally {
    await stores.close();
  }
} catch (error) {
  process.stderr.write(`${faultSentence(error)}\n`);
  process.exitCode = 1;
}

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Command } from 'commander';
import { departments } from '../departments/index.ts';

const stores = ['access', 'imports', ...departments.map(({ store }) => store)];

const options = new Command('migrations:generate')
  .description('Make the migration that brings a store from its last one to what its tables say now.')
  .requiredOption('--name <name>', 'what it does, verb first, e.g. add_lease_deposit')
  .option('--store <store>', `one of ${stores.join(', ')} (default: all of them)`)
  .option('--custom', 'an empty one, for a function or a trigger, which tables cannot say')
  .parse()
  .opts<{ name: string; store?: string; custom?: true }>();

if (options.store && !stores.includes(options.store)) {
  process.stderr.write(`There is no store ${options.store}. Use one of ${stores.join(', ')}.\n`);
  process.exitCode = 1;
} else {
  for (const store of options.store ? [options.store] : stores) {
    const made = spawnSync(
      'drizzle-kit',
      [
        'generate',
        ...['--config', 'drizzle.config.ts', '--name', options.name],
        ...(options.custom ? ['--custom'] : []),
      ],
      {
        cwd: join(import.meta.dirname, '../..'),
        env: { ...process.env, LAIHU_STORE: store },
        stdio: 'inherit',
      },
    );
    if (made.error) process.stderr.write('drizzle-kit is not there; use npm run migrations:generate.\n');
    if (made.status !== 0) process.exitCode = 1;
  }
}

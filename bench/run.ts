import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    size: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(`Measure this server against its peers on one database and write bench/RESULTS.md.

  --quick        a smaller district and shorter runs; RESULTS.md is left alone
  --json         print one JSON object instead of the table
  --size N       persons of the district (default 300000; with --quick 20000)
  --help         this text`);
} else {
  try {
    // The peers are installed here and only here.
    if (!existsSync(join(import.meta.dirname, 'node_modules'))) {
      process.stderr.write('Installing the peers in bench/ …\n');
      const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
        cwd: import.meta.dirname,
        stdio: ['ignore', 2, 2],
      });
      if (npm.status !== 0) throw new Error('npm ci in bench/ failed; its output stands above.');
    }
    const { compare } = await import('./compare.ts');
    await compare({
      quick: values.quick,
      json: values.json,
      size: Number(values.size ?? (values.quick ? 20_000 : 300_000)),
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

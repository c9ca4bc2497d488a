import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    size: { type: 'string' },
    questions: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(`Measure this server against its peers on one database and write bench/RESULTS.md.

  --quick        a smaller district and shorter runs, less than two minutes in all; RESULTS.md is left alone
  --json         print one JSON object instead of the tables
  --size N       persons of the district (default 300000; with --quick 20000). The folder bench/.data-N is kept;
                 1000000 takes ten minutes to make and 13 GB
  --questions    only how long single questions wait
  --help         this text

Keys of --json, of which none is ever renamed:
  laihu, noAudit, programOnly, policyOff, postgraphile, bare, oneSql, sites, sitesPolicyOff
                 requestsPerSecond and cpuMsPerRequest (of Node) under 16 connections
  writes, writesHandWritten, writesAlone, writesAloneHandWritten
                 the same of mutations: an acceptance with all that follows and a transition from which nothing follows,
                 each against the same written by hand
  questions      p50Ms and p90Ms of one client: pageOf100, byNumber, filterSubdistrict, filterDistrict (a filter over
                 three departments with order), countSubdistrict, countDistrict, filterPostgraphile
  questionsOfSmall   the same with 10,000 persons; empty with --quick
  ratios         ours divided by theirs; ratios.size: p50 here divided by p50 with 10,000 persons
  persons        of the district`);
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
      questionsOnly: values.questions,
      json: values.json,
      size: Number(values.size ?? (values.quick ? 20_000 : 300_000)),
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

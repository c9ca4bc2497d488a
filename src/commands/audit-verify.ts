import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { publicFileOf, readPublicKey } from '../audit/key.ts';
import { type Verification, verifyLog } from '../audit/verify/verify-log.ts';
import { type Config, readConfig } from '../config.ts';
import { connectTo } from '../store/connect.ts';
import { runningEmbedded, startEmbedded } from '../store/embedded/index.ts';
import { faultSentence } from '../store/fault-sentence.ts';

interface Flags {
  readonly seals?: readonly string[];
  readonly key?: string;
  readonly json?: boolean;
}

const flags = new Command('audit:verify')
  .description(
    'Verify the access log: every entry, every chain, and the seals outside the database. Exit status 1 and one sentence that names the first bad entry when the log is not what was written.',
  )
  .option(
    '--seals <file...>',
    'files of seals, one a server program (default: LAIHU_AUDIT_SEALS, or the data folder)',
  )
  .option(
    '--key <file>',
    'public key of the seals, PEM (default: beside LAIHU_AUDIT_KEY, or in the data folder)',
  )
  .option('--json', 'print one JSON object')
  .addHelpText(
    'after',
    '\nReads AUDIT_DATABASE_URL, else DATABASE_URL, else the embedded server of LAIHU_DATA, also while a program runs on it.',
  )
  .parse()
  .opts<Flags>();

try {
  const config = readConfig(process.env, { demo: false, serves: false });
  const began = performance.now();
  const found = await onDatabase(config, (url) => verify(url, config));
  const seconds = (performance.now() - began) / 1000;
  report(found, seconds);
  if (found.fault) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${faultSentence(error)}\n`);
  process.exitCode = 1;
}

async function verify(url: string, { audit }: Config): Promise<Verification> {
  const publicKey = readPublicKey(flags.key ?? publicFileOf(audit.keyFile));
  const sql = connectTo(url, { max: 1, onnotice: () => {}, connection: { TimeZone: 'UTC' } });
  try {
    const [log] = await sql`select to_regclass('audit.entries') is not null as there`;
    if (!log?.there) throw new Error('The database holds no access log; see AUDIT_DATABASE_URL.');
    return await verifyLog({ sql, sealFiles: flags.seals ?? [audit.sealsFile], publicKey });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Joins the embedded server of a running program, or starts it for as long as it takes. */
async function onDatabase<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  const given = config.databaseUrls.audit ?? config.databaseUrl ?? runningEmbedded(config.dataDir)?.localUrl;
  if (given) return work(given);
  if (!existsSync(config.dataDir))
    throw new Error(`There is no data folder at ${config.dataDir}; see LAIHU_DATA.`);
  const embedded = await startEmbedded({ dataDir: config.dataDir, log: () => {} });
  try {
    return await work(embedded.localUrl);
  } finally {
    await embedded.stop();
  }
}

function report({ fault, ...counts }: Verification, seconds: number): void {
  const rate = Math.round(counts.entries / seconds);
  if (flags.json) {
    const sum = {
      ok: fault === null,
      ...counts,
      seconds: Number(seconds.toFixed(3)),
      entriesPerSecond: rate,
      fault,
    };
    process.stdout.write(`${JSON.stringify(sum)}\n`);
  }
  if (fault) process.stderr.write(`${fault.message}\n`);
  else if (!flags.json)
    process.stdout.write(
      `The access log is as it was written: ${counts.entries} entries in ${counts.chains} chains, ${counts.seals} seals, ${counts.unsealed} entries not sealed yet (${rate} entries/s).\n`,
    );
}

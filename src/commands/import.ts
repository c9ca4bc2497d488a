import { basename } from 'node:path';
import { Argument, Command } from 'commander';
import type { Sql } from 'postgres';
import { readConfig } from '../config.ts';
import { departments } from '../departments/index.ts';
import type { FileKind } from '../import/file-kind.ts';
import { type ImportReport, importFile, monthOf } from '../import/import-file.ts';
import { kindsOf } from '../import/monthly-file.ts';
import { sentenceOfNotice } from '../import/notices.ts';
import { createProgress, silence } from '../import/progress.ts';
import { peekHeadings } from '../import/reading/peek-headings.ts';
import { openText } from '../import/reading/text-blocks.ts';
import { findRefused, refusedAsCsv } from '../import/refused-rows.ts';
import { productDepartments, productLinkReaders } from '../schema.ts';
import { faultSentence } from '../store/fault-sentence.ts';
import { openStores, type Stores } from '../stores.ts';
import { checkWritable, writePrivately } from './write-privately.ts';

interface Flags {
  readonly period?: string;
  readonly json?: boolean;
  readonly listRefused?: boolean;
  readonly exportRefused?: string;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

const command = new Command('import')
  .description(
    'Import the monthly file of a department (CSV in GB18030 or UTF-8). Sending a file twice changes nothing.',
  )
  .addArgument(
    new Argument('<department>', 'whose file it is').choices(kindsOf(departments).map(({ name }) => name)),
  )
  .argument('[file]', 'the file; without it, --list-refused and --export-refused look at the last one')
  .option('--period <month>', "month of the file, e.g. 2007-02 (default: the file name's, …-2007-02.csv)")
  .option('--json', 'print one JSON object with the counts, and nothing else')
  .option('--list-refused', 'list the refused rows of the last file: line, code, column, text')
  .option(
    '--export-refused <csv>',
    'write the refused rows of the last file to a CSV file, to correct and send again',
  )
  .addHelpText(
    'after',
    '\nFault codes name what is wrong in a row. Refused rows are kept; correct them in the exported file and import\nit with --period. With `npm start` running on the same data folder the import goes into its database.',
  )
  .parse();

try {
  await run(command.args[0]!, command.args[1], command.opts<Flags>(), process.env);
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}

async function run(
  department: string,
  path: string | undefined,
  flags: Flags,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const monthlyFile = departments.find((d) => d.monthlyFile?.kind.name === department)!.monthlyFile!;
  const { kind } = monthlyFile;
  const wantsRefused = flags.listRefused || flags.exportRefused !== undefined;
  if (!path && !wantsRefused)
    throw new Error('Say which file to import, or --list-refused or --export-refused for the last one.');
  // What can be refused without a database is refused before one is started.
  if (flags.exportRefused !== undefined) checkWritable(flags.exportRefused);
  const file = path ? await openText(path) : undefined;
  const month = path ? monthOf(basename(path), flags.period) : '';
  if (file) await peekHeadings(file, kind, kindsOf(departments));
  // Links are refreshed at the day on which the server reads them: the synthetic district's, except in production.
  const config = readConfig(env, { demo: env.NODE_ENV !== 'production', serves: false });
  const quiet = flags.json ?? false;
  const progress = file && !quiet ? createProgress(process.stderr, file.bytes) : silence;
  const stores = await openStores(config, {
    log: (line) => !quiet && process.stderr.write(`${line}\n`),
    join: true,
  });
  endCleanly(stores);
  try {
    if (file) {
      const { pools } = stores;
      const report = await importFile({
        pools,
        monthlyFile,
        stores: productDepartments(),
        linkReaders: productLinkReaders(),
        file,
        month,
        day: config.today(),
        onProgress: progress.rows,
        onStep: progress.step,
      }).finally(progress.stop);
      if (quiet) say(JSON.stringify(report));
      else describe(report, file.name);
    }
    if (wantsRefused) await tellRefused(stores.pools.ownerOf(kind.store), kind, flags);
  } catch (error) {
    // What failed is to be told, and not that a database which is gone cannot be left properly.
    await stores.close().catch(() => {});
    throw error;
  }
  await stores.close();
}

/** The refused rows of the last file of its kind: written to a file, listed, or both. */
async function tellRefused(owner: Sql, kind: FileKind, flags: Flags): Promise<void> {
  const refused = await findRefused(owner, kind);
  if (!refused) throw new Error(`No file of ${kind.name} was imported yet.`);
  if (flags.exportRefused !== undefined) {
    writePrivately(flags.exportRefused, refusedAsCsv(refused));
    process.stderr.write(
      `${refused.rows.length} refused rows of ${refused.fileName} are in ${flags.exportRefused}; correct them and import that file with --period ${refused.month}.\n`,
    );
  }
  if (flags.listRefused && !flags.json)
    for (const { line, code, column, text } of refused.rows)
      say([`line ${line}`, code, column || '-', text].join('\t'));
}

/** An embedded server that this command has started must not outlive it. */
function endCleanly(stores: Stores): void {
  const end = (sentence: string) => {
    process.stderr.write(`${sentence} A file that was not finished has left nothing; import it again.\n`);
    void stores.close().finally(() => process.exit(1));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => end('The import was stopped.'));
  // The driver throws from a timer when its connection is cut in the middle of a COPY.
  process.once('uncaughtException', () => end('The connection to the database was lost.'));
}

function describe(report: ImportReport, name: string): void {
  say(`${name}: ${report.rows} rows, ${report.accepted} accepted, ${report.repeated_rows} repeated.`);
  for (const [title, counts] of [
    ['refused', report.rejected],
    ['accepted with flag', report.flags],
    ['to be looked at', report.notices],
  ] as const)
    for (const [code, count] of Object.entries(counts))
      say(`  ${title}: ${code} ${count} ${sentenceOfNotice(code)}`.trimEnd());
  if (report.older > 0)
    say(`  ${report.older} rows are older than what is known; they filled only what was unknown.`);
  if (report.unmatched > 0)
    say(
      `  ${report.unmatched} rows name a person who is not registered, or not the only one with the number; they join when that is clear.`,
    );
  say(`  ${report.distinct_people} persons.`);
}

/** What neither this program nor `faultSentence` has words for is the system's; its code is enough for a search. */
function sentenceOf(error: unknown): string {
  const sentence = faultSentence(error, 'A file');
  const { syscall, code, path } = (error ?? {}) as { syscall?: string; code?: string; path?: string };
  if (!syscall || sentence !== (error as Error).message) return sentence;
  return `${path ?? 'A file'} cannot be used (${code}): check its name and the disk that it is on.`;
}

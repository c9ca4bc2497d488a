import type { Sql } from 'postgres';
import { loadsInBulk } from '../database/copies/bulk.ts';
import { type LinkedStore, refreshLinks } from '../database/links/refresh.ts';
import type { Pools } from '../store/pools.ts';
import { inTransaction } from '../store/transaction.ts';
import { recordBatch } from './batches.ts';
import type { CheckedFile } from './check-file.ts';
import { checkInThread } from './check-in-thread.ts';
import { lastDayOf } from './fields/dates.ts';
import { ImportRefused } from './import-refused.ts';
import { followMoved } from './loading/follow-moved.ts';
import { joinUnmatched } from './loading/join-unmatched.ts';
import { letGoOfDoubted } from './loading/let-go-of-doubted.ts';
import { createStaging } from './loading/staging.ts';
import { type ImportingStore, kindsOf, type MonthlyFile } from './monthly-file.ts';
import { sha256Of } from './reading/file-hash.ts';
import type { TextFile } from './reading/text-blocks.ts';
import { reportNumber, takeNumber } from './report-number.ts';

/** What became of a file; accepted + rejected + repeated_rows = rows. */
export interface ImportReport {
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly repeated_rows: number;
  readonly flags: Readonly<Record<string, number>>;
  /** Accepted rows that were captured before what the tables have; they filled what was unknown and changed nothing else. */
  readonly older: number;
  /** Accepted rows whose person the register does not know, or not for sure. */
  readonly unmatched: number;
  readonly distinct_people: number;
  /** What the sender should know of accepted rows though the records carry no flag for it. */
  readonly notices: Readonly<Record<string, number>>;
}

export interface ImportOptions {
  readonly pools: Pools;
  readonly monthlyFile: MonthlyFile;
  /** All stores: each may have rows about the persons of the file. */
  readonly stores: readonly (ImportingStore & LinkedStore)[];
  /** The viewers whose links decide about rows of some stores. */
  readonly linkReaders: (stores: ReadonlySet<string>) => ReadonlySet<string>;
  readonly file: TextFile;
  /** `YYYY-MM` */
  readonly month: string;
  /** The district's calendar day, `YYYY-MM-DD`, at which links between persons and departments are refreshed. */
  readonly day: string;
  readonly onProgress?: (rows: number, bytes: number) => void;
  /** Is told what is done after the last row. */
  readonly onStep?: (step: string) => void;
}

/** One file a department at a time: two at once would make two persons of one number. */
const lockKey = 20070302;
/** About what a row of the files has; only to guess how many rows a file has. */
const bytesOfRow = 200;

/**
 * Imports a department's monthly file: all of it in one transaction on the department's store, so that a file
 * that is refused or cut off leaves nothing; then joins what waited for persons, and refreshes the links.
 * @throws ImportRefused when the file as a whole cannot be taken.
 */
export async function importFile(options: ImportOptions): Promise<ImportReport> {
  const { pools, monthlyFile, stores, file, month, onProgress, onStep = () => {} } = options;
  const { kind, load } = monthlyFile;
  const startedAt = new Date();
  const owner = pools.ownerOf(kind.store);
  const sha256 = await sha256Of(file);
  const { checked, unmatched, older } = await inTransaction(owner, async (tx) => {
    await tx`select pg_advisory_xact_lock(${lockKey}, hashtext(${kind.name}))`;
    await loadsInBulk(tx);
    await tx`select set_config('work_mem', '128MB', true), set_config('statement_timeout', '0', true)`;
    const number = await takeNumber(tx, { department: kind.name, month, sha256 });
    const { begin, inSlices, derived, ids = [] } = load;
    const context = { tx, register: pools.ownerOf('public_security'), month, lastDay: lastDayOf(month) };
    let unmatched = 0;
    const staging = await createStaging(tx, {
      columns: kind.staging,
      types: kind.stagingTypes,
      inSlices,
      derived: { report_no: reportNumber(month, number), ...derived },
      ids,
      async load() {
        unmatched += await steps.load();
      },
    });
    const steps = await begin(context, file.bytes / bytesOfRow);
    const checked = await checkInThread(
      { file, kind: kind.module, kinds: kindsOf(stores).map(({ module }) => module), month, ids: ids.length },
      { load: staging.add, refuse: staging.refuse, onProgress },
    );
    if (checked.sha256 !== sha256)
      throw new ImportRefused(`${file.name} was changed while it was read; import it again.`);
    onStep('Writing the accepted rows into the tables.');
    await staging.end();
    await steps.end?.();
    await recordBatch(tx, { monthlyFile, fileName: file.name, month, number, startedAt, checked });
    return { checked, unmatched, older: steps.older() };
  });
  await analyse(owner, checked, kind.store);
  onStep('Joining persons with leases and employments.');
  await followMoved(pools, stores);
  await letGoOfDoubted(pools, stores);
  await joinUnmatched(pools, stores);
  onStep('Refreshing which department serves whom.');
  await refreshLinks(pools, stores, options.day, options.linkReaders);
  const { tally } = checked;
  return {
    rows: tally.rows,
    accepted: tally.accepted,
    rejected: tally.rejected,
    repeated_rows: tally.repeated,
    flags: tally.flags,
    older,
    unmatched,
    distinct_people: tally.distinctPeople,
    notices: tally.notices,
  };
}

/** The month that a file name ends with, `…-YYYY-MM.csv`, unless one is said. @throws ImportRefused for none */
export function monthOf(file: string, said: string | undefined): string {
  const month = said ?? /(?:^|[^\d])(\d{4}-\d\d)\.[a-z]+$/i.exec(file)?.[1];
  if (month === undefined)
    throw new ImportRefused(
      `The name of ${file} does not end with a month (…-2007-02.csv); say it with --period 2007-02.`,
    );
  if (!/^(?!0000)\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new ImportRefused(`${month} is no month; write it as 2007-02.`);
  return month;
}

/** After many new rows the planner's picture of the tables is of before. */
async function analyse(owner: Sql, { tally }: CheckedFile, store: string): Promise<void> {
  if (tally.accepted < 1000) return;
  const tables = await owner<{ name: string }[]>`
    select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables where schemaname = ${store}
    order by pg_relation_size(relid) desc`;
  // On the connections of the pool at once: the two large tables take a core each.
  await Promise.all(tables.map(({ name }) => owner.unsafe(`analyze ${name}`)));
}

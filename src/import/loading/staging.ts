import type { Sql } from 'postgres';
import { copyStream, copyText } from '../../store/copy.ts';
import type { RefusedRow, RowSink } from '../check-file.ts';
import { LineBlocks } from './line-blocks.ts';
import { createUuidV7 } from './uuid-v7.ts';

/** Rows that are copied at a time: one COPY, because each costs turns in which the database waits. */
const rowsOfSlice = 20_000;
/** Slices that may wait for the database while the file is read on. */
const slicesWaiting = 2;

/** The tables that hold a file until its transaction ends. */
export interface Staging extends RowSink {
  /** Writes and loads what is left; nothing may be added afterwards. */
  end(): Promise<void>;
  /** Begins nothing more and waits for what runs: a transaction cannot be rolled back in the middle of a COPY. */
  abandon(): Promise<void>;
}

export interface StagingOptions {
  readonly columns: readonly string[];
  /** Whether `import_rows` is loaded and emptied slice by slice; otherwise the whole file at the end. */
  readonly inSlices?: boolean | undefined;
  /** Columns of `import_rows` that get a new id for each row. */
  readonly ids?: readonly string[] | undefined;
  readonly load: () => Promise<void>;
}

/**
 * Makes `import_rows` (ids, line, whether an earlier row names the same person, and the given columns, all text) and
 * `import_refused` in a transaction, and copies accepted rows as they come: reading goes on while the database
 * works. Refused rows, a few in a hundred, wait until all have come.
 */
export async function createStaging(tx: Sql, options: StagingOptions): Promise<Staging> {
  const { columns, inSlices = false, ids = [], load } = options;
  const list = [
    ...ids.map((id) => `${id} uuid`),
    'line int',
    'again boolean',
    ...columns.map((column) => `${column} text`),
  ];
  await tx.unsafe(`
    create temp table import_rows (${list.join(', ')}) on commit drop;
    create temp table import_refused (line int not null, code text not null, column_name text not null, text text not null) on commit drop;
  `);
  const newId = createUuidV7();
  const refused = new LineBlocks();
  const waiting: Promise<void>[] = [];
  let last: Promise<void> = Promise.resolve();
  let abandoned = false;
  const slice = new LineBlocks();

  const finishSlice = () => {
    const blocks = slice.take();
    last = last.then(async () => {
      if (abandoned) return;
      await copyStream(tx, 'copy import_rows from stdin', blocks);
      if (!inSlices || abandoned) return;
      await load();
      await tx.unsafe('truncate import_rows');
    });
    // A failure shows to whoever waits next; until then it is nobody's.
    last.catch(() => {});
    waiting.push(last);
  };
  return {
    accept(line) {
      slice.add(ids.reduce((text) => `${newId()}\t${text}`, line));
      if (slice.lines < rowsOfSlice) return undefined;
      finishSlice();
      return waiting.length > slicesWaiting ? waiting.shift() : undefined;
    },
    refuse({ line, code, column, text }: RefusedRow) {
      refused.add(`${[line, code, column, text].map(copyText).join('\t')}\n`);
      return undefined;
    },
    async abandon() {
      abandoned = true;
      await last.catch(() => {});
    },
    async end() {
      if (slice.lines > 0) finishSlice();
      await last;
      if (!inSlices) await load();
      if (refused.lines > 0)
        await copyStream(
          tx,
          'copy import_refused (line, code, column_name, text) from stdin',
          refused.take(),
        );
    },
  };
}

import type { Sql } from 'postgres';
import { copyStream, copyText } from '../../store/copy.ts';
import type { RefusedRow, RowSink } from '../check-file.ts';
import { createUuidV7 } from './uuid-v7.ts';

/** Rows that are copied at a time: one COPY, because each costs turns in which the database waits. */
const rowsOfSlice = 20_000;
/** Slices that may wait for the database while the file is read on. */
const slicesWaiting = 2;

/** The tables that hold a file until its transaction ends. */
export interface Staging extends RowSink {
  /** Writes and loads what is left; nothing may be added afterwards. */
  end(): Promise<void>;
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
 * Makes `import_rows` (line, whether an earlier row names the same person, and the given columns, all text) and
 * `import_refused` in a transaction, and copies accepted rows as they come: reading goes on while the database
 * works. Refused rows, a few in a hundred, wait until all have come.
 */
export async function createStaging(tx: Sql, options: StagingOptions): Promise<Staging> {
  const { columns, inSlices = false, ids = [], load } = options;
  const list = [
    ...ids.map((id) => `${id} uuid`),
    'line int',
    'again boolean',
    ...columns.map((c) => `${c} text`),
  ];
  await tx.unsafe(`
    create temp table import_rows (${list.join(', ')}) on commit drop;
    create temp table import_refused (line int not null, code text not null, column_name text not null, text text not null) on commit drop;
  `);
  const newId = createUuidV7();
  const refused: string[] = [];
  const waiting: Promise<void>[] = [];
  let last: Promise<void> = Promise.resolve();
  let lines: string[] = [];

  const finishSlice = () => {
    const slice = lines;
    lines = [];
    last = last.then(async () => {
      await copyStream(tx, 'copy import_rows from stdin', joined(slice));
      if (!inSlices) return;
      await load();
      await tx.unsafe('truncate import_rows');
    });
    // A failure shows to whoever waits next; until then it is nobody's.
    last.catch(() => {});
    waiting.push(last);
  };
  return {
    accept(line) {
      lines.push(ids.reduce((text) => `${newId()}\t${text}`, line));
      if (lines.length < rowsOfSlice) return undefined;
      finishSlice();
      return waiting.length > slicesWaiting ? waiting.shift() : undefined;
    },
    refuse({ line, code, column, text }: RefusedRow) {
      refused.push(`${[line, code, column, text].map(copyText).join('\t')}\n`);
      return undefined;
    },
    async end() {
      if (lines.length > 0) finishSlice();
      await last;
      if (!inSlices) await load();
      if (refused.length > 0)
        await copyStream(
          tx,
          'copy import_refused (line, code, column_name, text) from stdin',
          joined(refused),
        );
    },
  };
}

/** Lines in pieces that are written at once. */
function* joined(lines: readonly string[]): Generator<string> {
  for (let from = 0; from < lines.length; from += 1000) yield lines.slice(from, from + 1000).join('');
}

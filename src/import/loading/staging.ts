import type { Sql } from 'postgres';
import { copyStream, copyText } from '../../store/copy.ts';
import type { RefusedRow, RowSink } from '../check-file.ts';

const chunkLength = 1024 * 1024;
/** Chunks that may wait for the database while it loads a slice and the file is read on. */
const chunksWaiting = 24;

/** The tables that hold a file until its transaction ends. */
export interface Staging extends RowSink {
  /** Writes and loads what is left; nothing may be added afterwards. */
  end(): Promise<void>;
  /** Begins nothing more and waits for what runs: a transaction cannot be rolled back in the middle of a COPY. */
  abandon(): Promise<void>;
}

export interface StagingOptions {
  readonly columns: readonly string[];
  /** Accepted rows after which `import_rows` is loaded and emptied; without it at the end only. */
  readonly sliceRows?: number | undefined;
  readonly load: () => Promise<void>;
}

/**
 * Makes `import_rows` (line and the given columns, all text) and `import_refused` in a transaction, and copies
 * accepted rows as they come: reading goes on while the database works. Refused rows, a few in a hundred, wait
 * until all have come.
 */
export async function createStaging(tx: Sql, options: StagingOptions): Promise<Staging> {
  const list = options.columns.map((column) => `"${column}"`);
  await tx.unsafe(`
    create temp table import_rows (line int not null, ${list.map((name) => `${name} text`).join(', ')}) on commit drop;
    create temp table import_refused (line int not null, code text not null, column_name text not null, text text not null) on commit drop;
  `);
  const sliceRows = options.sliceRows ?? Number.POSITIVE_INFINITY;
  const refused: string[] = [];
  const waiting: Promise<void>[] = [];
  let last: Promise<void> = Promise.resolve();
  let chunk = '';
  let rows = 0;
  let abandoned = false;

  const enqueue = (work: () => Promise<void>) => {
    last = last.then(() => (abandoned ? undefined : work()));
    // A failure shows to whoever waits next; until then it is nobody's.
    last.catch(() => {});
    waiting.push(last);
  };
  const copyChunk = () => {
    const text = chunk;
    chunk = '';
    enqueue(() => copyStream(tx, `copy import_rows (line, ${list.join(', ')}) from stdin`, [text]));
  };
  const loadSlice = () => {
    if (chunk) copyChunk();
    rows = 0;
    enqueue(async () => {
      await options.load();
      await tx.unsafe('truncate import_rows');
    });
  };
  return {
    accept(line) {
      chunk += line;
      rows += 1;
      if (rows >= sliceRows) loadSlice();
      else if (chunk.length >= chunkLength) copyChunk();
      else return undefined;
      return waiting.length > chunksWaiting ? waiting.shift() : undefined;
    },
    refuse({ line, code, column, text }: RefusedRow) {
      refused.push(`${[line, code, column, text].map(copyText).join('\t')}\n`);
      return undefined;
    },
    async abandon() {
      abandoned = true;
      await last.catch(() => {});
    },
    async end() {
      if (rows > 0) loadSlice();
      await last;
      if (refused.length > 0)
        await copyStream(tx, 'copy import_refused (line, code, column_name, text) from stdin', refused);
    },
  };
}

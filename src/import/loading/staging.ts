import type { Sql } from 'postgres';
import { copyStream } from '../../store/copy.ts';

/** The tables that hold a file until its transaction ends. */
export interface Staging {
  /** @param lines accepted rows in COPY's text format */
  add(lines: readonly Uint8Array[]): Promise<void>;
  /** @param lines refused rows in COPY's text format */
  refuse(lines: readonly Uint8Array[]): Promise<void>;
  /** Loads what is left; nothing may be added afterwards. */
  end(): Promise<void>;
}

export interface StagingOptions {
  readonly columns: readonly string[];
  /** By column; text without. */
  readonly types?: Readonly<Record<string, string>> | undefined;
  /** Whether `import_rows` is loaded and emptied slice by slice; otherwise the whole file at the end. */
  readonly inSlices?: boolean | undefined;
  /** Columns of `import_rows` that are made of others, by their SQL definition. */
  readonly derived?: Readonly<Record<string, string>> | undefined;
  /** Columns of `import_rows` that get a new id for each row. */
  readonly ids: readonly string[];
  readonly load: () => Promise<void>;
}

/**
 * Makes `import_rows` (ids, line, whether an earlier row names the same person, the given columns, what is made of them) and
 * `import_refused` in a transaction, and copies accepted rows as they come.
 */
export async function createStaging(tx: Sql, options: StagingOptions): Promise<Staging> {
  const { columns, types = {}, inSlices = false, derived = {}, ids, load } = options;
  const list = [
    ...ids.map((id) => `${id} uuid`),
    'line int',
    'again boolean',
    ...columns.map((column) => `${column} ${types[column] ?? 'text'}`),
    ...Object.entries(derived).map(([column, definition]) => `${column} ${definition}`),
  ];
  await tx.unsafe(`
    create temp table import_rows (${list.join(', ')}) on commit drop;
    create temp table import_refused (line int not null, code text not null, column_name text not null, text text not null) on commit drop;
  `);
  return {
    async add(lines) {
      await copyStream(tx, 'copy import_rows from stdin', lines);
      if (!inSlices) return;
      await load();
      await tx.unsafe('truncate import_rows');
    },
    async refuse(lines) {
      await copyStream(tx, 'copy import_refused (line, code, column_name, text) from stdin', lines);
    },
    async end() {
      if (!inSlices) await load();
    },
  };
}

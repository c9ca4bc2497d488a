import type { Sql } from 'postgres';
import { copyStream, copyText } from '../../store/copy.ts';
import type { RefusedRow, RowSink } from '../check-file.ts';

const chunkLength = 1024 * 1024;

/** Writes text into a table by COPY, a chunk at a time; one chunk is on its way while the next is filled. */
class ChunkedCopy {
  readonly #sql: Sql;
  readonly #statement: string;
  #chunk = '';
  #copying: Promise<void> = Promise.resolve();

  constructor(sql: Sql, statement: string) {
    this.#sql = sql;
    this.#statement = statement;
  }

  /** @returns what to wait for before more is written */
  write(line: string): Promise<void> | undefined {
    this.#chunk += line;
    return this.#chunk.length < chunkLength ? undefined : this.flush();
  }

  /** Waits for the chunk before the last one only. */
  flush(): Promise<void> {
    const before = this.#copying;
    const chunk = this.#chunk;
    this.#chunk = '';
    this.#copying = before.then(() => (chunk ? copyStream(this.#sql, this.#statement, [chunk]) : undefined));
    this.#copying.catch(() => {});
    return before;
  }

  async end(): Promise<void> {
    await this.flush();
    await this.#copying;
  }
}

/** The tables that hold a file until its transaction ends. */
export interface Staging extends RowSink {
  /** Writes what is still in memory; nothing may be added afterwards. */
  end(): Promise<void>;
}

/**
 * Makes `import_rows` (line and the given columns) and `import_refused` in a transaction. Accepted rows are
 * copied as they come; refused ones, a few in a hundred, when all have come: a connection does one COPY at a time.
 */
export async function createStaging(tx: Sql, columns: readonly string[]): Promise<Staging> {
  const list = columns.map((column) => `"${column}"`);
  await tx.unsafe(`
    create temp table import_rows (line int not null, ${list.map((name) => `${name} text`).join(', ')}) on commit drop;
    create temp table import_refused (line int not null, code text not null, column_name text not null, text text not null) on commit drop;
  `);
  const rows = new ChunkedCopy(tx, `copy import_rows (line, ${list.join(', ')}) from stdin`);
  const refused: string[] = [];
  return {
    accept: (line) => rows.write(line),
    refuse({ line, code, column, text }: RefusedRow) {
      refused.push(`${[line, code, column, text].map(copyText).join('\t')}\n`);
      return undefined;
    },
    async end() {
      await rows.end();
      await copyStream(tx, 'copy import_refused (line, code, column_name, text) from stdin', refused);
      await tx.unsafe('analyze import_rows');
    },
  };
}

/**
 * Makes `pg_temp.new_id()`: a UUID of version 7, so that new rows stand in the order they were made. Servers
 * before PostgreSQL 18 lack `uuidv7()`.
 */
export async function createNewId(tx: Sql): Promise<void> {
  const [server] = await tx`select current_setting('server_version_num')::int >= 180000 as has_uuidv7`;
  const random = `encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
    substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid`;
  await tx.unsafe(
    `create or replace function pg_temp.new_id() returns uuid language sql volatile as $$ select ${server?.has_uuidv7 ? 'uuidv7()' : random} $$`,
  );
}

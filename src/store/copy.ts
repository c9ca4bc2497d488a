import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import { arrayText, copyText, escaped } from './copy-text.ts';
import { quotedTableOf } from './table-name.ts';

/** A row by the property names of its Drizzle table. An omitted property takes the column's default. */
export type CopyRow = object;

/** The longest time to wait for a silent server. */
const silenceMs = 60_000;
const chunkLength = 256 * 1024;

/**
 * Streams rows into a table with COPY, in memory of constant size. The columns are the properties of the
 * first row; each further row must have the same.
 * @param sql a pool, or a transaction; a transaction fails as a whole when a row is refused
 * @param onProgress called with the number of rows so far, from time to time
 * @returns the number of rows
 * @throws the server's error as it is, and what the iteration of the rows throws; no row is kept then
 */
export async function copyInto(
  sql: Sql,
  table: PgTable,
  rows: Iterable<CopyRow> | AsyncIterable<CopyRow>,
  onProgress?: (rows: number) => void,
): Promise<number> {
  const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  const first = await iterator.next();
  if (first.done) return 0;
  const properties = Object.keys(first.value);
  const columns = columnsOf(table, properties);
  const encoders = columns.map(encoderOf);
  const width = properties.length;
  let count = 0;

  const line = (row: Readonly<Record<string, unknown>>): string => {
    let text = '';
    let given = 0;
    for (const _ in row) given += 1;
    for (let i = 0; i < width; i++) {
      const value = row[properties[i] as string];
      if (i > 0) text += '\t';
      text += value === null ? '\\N' : (encoders[i] as Encode)(value);
    }
    // A property that only later rows have would be lost silently.
    if (given !== width) throw new Error(`Rows for ${getTableName(table)} differ in their properties.`);
    return `${text}\n`;
  };

  async function* chunks(): AsyncGenerator<string> {
    let chunk = '';
    for (let next: IteratorResult<CopyRow> = first as IteratorResult<CopyRow>; !next.done; ) {
      chunk += line(next.value as Readonly<Record<string, unknown>>);
      count += 1;
      if (chunk.length >= chunkLength) {
        yield chunk;
        onProgress?.(count);
        chunk = '';
      }
      const following = iterator.next();
      // Waiting for what is there already would take longer than the row itself.
      next = following instanceof Promise ? await following : following;
    }
    if (chunk) yield chunk;
  }

  const list = columns.map((column) => `"${column.name}"`).join(', ');
  await copyStream(sql, `copy ${quotedTableOf(table)} (${list}) from stdin`, chunks());
  return count;
}

/**
 * The used part of a query of postgres.js: its promise, and how the connection reports the server's error to
 * it.
 */
interface CopyQuery {
  reject: (error: unknown) => void;
  writable(): Promise<Writable>;
}

/**
 * Runs a COPY … FROM STDIN with text, or with bytes of the binary format, made as the server takes it.
 *
 * postgres.js resolves the query with the stream, and loses an error that the server reports after the
 * stream's end: nothing fires, for ever (porsager/postgres#1173). So this function listens to the query's own
 * rejection.
 * @throws the server's error, or what the chunks throw
 */
export async function copyStream(
  sql: Sql,
  statement: string,
  chunks: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const query = sql.unsafe(statement) as unknown as CopyQuery;
  const { promise: failure, reject: fail } = Promise.withResolvers<never>();
  let failed = false;
  failure.catch(() => {
    failed = true;
  });
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const rejectQuery = query.reject;
  query.reject = (error) => {
    answer();
    fail(error);
    rejectQuery(error);
  };
  const stream = await query.writable();
  stream.on('error', fail);
  try {
    for await (const chunk of chunks) {
      if (failed) break;
      if (!stream.write(chunk)) await inTime(Promise.race([once(stream, 'drain'), failure]));
    }
    const finished = once(stream, 'finish');
    if (!failed) stream.end();
    await inTime(Promise.race([finished, failure]));
  } catch (error) {
    // Tells the server to forget the rows, so that the connection can be used again.
    stream.destroy(error as Error);
    // The server answers with an error, and the client is then thrown away; a statement sent before would be
    // lost with it.
    await inTime(answered).catch(() => {});
    throw error;
  }
}

/** Waits, but not for ever: a connection may be lost without notice. */
async function inTime<T>(wait: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database does not take the rows of a COPY.')), silenceMs);
  });
  try {
    return await Promise.race([wait, silence]);
  } finally {
    clearTimeout(timer);
  }
}

function columnsOf(table: PgTable, properties: readonly string[]): PgColumn[] {
  const columns = getTableColumns(table) as Readonly<Record<string, PgColumn>>;
  return properties.map((property) => {
    const column = columns[property];
    if (!column) throw new Error(`${getTableName(table)} has no property ${property}.`);
    return column;
  });
}

type Encode = (value: unknown) => string;

/** How values of a column are written in COPY's text format; null is the caller's. */
function encoderOf(column: PgColumn): Encode {
  const type = column.getSQLType();
  if (type.endsWith('[]'))
    return (value) => (value === undefined ? '\\N' : arrayText(value as readonly unknown[]));
  if (type === 'jsonb' || type === 'json')
    return (value) => (value === undefined ? '\\N' : escaped(JSON.stringify(value)));
  return copyText;
}

import { once } from 'node:events';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';

/** A row by the property names of its Drizzle table; what is left out takes the column's default. */
export type CopyRow = object;

/** So long the server may stay silent after a COPY has begun or ended. */
const silenceMs = 60_000;
const chunkLength = 256 * 1024;

/**
 * Streams rows into a table with COPY, in memory of constant size. The columns are those of the first row.
 * @param sql a connection or transaction of its own: COPY takes it whole
 * @returns the number of rows
 * @throws the server's error; postgres.js alone would wait for ever on one
 */
export async function copyInto(sql: Sql, table: PgTable, rows: Iterable<CopyRow>): Promise<number> {
  const columns = getTableColumns(table);
  const iterator = rows[Symbol.iterator]();
  let next = iterator.next();
  if (next.done) return 0;
  const properties = Object.keys(next.value);
  const names = properties.map((property) => {
    const column = columns[property];
    if (!column) throw new Error(`${getTableName(table)} has no property ${property}.`);
    return `"${column.name}"`;
  });
  const target = `"${getTableConfig(table).schema ?? 'public'}"."${getTableName(table)}"`;
  let count = 0;
  function* lines(): Generator<string> {
    let chunk = '';
    for (; !next.done; next = iterator.next()) {
      const row = next.value as Readonly<Record<string, unknown>>;
      chunk += `${properties.map((property) => copyText(row[property])).join('\t')}\n`;
      count += 1;
      if (chunk.length < chunkLength) continue;
      yield chunk;
      chunk = '';
    }
    if (chunk) yield chunk;
  }
  await copyStream(sql, `copy ${target} (${names.join(', ')}) from stdin`, lines());
  return count;
}

/** Runs a COPY … FROM STDIN with text that is made as the server takes it. */
export async function copyStream(sql: Sql, statement: string, chunks: Iterable<string>): Promise<void> {
  const stream = await sql.unsafe(statement).writable();
  let failed: unknown;
  const ended = new Promise<void>((resolve, reject) => {
    stream.once('finish', resolve);
    stream.once('error', (error) => {
      failed = error;
      reject(error);
    });
    stream.once('close', () => resolve());
  });
  ended.catch(() => {});
  for (const chunk of chunks) {
    if (failed) break;
    if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), ended, silence()]);
  }
  stream.end();
  await Promise.race([ended, silence()]);
  if (failed) throw failed;
}

function silence(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('The database does not take the rows of a COPY.')), silenceMs).unref();
  });
}

/** A value in COPY's text format. */
export function copyText(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null))
    return escape(`{${value.map((item) => `"${String(item).replace(/[\\"]/g, '\\$&')}"`).join(',')}}`);
  return escape(JSON.stringify(value));
}

const special = /[\\\t\n\r\0]/;

function escape(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replaceAll('\0', '')
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

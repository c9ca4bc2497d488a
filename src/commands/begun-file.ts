import { createReadStream, truncateSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';

/** Where a file that was interrupted ends, and the id of its last whole record. */
interface Begun {
  readonly bytes: number;
  readonly id: string;
}

/**
 * Cuts a file that was interrupted behind its last whole record.
 * @returns the id of that record, behind which the rest begins
 * @throws Error in a sentence, where the file cannot be gone on with
 */
export async function cutAtLastRecord(file: string, format: string): Promise<string> {
  const begun =
    format === 'NDJSON' ? await lastLine(file) : format === 'CSV' ? await lastRow(file) : undefined;
  if (!begun)
    throw new Error(
      `${file} has no whole record with an id, or is no kind of file that can be gone on with.`,
    );
  truncateSync(file, begun.bytes);
  return begun.id;
}

async function lastLine(file: string): Promise<Begun | undefined> {
  let bytes = 0;
  let found: Begun | undefined;
  const { size } = await sizeOf(file);
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: 0 })) {
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > size) break;
    const { id } = JSON.parse(line) as { id?: unknown };
    if (typeof id === 'string') found = { bytes, id };
  }
  return found;
}

async function lastRow(file: string): Promise<Begun | undefined> {
  const { size, isEnded } = await sizeOf(file);
  const rows = createReadStream(file).pipe(
    parse({
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_records_with_error: true,
    }),
  );
  let columns: readonly string[] | undefined;
  let found: Begun | undefined;
  for await (const { record, info } of rows as AsyncIterable<{ record: string[]; info: { bytes: number } }>) {
    columns ??= record;
    const id = record === columns ? undefined : record[columns.indexOf('id')];
    const isWhole = record.length === columns.length && (info.bytes < size || isEnded);
    if (id && isWhole) found = { bytes: info.bytes, id };
  }
  return found;
}

async function sizeOf(file: string): Promise<{ readonly size: number; readonly isEnded: boolean }> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, Math.max(size - 2, 0));
    return { size, isEnded: buffer.toString() === '\r\n' };
  } finally {
    await handle.close();
  }
}

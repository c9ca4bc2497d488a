import type { Readable } from 'node:stream';
import type { Sql } from 'postgres';
import { columnList, columns, copyHeader } from '../entry-bytes.ts';

/** Takes each row of a chain: the bytes that its hash is over, and the hash that stands in it. */
export type TakeRow = (canonical: Buffer, hash: Buffer | undefined) => void;

/**
 * Streams a chain in its order as the bytes of a binary COPY; one row is in memory at a time.
 * @throws what `take` throws, or what the database says
 */
export async function readChain(sql: Sql, chain: string, take: TakeRow): Promise<void> {
  // The planner would sort a long chain; the index on (chain, seq) has it in order.
  await sql.unsafe('set enable_sort = off');
  const statement = `copy (select ${columnList} from audit.entries where chain = '${chain}'::uuid order by seq) to stdout (format binary)`;
  const stream = (await (
    sql.unsafe(statement) as unknown as { readable(): Promise<Readable> }
  ).readable()) as Readable;
  const rows = new RowParser(take);
  await new Promise<void>((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      try {
        rows.push(chunk);
      } catch (error) {
        stream.destroy();
        reject(error);
      }
    });
    stream.on('end', () => resolve());
    stream.on('error', reject);
  });
}

/** Cuts a binary COPY into rows; chunks may begin and end anywhere. */
export class RowParser {
  readonly #take: TakeRow;
  #rest: Buffer = Buffer.alloc(0);
  #begun = false;

  constructor(take: TakeRow) {
    this.#take = take;
  }

  push(chunk: Buffer): void {
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    if (!this.#begun) {
      if (data.length < copyHeader.length) {
        this.#rest = data;
        return;
      }
      this.#begun = true;
      at = copyHeader.length;
    }
    while (at + 2 <= data.length) {
      if (data.readInt16BE(at) !== columns.length) break;
      const end = this.#row(data, at + 2);
      if (end === undefined) break;
      at = end;
    }
    this.#rest = at < data.length ? data.subarray(at) : Buffer.alloc(0);
  }

  #row(data: Buffer, from: number): number | undefined {
    let at = from;
    for (let field = 1; field < columns.length; field++) {
      if (at + 4 > data.length) return undefined;
      const length = data.readInt32BE(at);
      at += length < 0 ? 4 : 4 + length;
    }
    if (at + 4 > data.length) return undefined;
    const length = data.readInt32BE(at);
    const end = length < 0 ? at + 4 : at + 4 + length;
    if (end > data.length) return undefined;
    this.#take(data.subarray(from, at), length < 0 ? undefined : data.subarray(at + 4, end));
    return end;
  }
}

import type { Readable } from 'node:stream';
import type { Sql } from 'postgres';
import { columnList, columns, copyHeader } from '../entry-bytes.ts';

/** Takes each row of a chain: the bytes under its hash, and the hash that stands in it. */
export type TakeRow = (canonical: Buffer, hash: Buffer | undefined) => void;

/**
 * Streams a chain in its order as the bytes of a binary COPY. One row is in memory at a time.
 * @throws what `take` throws, or what the database says
 */
export async function readChain(sql: Sql, chain: string, take: TakeRow): Promise<void> {
  // The planner would sort a long chain; the index on (chain, seq) has it in order.
  await sql.unsafe('set enable_sort = off');
  const statement = `copy (select ${columnList} from audit.entries where chain = '${chain}'::uuid order by seq) to stdout (format binary)`;
  const query = sql.unsafe(statement) as unknown as CopyOut;
  const stream = await query.readable();
  const rows = new RowParser(take);
  let refused: { readonly fault: unknown } | undefined;
  await new Promise<void>((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      // The stream is read to its end. A connection with an abandoned stream never closes, and the program
      // would not end.
      if (refused) return;
      try {
        rows.push(chunk);
      } catch (fault) {
        refused = { fault };
        query.canceller?.(query).catch(() => {});
      }
    });
    stream.on('end', () => (refused ? reject(refused.fault) : resolve()));
    // After a refused row, this error is that of the cancelled statement.
    stream.on('error', (error) => reject(refused ? refused.fault : error));
  });
}

/**
 * The used part of a query of postgres.js: its rows as the server sends them, and its cancellation. The
 * driver's own `cancel` loses the promise of the cancellation, and a failure would end the program.
 */
interface CopyOut {
  readable(): Promise<Readable>;
  readonly canceller: ((query: CopyOut) => Promise<void>) | null;
}

/** Cuts a binary COPY into rows. Chunks may begin and end anywhere. */
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

import type { Sql } from 'postgres';
import { copyStream } from '../store/copy.ts';
import { connectAudit } from './connection.ts';
import { columnList, copyHeader, copyTrailer } from './entry-bytes.ts';

/** The last entry of a chain. */
export interface Head {
  readonly chain: Buffer;
  readonly seq: number;
  readonly hash: Buffer;
}

const copySql = `copy audit.entries (${columnList}) from stdin (format binary)`;

/**
 * The log's table as its one writer uses it: a connection of its own, in the name of a role that may only add and
 * read. After any failure the connection is thrown away: what runs on it is never known for certain.
 */
export class ChainStore {
  readonly #url: string;
  readonly #deadlineMs: number;
  #sql: Sql | undefined;

  /** @param deadlineMs after so long a statement is given up */
  constructor(url: string, deadlineMs: number) {
    this.#url = url;
    this.#deadlineMs = deadlineMs;
  }

  /** Adds rows of a binary COPY; returns when they are committed and on disk. @throws what the server says, or lateness */
  append(rows: readonly Buffer[]): Promise<void> {
    return this.#inTime((sql) =>
      copyStream(sql, copySql, [Buffer.concat([copyHeader, ...rows, copyTrailer])]),
    );
  }

  /** The last entry of a chain as it stands in the table. */
  async head(chain: Buffer): Promise<Head | undefined> {
    const [row] = await this.#inTime(
      (sql) => sql<{ seq: number; hash: Buffer }[]>`
        select seq::float8 as seq, hash from audit.entries where chain = ${uuidText(chain)} order by seq desc limit 1`,
    );
    return row && { chain, seq: row.seq, hash: row.hash };
  }

  /** The last entry of the chain that was begun last: chains stand in one line, each names the one before. */
  async lastChain(): Promise<Head | undefined> {
    const [row] = await this.#inTime(
      (sql) => sql<{ chain: string }[]>`
        select s.chain::text as chain from audit.entries s where s.seq = 0 and not exists
          (select 1 from audit.entries n where n.seq = 0
             and coalesce(n.prior_chain, '00000000-0000-0000-0000-000000000000') = s.chain)
        order by s.id desc limit 1`,
    );
    return row && this.head(uuidBytes(row.chain));
  }

  async close(): Promise<void> {
    const sql = this.#sql;
    this.#sql = undefined;
    await sql?.end({ timeout: 1 });
  }

  async #inTime<T>(work: (sql: Sql) => PromiseLike<T>): Promise<T> {
    this.#sql ??= connectAudit(this.#url, this.#deadlineMs, 1);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error('The database of the access log is late.')),
        this.#deadlineMs,
      );
    });
    try {
      return await Promise.race([work(this.#sql), late]);
    } catch (error) {
      const broken = this.#sql;
      this.#sql = undefined;
      void broken?.end({ timeout: 0 }).catch(() => {});
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** `xxxxxxxx-xxxx-…` of sixteen bytes. */
export function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const uuidBytes = (text: string): Buffer => Buffer.from(text.replaceAll('-', ''), 'hex');

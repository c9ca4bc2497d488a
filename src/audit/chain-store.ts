import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { Breaker, type StoreChange } from '../store/breaker.ts';
import { copyStream } from '../store/copy.ts';
import { connectAudit } from './connection.ts';
import { columnList, copyHeader, copyTrailer } from './entry-bytes.ts';

/** The last entry of a chain. */
export interface Head {
  readonly chain: Buffer;
  readonly seq: number;
  readonly hash: Buffer;
}

/** The pause between attempts while the store does not answer. */
const probeEveryMs = 500;
/** A cut connection is replaced at once. A second failure counts as the store's. */
const failuresToOpen = 2;

const copySql = `copy audit.entries (${columnList}) from stdin (format binary)`;

/**
 * The log's table as its one writer uses it: by a connection of its own, as a role that may only add and
 * read. After any failure the connection is thrown away: nobody knows for certain what runs on it.
 */
export class ChainStore {
  readonly #url: string;
  readonly #deadlineMs: number;
  readonly #breaker: Breaker;
  #sql: Sql | undefined;
  #probe: NodeJS.Timeout | undefined;
  #closed = false;

  /**
   * @param deadlineMs the longest time for a statement
   * @param onChange called when the store stops answering and when it answers again
   */
  constructor(url: string, deadlineMs: number, onChange?: (change: StoreChange, reason?: string) => void) {
    this.#url = url;
    this.#deadlineMs = deadlineMs;
    this.#breaker = new Breaker(onChange, failuresToOpen);
  }

  /** The store has failed to answer, and has not answered since. It is asked again and again meanwhile. */
  get isRefusing(): boolean {
    return this.#breaker.isOpen;
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

  /**
   * The last entry of the chain that was begun last. Chains stand in one line, and each names the one before.
   */
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
    this.#closed = true;
    clearTimeout(this.#probe);
    const sql = this.#sql;
    this.#sql = undefined;
    await sql?.end({ timeout: 1 });
  }

  async #inTime<T>(work: (sql: Sql) => PromiseLike<T>): Promise<T> {
    this.#sql ??= connectAudit(this.#url, this.#deadlineMs, 1);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new DatabaseLate('The database of the access log is late.')),
        this.#deadlineMs,
      );
    });
    try {
      const result = await Promise.race([work(this.#sql), late]);
      this.#breaker.succeeded();
      return result;
    } catch (error) {
      this.#failed(error);
      const broken = this.#sql;
      this.#sql = undefined;
      void broken?.end({ timeout: 0 }).catch(() => {});
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #failed(error: unknown): void {
    if (isStatements(error)) {
      this.#breaker.succeeded();
      return;
    }
    // Two clocks run: the server's own deadline may come first.
    const isLate = error instanceof DatabaseLate || (error as { code?: unknown }).code === queryCanceled;
    // One statement that waits until its deadline is enough: others would wait as long.
    for (let i = 0; i < (isLate ? failuresToOpen : 1); i++)
      this.#breaker.failed(isLate ? 'deadline' : 'connection');
    if (this.isRefusing) this.#probeLater();
  }

  /** No request is let through as a trial: the table is asked from here, so no request waits for it. */
  #probeLater(): void {
    if (this.#closed || this.#probe) return;
    this.#probe = setTimeout(async () => {
      const answers = await this.answers(this.#deadlineMs);
      this.#probe = undefined;
      if (answers) this.#breaker.succeeded();
      else this.#probeLater();
    }, probeEveryMs);
    this.#probe.unref();
  }

  /** Whether the table answers on a new connection within so many milliseconds. */
  async answers(withinMs: number): Promise<boolean> {
    const sql = connectAudit(this.#url, withinMs, 1);
    const late = sleep(withinMs, false, { ref: false });
    try {
      return await Promise.race([sql`select from audit.entries limit 1`.then(() => true), late]);
    } catch {
      return false;
    } finally {
      void sql.end({ timeout: 0 }).catch(() => {});
    }
  }
}

class DatabaseLate extends Error {}

/** SQLSTATE of a statement that the server gave up, as at its `statement_timeout`. */
const queryCanceled = '57014';

/**
 * The fault lies with the statement or its rows and not with the store: SQLSTATE classes of data,
 * constraints, rights, syntax.
 */
const isStatements = (error: unknown) =>
  (error as Error).name === 'PostgresError' &&
  /^(2[1-7]|42)/.test(String((error as { code?: unknown }).code));

/** `xxxxxxxx-xxxx-…` of sixteen bytes. */
export function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const uuidBytes = (text: string): Buffer => Buffer.from(text.replaceAll('-', ''), 'hex');

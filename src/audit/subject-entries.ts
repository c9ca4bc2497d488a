import type { Sql } from 'postgres';
import { connectAudit } from './connection.ts';
import { tokenBytes } from './subject-tokens.ts';

/** An entry as its person may know it: without the official and without other persons. */
export interface SubjectEntry {
  /** Instant in UTC, ISO 8601. */
  readonly occurredAt: string;
  readonly viewer: string;
  readonly purpose: string | null;
  readonly fieldGroups: readonly string[];
  readonly isMasked: boolean;
}

export interface SubjectQuery {
  /** Tokens of the person and of the records about the person, eight bytes each. */
  readonly tokens: Buffer;
  /** Entries that answered something of one of these groups are left out. */
  readonly withoutGroups: readonly string[];
  readonly before: string | null;
  readonly limit: number;
}

/** Finds entries by subject, as a role that may only read the log and add to it. */
export class SubjectEntries {
  readonly #sql: Sql;

  constructor(url: string, deadlineMs: number) {
    this.#sql = connectAudit(url, deadlineMs, 2);
  }

  /** Entries that answered something, newest first. "Nothing was found" is an answer too. */
  async find({ tokens, withoutGroups, before, limit }: SubjectQuery): Promise<readonly SubjectEntry[]> {
    const numbers = Array.from({ length: tokens.length / tokenBytes }, (_, i) =>
      tokens.readBigInt64BE(i * tokenBytes),
    );
    // Materialized: the planner knows nothing of tokens and would walk the log backwards instead.
    return this.#sql<SubjectEntry[]>`
      with found as materialized (
        select id, occurred_at, viewer, purpose, field_groups, denied_groups, is_masked from audit.entries
        where subjects && ${`{${numbers.join()}}`}::bigint[] and verdict <> 'DENIED'
          and not exists (select from unnest(field_groups) g
            where g = any(${`{${withoutGroups.join()}}`}::text[]) and g <> all(denied_groups)))
      select occurred_at as "occurredAt", viewer, purpose,
        array(select g from unnest(field_groups) g where g <> all(denied_groups)) as "fieldGroups", is_masked as "isMasked"
      from found where ${before}::timestamptz is null or occurred_at < ${before}::timestamptz
      order by occurred_at desc, id desc limit ${limit}`;
  }

  async close(): Promise<void> {
    await this.#sql.end({ timeout: 1 });
  }
}

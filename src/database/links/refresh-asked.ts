import { Placeholder, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { inTransaction } from '../../store/transaction.ts';
import { aliased, fromTable, isOpen } from '../rows/scope-sql.ts';
import type { LinkedStore, LinkServers } from './refresh.ts';

const dialect = new PgDialect();

/** What one store asks of departments about the records of a type. */
interface AskedRows {
  readonly record: string;
  readonly from: string;
  readonly rows: readonly { holder: string; subject: string; closed: string | null }[];
}

/**
 * Writes into `access.asked` of every server which of its records stores of other servers ask about. Where
 * the asking store is on the same server, its rows are read directly. Each server has one transaction.
 * @param day the district's calendar day, YYYY-MM-DD
 * @param subjects ids of the records that are looked at; all without it
 */
export async function refreshAsked(
  servers: LinkServers,
  stores: readonly LinkedStore[],
  day: string,
  subjects?: readonly string[],
): Promise<void> {
  const groups = [...Map.groupBy(stores, ({ store }) => servers.serverOf(store))];
  if (groups.length === 1) return;
  const asked = await askedRows(servers, stores, day);
  for (const [server, held] of groups) {
    const here = asked.filter(
      ({ record, from }) => from !== server && held.some(({ records }) => record in records),
    );
    const last = new Map<string, { holder: string; subject: string; closed: string | null }>();
    for (const row of here.flatMap(({ rows }) => rows)) {
      const key = `${row.holder} ${row.subject}`;
      const known = last.get(key);
      // A file without an end wins over one with an end; of several ends the last wins.
      if (!known || (known.closed !== null && (row.closed === null || row.closed > known.closed)))
        last.set(key, row);
    }
    const looked = subjects && new Set(subjects);
    const rows = [...last.values()].filter(({ subject }) => !looked || looked.has(subject));
    await inTransaction(servers.ownerOf(held[0]?.store ?? ''), async (tx) => {
      if (subjects)
        await tx`delete from access.asked where subject_id = any(${subjects as string[]}::uuid[])`;
      else await tx`delete from access.asked`;
      await tx`insert into access.asked select * from unnest(${rows.map((r) => r.holder)}::text[],
        ${rows.map((r) => r.subject)}::uuid[], ${rows.map((r) => r.closed) as string[]}::date[])`;
    });
  }
}

async function askedRows(
  servers: LinkServers,
  stores: readonly LinkedStore[],
  day: string,
): Promise<AskedRows[]> {
  const found: AskedRows[] = [];
  for (const { store, records } of stores)
    for (const { table, scope } of Object.values(records)) {
      const { asked } = scope;
      for (const [record, by] of Object.entries(asked?.opens ?? {})) {
        if (!asked) continue;
        // Departments alone: units with a territory see by their territory whom they are asked about.
        const query = sql`select ${aliased('t', asked.unit)} as holder, ${aliased('t', by)}::text as subject,
          ${aliased('t', asked.closedOn)}::text as closed from ${fromTable(table, 't')}
          where ${aliased('t', asked.unit)} ~ '^PT-[A-Z]+$' and ${isOpen('t', asked.closedOn)}`;
        const { sql: text, params } = dialect.sqlToQuery(query);
        const values = params.map((p) => (p instanceof Placeholder ? day : p));
        const rows = await servers
          .ownerOf(store)
          .unsafe<AskedRows['rows'][number][]>(text, values as never[]);
        found.push({ record, from: servers.serverOf(store), rows });
      }
    }
  return found;
}

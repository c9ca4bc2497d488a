import { Placeholder, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Sql, TransactionSql } from 'postgres';
import type { RowScope } from '../../contract/model/row-scope.ts';
import { branchOfSql, viewerOfHolder, viewerOfHolderSql } from '../../identity/holders.ts';
import { today } from '../../store/today.ts';
import { inTransaction } from '../../store/transaction.ts';
import { aliased, fromTable } from '../rows/scope-sql.ts';
import { refreshAsked } from './refresh-asked.ts';
import { refreshGrants } from './refresh-grants.ts';

/** A store's records as the refresh needs them. */
export interface LinkedStore {
  readonly store: string;
  /** The unit that did the work of the store's rows. */
  readonly unit: string;
  readonly records: Readonly<Record<string, { readonly table: PgTable; readonly scope: RowScope }>>;
}

const dialect = new PgDialect();
const register = 'public_security';

/** The owners' connections. They also say which stores share a server. */
export interface LinkServers {
  ownerOf(store: string): Sql;
  serverOf(store: string): string;
}

/** Links on their way between servers: holders, subjects and ends in parallel lists. */
interface Links {
  readonly holders: string[];
  readonly subjects: string[];
  readonly ends: (string | null)[];
}

/**
 * Makes `access.links` of every server say what the rows of all stores say (dossier §6.3). Every person in a
 * department's own rows is linked to the department. An applicant is linked to the window of the open file,
 * and for 30 days after it was closed. The person of a task is linked to its coordinator, society and branch,
 * and for 7 days after it was closed. The coordinators' areas go to every server too. A link lies only on
 * servers where it decides about some row. Each server has one transaction.
 * @param day the district's calendar day, YYYY-MM-DD
 * @param readersOf the viewers whose links decide about rows of some stores (`linkReaders`)
 * @returns the number of links that stand afterwards on each server
 */
export async function refreshLinks(
  servers: LinkServers,
  stores: readonly LinkedStore[],
  day: string,
  readersOf: (stores: ReadonlySet<string>) => ReadonlySet<string>,
): Promise<number> {
  const groups = [...Map.groupBy(stores, ({ store }) => servers.serverOf(store)).values()];
  const owners = groups.map((held) => servers.ownerOf(held[0]?.store ?? ''));
  const selects = groups.map((held) => held.flatMap(linkSelects));
  // With one server the links never leave the database.
  const foreign =
    groups.length === 1
      ? []
      : await Promise.all(owners.map((owner, i) => collect(owner, selects[i] ?? [], day)));
  // With one server all links are needed: every group is kept there.
  const readers =
    groups.length === 1 ? [] : groups.map((held) => readersOf(new Set(held.map(({ store }) => store))));
  let count = 0;
  for (const [i, owner] of owners.entries())
    count = await replaceLinks(
      owner,
      selects[i] ?? [],
      foreign.filter((_, from) => from !== i).map((links) => linksFor(links, readers[i])),
      day,
      readers[i],
    );
  const home = groups.findIndex((held) =>
    held.some(({ records }) => Object.values(records).some(({ scope }) => scope.task)),
  );
  if (groups.length > 1 && home >= 0)
    await copyAreas(
      owners[home] as Sql,
      owners.filter((_, i) => i !== home),
    );
  await refreshAsked(servers, stores, day);
  await refreshGrants(servers, stores);
  return count;
}

/** The links that may be sent to a server. */
function linksFor({ holders, subjects, ends }: Links, readers: ReadonlySet<string> | undefined): Links {
  if (!readers) return { holders, subjects, ends };
  const needed = holders.map((holder) => readers.has(viewerOfHolder(holder)));
  const only = <T>(list: readonly T[]): T[] => list.filter((_, i) => needed[i]);
  return { holders: only(holders), subjects: only(subjects), ends: only(ends) };
}

async function collect(owner: Sql, selects: readonly SQL[], day: string): Promise<Links> {
  const links: Links = { holders: [], subjects: [], ends: [] };
  for (const select of selects) {
    const rows = await run(
      owner,
      sql`select holder, subject_id::text as subject, until::text as end from (${select}) l`,
      day,
    );
    for (const row of rows) {
      links.holders.push(String(row.holder));
      links.subjects.push(String(row.subject));
      links.ends.push((row.end ?? null) as string | null);
    }
  }
  return links;
}

function replaceLinks(
  owner: Sql,
  selects: readonly SQL[],
  foreign: readonly Links[],
  day: string,
  readers: ReadonlySet<string> | undefined,
): Promise<number> {
  return inTransaction(owner, async (tx) => {
    await tx`lock table access.links in exclusive mode`;
    await tx`create temp table fresh_links (holder text, subject_id uuid, until date) on commit drop`;
    // Links of a store of this server are left out where they decide about no row of the server.
    const needed = readers
      ? sql` where ${viewerOfHolderSql} = any(${sql.raw(`'{${[...readers].join(',')}}'`)}::text[])`
      : sql``;
    for (const select of selects)
      await run(
        tx,
        sql`insert into fresh_links select holder, subject_id, until from (${select}) l${needed}`,
        day,
      );
    for (const { holders, subjects, ends } of foreign)
      await tx`insert into fresh_links
        select * from unnest(${holders}::text[], ${subjects}::uuid[], ${ends as string[]}::date[])`;
    // A link without an end wins over one with an end; of several ends the last wins.
    await tx`create temp table links_now on commit drop as
      select holder, subject_id, case when bool_or(until is null) then null else max(until) end as until
      from fresh_links group by holder, subject_id`;
    await tx`delete from access.links l where not exists
      (select 1 from links_now n where n.holder = l.holder and n.subject_id = l.subject_id)`;
    await tx`insert into access.links select holder, subject_id, until from links_now
      on conflict (holder, subject_id) do update set until = excluded.until
      where links.until is distinct from excluded.until`;
    const [row] = await tx<{ count: number }[]>`select count(*)::int as count from access.links`;
    return row?.count ?? 0;
  });
}

async function copyAreas(home: Sql, others: readonly Sql[]): Promise<void> {
  const rows = await home<{ holder: string; neighbourhood: string; until: string | null }[]>`
    select holder, neighbourhood_code as neighbourhood, until::text from access.areas`;
  for (const owner of others)
    await inTransaction(owner, async (tx) => {
      await tx`delete from access.areas`;
      await tx`insert into access.areas select * from unnest(${rows.map((row) => row.holder)}::text[],
        ${rows.map((row) => row.neighbourhood)}::text[], ${rows.map((row) => row.until) as string[]}::date[])`;
    });
}

/** The only parameters are the holding unit and the day. */
function run(owner: Sql | TransactionSql, query: SQL, day: string) {
  const { sql: text, params } = dialect.sqlToQuery(query);
  return owner.unsafe(text, params.map((p) => (p instanceof Placeholder ? day : p)) as never[]);
}

/** The links that a store's own rows make: one select for each way. */
export function linkSelects({ store, unit, records }: LinkedStore): SQL[] {
  const selects: SQL[] = [];
  for (const { table, scope } of Object.values(records)) {
    // The register knows everybody: standing in it makes nobody a department's own.
    if (store !== register)
      for (const subject of [scope.subjects, scope.serves, scope.concerns].flatMap((ids) => ids ?? []))
        selects.push(linkSelect(table, sql`${unit}::text`, subject, sql`null::date`));
    for (const subject of scope.subjects ?? []) {
      if (scope.window)
        selects.push(
          linkSelect(
            table,
            aliased('t', scope.window.unit),
            subject,
            until(scope.window.closedOn, scope.window.days),
          ),
        );
    }
    if (scope.task) {
      const { assignee, closedOn, days, subject, subdistrict } = scope.task;
      const holders = [
        sql`${aliased('t', assignee)}::text`,
        sql`${unit}::text`,
        branchOfSql(aliased('t', subdistrict)),
      ];
      for (const holder of holders) selects.push(linkSelect(table, holder, subject, until(closedOn, days)));
    }
  }
  return selects;
}

function linkSelect(table: PgTable, holder: SQL, subject: PgColumn, end: SQL): SQL {
  const id = aliased('t', subject);
  return sql`select distinct on (1, 2) ${holder} as "holder", ${id} as "subject_id", ${end} as "until" from ${fromTable(table, 't')} where ${holder} is not null and ${id} is not null and (${end} is null or ${end} >= ${today}) order by 1, 2, 3 desc nulls first`;
}

function until(closedOn: PgColumn | undefined, days: number): SQL {
  return closedOn ? sql`${aliased('t', closedOn)} + ${sql.raw(String(days))}` : sql`null::date`;
}

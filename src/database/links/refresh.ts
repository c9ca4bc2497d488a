import { Placeholder, type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Sql, TransactionSql } from 'postgres';
import { viewerOfHolder, viewerOfHolderSql } from '../../identity/holders.ts';
import { today } from '../../store/today.ts';
import { inTransaction } from '../../store/transaction.ts';
import { aliased, fromTable } from '../rows/scope-sql.ts';
import { type AreaSource, areasOf } from './areas.ts';
import { refreshAsked } from './refresh-asked.ts';
import { refreshGrants } from './refresh-grants.ts';
import { type LinkedStore, type LinkWay, linkWays } from './ways.ts';

const dialect = new PgDialect();

export type { LinkedStore } from './ways.ts';

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
 * and for 7 days after it was closed. The areas of the coordinators' assignments go to every server. A link lies only on
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
  const groups = serverGroups(servers, stores);
  const owners = groups.map((held) => servers.ownerOf(held[0]?.store ?? ''));
  const selects = groups.map((held) => held.flatMap(linkSelects));
  // With one server the links never leave the database.
  const foreign =
    groups.length === 1
      ? []
      : await Promise.all(owners.map((owner, i) => collectLinks(owner, selects[i] ?? [], day)));
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
  for (const [i, owner] of owners.entries()) await refreshAreas(owner, areasOf(groups[i] ?? []), day);
  await copyAreas(servers, groups);
  await refreshAsked(servers, stores, day);
  await refreshGrants(servers, stores);
  return count;
}

/** The stores by the server that holds them. */
export const serverGroups = (servers: LinkServers, stores: readonly LinkedStore[]): LinkedStore[][] => [
  ...Map.groupBy(stores, ({ store }) => servers.serverOf(store)).values(),
];

/** The links that may be sent to a server. */
export function linksFor(
  { holders, subjects, ends }: Links,
  readers: ReadonlySet<string> | undefined,
): Links {
  if (!readers) return { holders, subjects, ends };
  const needed = holders.map((holder) => readers.has(viewerOfHolder(holder)));
  const only = <T>(list: readonly T[]): T[] => list.filter((_, i) => needed[i]);
  return { holders: only(holders), subjects: only(subjects), ends: only(ends) };
}

/** What selects of links give on a day. */
export async function collectLinks(owner: Sql, selects: readonly SQL[], day: string): Promise<Links> {
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
    await tx`delete from access.links_elsewhere`;
    for (const links of foreign) await keepElsewhere(tx, links);
    await tx`insert into fresh_links select holder, subject_id, until from access.links_elsewhere`;
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

/** Of several ends the last stays, and none wins over all. */
export async function keepElsewhere(tx: Sql, { holders, subjects, ends }: Links): Promise<void> {
  await tx`insert into access.links_elsewhere as l (holder, subject_id, until)
    select holder, subject_id, case when bool_or("until" is null) then null else max("until") end
    from unnest(${holders}::text[], ${subjects}::uuid[], ${ends as string[]}::date[]) u(holder, subject_id, "until")
    group by 1, 2
    on conflict (holder, subject_id) do update set until = case
      when l.until is null or excluded.until is null then null else greatest(l.until, excluded.until) end`;
}

/** What the assignments of a server open on a day. */
async function refreshAreas(owner: Sql, sources: readonly AreaSource[], day: string): Promise<void> {
  for (const source of sources)
    await inTransaction(owner, async (tx) => {
      const wanted = `select holder, code, "until" from (${source.select('$1::date')} group by 1, 2) w where "until" is null or "until" >= $1::date`;
      await tx`lock table access.areas in exclusive mode`;
      await tx.unsafe(
        `delete from access.areas a where not exists
          (select from (${wanted}) w where w.holder = a.holder and w.code = a.neighbourhood_code)`,
        [day],
      );
      await tx.unsafe(
        `insert into access.areas as a (holder, neighbourhood_code, until) ${wanted}
          on conflict (holder, neighbourhood_code) do update set until = excluded.until
          where a.until is distinct from excluded.until`,
        [day],
      );
    });
}

/** Brings the areas of the server that has the assignments to all others. */
export async function copyAreas(
  servers: LinkServers,
  groups: readonly (readonly LinkedStore[])[],
): Promise<void> {
  const home = groups.find((held) => areasOf(held).length > 0);
  if (!home) return;
  const ownerOf = (held: readonly LinkedStore[]) => servers.ownerOf(held[0]?.store ?? '');
  const others = groups.filter((held) => held !== home).map(ownerOf);
  if (others.length === 0) return;
  const rows = await ownerOf(home)<{ holder: string; neighbourhood: string; until: string | null }[]>`
    select holder, neighbourhood_code as neighbourhood, until::text from access.areas`;
  for (const owner of others)
    await inTransaction(owner, async (tx) => {
      await tx`delete from access.areas`;
      await tx`insert into access.areas select * from unnest(${rows.map((row) => row.holder)}::text[],
        ${rows.map((row) => row.neighbourhood)}::text[], ${rows.map((row) => row.until) as string[]}::date[])`;
    });
}

/** The only parameter is the day. */
function run(owner: Sql | TransactionSql, query: SQL, day: string) {
  const { sql: text, params } = dialect.sqlToQuery(query);
  return owner.unsafe(text, params.map((p) => (p instanceof Placeholder ? day : p)) as never[]);
}

/** The links that a store's own rows make: one select for each way. */
export const linkSelects = (store: LinkedStore): SQL[] => linkWays(store).map(linkSelect);

function linkSelect({ table, holder, subject, until }: LinkWay): SQL {
  const [by, id, end] = [holder('t'), aliased('t', subject), until('t')];
  return sql`select distinct on (1, 2) ${by} as "holder", ${id} as "subject_id", ${end} as "until" from ${fromTable(table, 't')} where ${by} is not null and ${id} is not null and (${end} is null or ${end} >= ${today}) order by 1, 2, 3 desc nulls first`;
}

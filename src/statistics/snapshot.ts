import { type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import { copyInto } from '../store/copy.ts';
import { inTransaction } from '../store/transaction.ts';
import { type BaseRow, Cube } from './cube.ts';
import type { StatisticsPlan } from './plan.ts';
import type { Dimension, Population } from './population.ts';
import { protect } from './protect.ts';
import { publishedCells, sumsOf } from './publish.ts';

/** The owners' connections. */
export interface SnapshotServers {
  ownerOf(store: string): Sql;
}

/** A store of which nothing has been published for a month yet, and what will be published. */
export interface Count {
  readonly store: string;
  readonly month: string;
  readonly cells: readonly object[];
}

/**
 * A month was counted before. Its publication stands, so that two counts of a month can never be compared.
 */
export class AlreadyTaken extends Error {
  override readonly name = 'AlreadyTaken';
}

const dialect = new PgDialect();

/**
 * Counts one store as of the end of a month, as owner: every cell that can be asked for, as it will be
 * published. Raw rows are read here and nowhere else. What is withheld is not returned.
 * @param month YYYY-MM
 * @throws AlreadyTaken
 */
export async function countStore(
  servers: SnapshotServers,
  plan: StatisticsPlan,
  store: string,
  month: string,
): Promise<Count> {
  const held = servers.ownerOf('statistics');
  const [known] = await held`select 1 from statistics.snapshots where month = ${month} and store = ${store}`;
  if (known) throw new AlreadyTaken(`The statistics of ${store} for ${month} have been published and stand.`);
  const cells: object[] = [];
  for (const population of plan.populationsOf(store)) {
    const k = plan.smallestCell(population);
    const rows = await readRows(servers, store, population, lastDayOf(month));
    const cube = new Cube(population.dimensions, population.tables, rows);
    protect(cube, k);
    for (const cell of publishedCells(population, cube, k, plan.keys)) cells.push({ ...cell, month });
  }
  return { store, month, cells };
}

/**
 * Publishes what was counted: all of it or nothing.
 * @param today the district's calendar day; the months must be over
 * @throws the server's error when a store was published for the month meanwhile
 */
export async function publish(
  servers: SnapshotServers,
  { tables }: StatisticsPlan,
  counts: readonly Count[],
  today: string,
): Promise<void> {
  for (const { month } of counts)
    if (lastDayOf(month) >= today)
      throw new Error(`${month} is not over: it can be published from the day after ${lastDayOf(month)} on.`);
  const taken = counts.map(({ store, month }) => ({ month, store, asOf: lastDayOf(month), takenOn: today }));
  await inTransaction(servers.ownerOf('statistics'), async (tx) => {
    await copyInto(tx, tables.snapshots, taken);
    await copyInto(
      tx,
      tables.cells,
      counts.flatMap(({ cells }) => cells),
    );
  });
}

/** The last day of a month, YYYY-MM-DD. */
export function lastDayOf(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year!, number!, 0)).toISOString().slice(0, 10);
}

async function readRows(
  servers: SnapshotServers,
  store: string,
  population: Population,
  asOf: string,
): Promise<BaseRow[]> {
  const { dimensions } = population;
  const sums = sumsOf(population);
  const rows = sql`(${population.rows(sql`${asOf}::date`)}) r`;
  const summed = sums.map((name) => sql`, sum(${sql.identifier(name)})::text as ${sql.identifier(name)}`);
  // The register's part of a row about a person is looked up only for the few rows that have a person.
  const own = dimensions.filter(({ name }) => !population.subject?.includes(name));
  const names = [...own.map(({ name }) => name), ...(population.subject ? ['subject'] : [])];
  const list = sql.join(
    names.map((name) => sql.identifier(name)),
    sql`, `,
  );
  const query = sql`select ${list}, count(*)::int as count${sql.join(summed)} from ${rows} group by ${list}`;
  const found = await run(servers.ownerOf(store), query);
  if (population.subject) await addRegister(servers, found);
  const base: BaseRow[] = [];
  for (const row of found) {
    const at = dimensions.map((dimension) => indexIn(dimension, row[dimension.name]));
    if (at.includes(-1)) continue;
    base.push({ at, count: Number(row.count), sums: sums.map((name) => Number(row[name] ?? 0)) });
  }
  return base;
}

async function addRegister(servers: SnapshotServers, rows: Record<string, unknown>[]): Promise<void> {
  const ids = [...new Set(rows.flatMap(({ subject }) => (typeof subject === 'string' ? subject : [])))];
  const persons = await servers.ownerOf('public_security')<{ id: string; place: string; origin: string }[]>`
    select id::text, subdistrict_code as place, left(hukou_division, 2) || '0000' as origin
    from public_security.migrants where id = any(${ids}::uuid[])`;
  const known = new Map(persons.map((person) => [person.id, person]));
  for (const row of rows) {
    const person = known.get(String(row.subject));
    row.SUBDISTRICT = person?.place;
    row.ORIGIN_PROVINCE = person?.origin;
  }
}

function indexIn({ values, other }: Dimension, value: unknown): number {
  const index = values.indexOf(String(value));
  return index >= 0 || other === null ? index : values.indexOf(other);
}

async function run(owner: Sql, query: SQL): Promise<Record<string, unknown>[]> {
  const { sql: text, params } = dialect.sqlToQuery(query);
  return (await owner.unsafe(text, params as never[])) as unknown as Record<string, unknown>[];
}

import { getTableColumns, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf, dueOf, parseDeadline } from '../../src/contract/deadlines/expression.ts';
import { addDays, productWorkingDays, WorkingDays } from '../../src/contract/deadlines/working-days.ts';
import { deadlineSql } from '../../src/database/deadlines/deadline-sql.ts';
import { loadWorkingDays } from '../../src/database/deadlines/load-working-days.ts';
import { viewerRoles } from '../../src/database/wall/roles.ts';
import { reportDueAt } from '../../src/departments/health/diseases.ts';
import { records as health } from '../../src/departments/health/records.ts';
import { infectiousReports } from '../../src/departments/health/tables.ts';
import { wageArrearsCases } from '../../src/departments/labour/tables.ts';
import { permitApplications, residencePermits } from '../../src/departments/permits/tables.ts';
import { createPools, type Pools } from '../../src/store/pools.ts';
import { createTestDatabase } from '../support/database.ts';
import { Seeded } from '../support/seeded.ts';

const calendar = productWorkingDays();
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pools: Pools;
beforeAll(async () => {
  database = await createTestDatabase('district');
  pools = createPools({ urls: () => database.url, statementTimeoutMs: 60_000 });
  const owner = pools.ownerOf('labour');
  // Some clocks stand, some have stood.
  await owner`update labour.wage_arrears_cases set clock_added_working_days = 7 where id in
    (select id from labour.wage_arrears_cases where accepted_on is not null order by id limit 1)`;
  await owner`update labour.wage_arrears_cases set clock_stopped_on = accepted_on where id in
    (select id from labour.wage_arrears_cases where accepted_on is not null order by id desc limit 1)`;
});
afterAll(async () => {
  await pools.close();
  await database.drop();
});

it('the database counts working days as the program does', async () => {
  const random = new Seeded(2007);
  const cases = Array.from({ length: 3000 }, () => ({
    day: addDays('2005-11-01', Math.floor(random.next() * 1700)),
    count: Math.floor(random.next() * 95),
  }));
  const rows = await pools.ownerOf('labour')`
    select access.add_working_days(day::date, n::int)::text as due,
      access.working_days_between(day::date, access.add_working_days(day::date, n::int)) as between
    from unnest(${cases.map(({ day }) => day)}::text[], ${cases.map(({ count }) => String(count))}::text[])
      with ordinality c(day, n, place) order by place`;
  expect(rows.map(({ due, between }) => [due, between])).toEqual(
    cases.map(({ day, count }) => [calendar.add(day, count), count]),
  );
});

describe('the deadline of every row is the same in SQL and in hand', () => {
  it.each<[PgTable & { id: unknown }, string[]]>([
    [permitApplications, ['dueOn', 'acceptedOn+15wd', 'submittedOn+1m', 'acceptedOn+36h', 'createdAt+2h']],
    [residencePermits, ['validTo', 'validTo+30d', 'validFrom+6m']],
    [wageArrearsCases, ['acceptedOn+60wd', 'acceptedOn+30d']],
    [infectiousReports, ['diagnosedAt', 'diagnosedAt+24h', 'diagnosedAt+10wd', 'diagnosedAt+1m']],
  ])('of table %#', async (table, expressions) => {
    const db = drizzle(pools.ownerOf('labour'));
    for (const text of expressions) {
      const deadline = parseDeadline(text);
      const { due, day, begin } = deadlineSql(deadline, table);
      const early = sql<boolean | null>`${begin.day} + ${sql.raw(String(begin.days))} <= ${day}`;
      const rows = await db
        .select({
          ...getTableColumns(table),
          due: sql<string | null>`${due}`,
          day: sql<string | null>`${day}`,
          early,
        })
        .from(table)
        .limit(400);
      expect(rows.length).toBeGreaterThan(3);
      for (const { due, day, early, ...row } of rows) {
        const expected = dueOf(deadline, row, calendar);
        expect(due && due.length > 10 ? new Date(due).toISOString() : due).toBe(expected);
        expect(day).toBe(expected && dayOf(expected));
        expect(early).toBe(expected ? true : null);
      }
      expect(rows.some((row) => row.due !== null)).toBe(true);
    }
  });

  it('of a report card by its disease', async () => {
    const { clocks } = health.InfectiousReport!;
    const { due } = deadlineSql(parseDeadline('reportDueAt'), infectiousReports, clocks);
    const rows = await drizzle(pools.ownerOf('health'))
      .select({ ...getTableColumns(infectiousReports), due: sql<string>`${due}` })
      .from(infectiousReports);
    for (const { disease, diagnosedAt, due } of rows)
      expect(new Date(due).toISOString()).toBe(reportDueAt(disease, diagnosedAt));
    expect(new Set(rows.map((row) => Date.parse(row.due) - Date.parse(row.diagnosedAt))).size).toBe(2);
  });

  it('a property that is no date of the table is refused in a sentence', () => {
    for (const text of ['permitNo', 'expiresOn+30d'])
      expect(() => deadlineSql(parseDeadline(text), residencePermits)).toThrow(
        /permits\.residence_permits has no day or instant .*validTo/,
      );
  });
});

it('the calendar of a database becomes what the table says, also what was taken out of it', async () => {
  const owner = pools.ownerOf('labour');
  const held = async () =>
    (await owner`select day::text, is_worked from access.working_days order by day`).map((row) => ({
      ...row,
    }));
  const all = calendar.rows.map(({ day, kind }) => ({ day, is_worked: kind === 'WORKED' }));
  expect(await held()).toEqual(all);
  await loadWorkingDays(owner, new WorkingDays(calendar.rows.slice(5)));
  expect(await held()).toEqual(all.slice(5));
  await loadWorkingDays(owner, calendar);
  expect(await held()).toEqual(all);
});

it('every viewer may count working days', async () => {
  const [row] = await pools.ownerOf('labour')`
    select bool_and(has_table_privilege(role, 'access.working_days', 'select')
      and has_function_privilege(role, 'access.add_working_days(date, integer)', 'execute')) as may
    from unnest(${viewerRoles as string[]}::text[]) role`;
  expect(row).toEqual({ may: true });
  expect(viewerRoles.length).toBeGreaterThan(20);
});

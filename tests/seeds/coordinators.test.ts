import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoCoordinatorId } from '../../src/identity/personas.ts';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase('district');
  sql = connectTo(database.url, { max: 1, onnotice: () => {} });
});

afterAll(async () => {
  await sql?.end();
  await database?.drop();
});

describe('the coordinators of the synthetic district', () => {
  test('are as many in each place as its allocation says: one for 500, rounded up, and its adjustment', async () => {
    const rows = await sql<
      Record<string, number>[]
    >`select a.migrant_count as migrants, a.standard_headcount as standard,
        a.approved_headcount as approved, a.adjustment, a.actual_headcount as actual, a.seconded_count as seconded,
        count(c.*) filter (where c.status <> 'LEFT')::int as serving,
        count(c.*) filter (where c.status = 'SECONDED')::int as lent,
        (select count(*)::int from public_security.migrants m where m.subdistrict_code = a.subdistrict_code) as registered
      from coordinators.coordinator_allocations a join coordinators.coordinators c using (subdistrict_code)
      group by a.id`;
    expect(rows).toHaveLength(9);
    for (const row of rows) {
      expect(row.standard).toBe(Math.ceil((row.migrants ?? 0) / 500));
      expect(row.approved).toBe((row.standard ?? 0) + (row.adjustment ?? 0));
      expect([row.serving, row.lent, row.registered]).toEqual([row.actual, row.seconded, row.migrants]);
    }
  });

  test('cover each neighbourhood of the district by open assignments of those in the field', async () => {
    const [row] =
      await sql`select count(distinct n)::int as covered from coordinators.coordinator_assignments a
      join coordinators.coordinators c on c.id = a.coordinator_id and c.status = 'ACTIVE', unnest(a.neighbourhood_codes) n
      where a.ends_on is null`;
    expect(row?.covered).toBe(9 * 24);
  });

  test('see in `access.areas` exactly the neighbourhoods of their open assignments', async () => {
    const [row] =
      await sql`with open as (select coordinator_id::text as holder, unnest(neighbourhood_codes) as neighbourhood_code
        from coordinators.coordinator_assignments where ends_on is null)
      select (select count(*)::int from open) as assigned, (select count(*)::int from access.areas) as areas,
        (select count(*)::int from open join access.areas using (holder, neighbourhood_code)) as same`;
    expect(row?.assigned).toBeGreaterThan(0);
    expect([row?.areas, row?.same]).toEqual([row?.assigned, row?.assigned]);
  });

  test('get tasks whose target lies in their area', async () => {
    const [row] =
      await sql`select count(*)::int as tasks, count(*) filter (where t.neighbourhood_code = any(a.neighbourhood_codes))::int as inside
      from coordinators.coordinator_tasks t join coordinators.coordinator_assignments a on a.coordinator_id = t.assignee_id`;
    expect(row?.tasks).toBeGreaterThan(50);
    expect(row?.inside).toBe(row?.tasks);
  });

  test('are given tasks about persons, dwellings and employers that their registers know, at the same place', async () => {
    const [row] =
      await sql`select count(*)::int as tasks, count(m.id)::int as persons, count(d.id)::int as dwellings,
        count(e.id)::int as employers, count(t.target_place)::int as places,
        count(*) filter (where coalesce(m.neighbourhood_code, d.neighbourhood_code, e.neighbourhood_code, t.neighbourhood_code) = t.neighbourhood_code)::int as placed
      from coordinators.coordinator_tasks t left join public_security.migrants m on m.id = t.target_migrant_id
      left join housing.dwellings d on d.id = t.target_dwelling_id left join labour.employers e on e.id = t.target_employer_id`;
    expect((row?.persons ?? 0) + row?.dwellings + row?.employers + row?.places).toBe(row?.tasks);
    expect(row?.placed).toBe(row?.tasks);
    for (const kind of ['persons', 'dwellings', 'employers', 'places'])
      expect(row?.[kind]).toBeGreaterThan(0);
  });

  test('include the coordinator of the demonstration: three neighbourhoods, open tasks about persons there', async () => {
    const [assignment] =
      await sql`select neighbourhood_codes, ends_on from coordinators.coordinator_assignments where coordinator_id = ${demoCoordinatorId}`;
    expect(assignment).toEqual({
      neighbourhood_codes: ['310107015001', '310107015002', '310107015003'],
      ends_on: null,
    });
    const [tasks] = await sql`select count(*)::int as open from coordinators.coordinator_tasks t
      join public_security.migrants m on m.id = t.target_migrant_id
      where t.assignee_id = ${demoCoordinatorId} and t.closed_on is null and m.neighbourhood_code like '31010701500_'`;
    expect(tasks?.open).toBeGreaterThanOrEqual(3);
  });
});

describe('the coordinators’ store refuses', () => {
  const allocation = (values: string) =>
    sql.unsafe(`insert into coordinators.coordinator_allocations (id, unit_id, subdistrict_code, year, migrant_count, counted_on,
      standard_headcount, adjustment, adjustment_reason, approved_headcount, actual_headcount)
      values (gen_random_uuid(), 'PT-SUB-015', '310107015', ${values}, 0)`);

  test.each([
    [0, 0, 1],
    [500, 1, 0],
    [501, 2, 0],
    [20_250, 41, 3],
  ])('any other standard for %i migrants than %i', async (migrants, standard, adjustment) => {
    const reason = adjustment === 0 ? 'null' : `'WORKLOAD'`;
    const rows = (year: number, given: number) =>
      allocation(
        `${year}, ${migrants}, '2007-03-01', ${given}, ${adjustment}, ${reason}, ${given + adjustment}`,
      );
    await expect(rows(2010 + standard, standard)).resolves.toBeDefined();
    await expect(rows(2060, standard + 1)).rejects.toThrow(/allocations_standard/);
  });

  test('an allocation of nobody, and an adjustment without a reason', async () => {
    await expect(allocation(`2061, 0, '2007-03-01', 0, 0, null, 0`)).rejects.toThrow(/allocations_approved/);
    await expect(allocation(`2061, 500, '2007-03-01', 1, 1, null, 2`)).rejects.toThrow(/allocations_reason/);
  });

  test('a third coordinator on loan to one centre', async () => {
    const centre = 'PT-CAC-103';
    const [open] =
      await sql`select count(*)::int as n from coordinators.coordinator_secondments where to_centre_id = ${centre} and ends_on is null`;
    expect(open?.n).toBe(2);
    for (const seat of [1, 2, 3])
      await expect(
        sql`insert into coordinators.coordinator_secondments (id, coordinator_id, to_centre_id, subdistrict_code, seat, starts_on)
          select gen_random_uuid(), id, ${centre}, '310107103', ${seat}, '2007-03-01' from coordinators.coordinators where status = 'ACTIVE' limit 1`,
      ).rejects.toThrow(/secondments_(two_a_centre|seat)/);
  });

  const task = (
    kind: string,
    issuer: string,
    target: string,
    value: string,
    rest = `'CREATED', null, null`,
  ) =>
    sql.unsafe(`insert into coordinators.coordinator_tasks (id, kind, issued_by_id, ${target}, subdistrict_code, due_on, status, result, closed_on)
      values (gen_random_uuid(), '${kind}', '${issuer}', ${value}, '310107015', '2007-03-09', ${rest})`);

  test('a person as target of anything but registration and permits', async () => {
    await expect(
      task('PERMIT_SUPPORT', 'PT-SUB-015', 'target_migrant_id', 'gen_random_uuid()'),
    ).resolves.toBeDefined();
    await expect(
      task('DISEASE_PREVENTION', 'PT-SUB-015', 'target_migrant_id', 'gen_random_uuid()'),
    ).rejects.toThrow(/person_kinds/);
  });

  test('a task of two targets', async () => {
    await expect(
      task('PROPERTY_PATROL', 'PT-HLR', 'target_place, target_dwelling_id', `'弄口', gen_random_uuid()`),
    ).rejects.toThrow(/one_target/);
  });

  test('a task that the department may not give', async () => {
    await expect(task('PROPERTY_PATROL', 'PT-HLR', 'target_place', `'弄口'`)).resolves.toBeDefined();
    await expect(task('PROPERTY_PATROL', 'PT-FPC', 'target_place', `'弄口'`)).rejects.toThrow(/tasks_issuer/);
  });

  test('a result that belongs to another kind of task', async () => {
    const close = (result: string) =>
      sql.begin(async (tx) => {
        await tx`update coordinators.coordinator_tasks set status = 'CLOSED', closed_on = '2007-03-01', result = ${result}
          where kind = 'PROPERTY_PATROL' and status = 'ASSIGNED'`;
        throw new Error('undone');
      });
    await expect(close('NOTHING_FOUND')).rejects.toThrow('undone');
    await expect(close('REGISTERED')).rejects.toThrow(/result_of_kind/);
  });
});

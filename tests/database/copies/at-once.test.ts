import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lintCatalogue } from '../../../src/database/wall/lint-catalogue.ts';
import { viewerLogin } from '../../../src/database/wall/login.ts';
import type { ViewerName } from '../../../src/identity/viewers.ts';
import { connectTo } from '../../../src/store/connect.ts';
import { afterwards, serverOf } from '../../access/wall/server.ts';
import { createTestDatabase } from '../../support/database.ts';
import { createTestGraph, type TestGraph, testDay, viewerOf } from '../../support/graph.ts';
import { until } from '../../support/until.ts';

// What a write changes for others is so when it is committed, for PostgreSQL's own roles of the viewers.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let graph: TestGraph;
let owner: Sql;
const open: Sql[] = [];

beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url);
  owner = graph.pools.ownerOf('public_security');
});
afterAll(async () => {
  await Promise.all(open.map((sql) => sql.end()));
  await graph.close();
  await database.drop();
});

/** A connection of a viewer's role, with what its program would say. */
function roleOf(viewer: ViewerName, settings: Record<string, string>): Sql {
  const sql = connectTo(viewerLogin(database.url, { viewer }), {
    max: 1,
    onnotice: () => {},
    connection: { 'laihu.today': testDay, ...settings },
  });
  open.push(sql);
  return sql;
}
const ofOwner = (): Sql => {
  const sql = connectTo(database.url, { max: 1, onnotice: () => {}, connection: { 'laihu.today': testDay } });
  open.push(sql);
  return sql;
};

const registers = [
  ['public_security.migrants', 'id'],
  ['public_security.residence_registrations', 'person_id'],
  ['permits.residence_permits', 'holder_id'],
  ['labour.employments', 'employee_id'],
  ['housing.leases', 'tenant_migrant_id'],
  ['housing.lease_occupancies', 'person_id'],
] as const;

/** In how many of the registers a role sees rows about a person. */
async function seenIn(role: Sql, person: string): Promise<string[]> {
  const seen: string[] = [];
  for (const [table, column] of registers) {
    const ids = await owner.unsafe(`select id::text as id from ${table} where ${column} = '${person}'`);
    const [row] = await role.unsafe(
      `select count(*)::int as n from ${table} where id = any($1::text[]::uuid[])`,
      [ids.map(({ id }) => String(id))],
    );
    if (row?.n > 0) seen.push(table);
  }
  return seen;
}

test('a shield set in the register hides the person in every store, and a move hands the rows over', async () => {
  const here = roleOf('SUBDISTRICT', { 'laihu.unit': 'PT-SUB-015', 'laihu.subdistrict': '310107015' });
  const there = roleOf('SUBDISTRICT', { 'laihu.unit': 'PT-SUB-101', 'laihu.subdistrict': '310107101' });
  const [row] = await owner`
    select m.id from public_security.migrants m join labour.employments e on e.employee_id = m.id
      join housing.leases l on l.tenant_migrant_id = m.id join permits.residence_permits p on p.holder_id = m.id
      join housing.lease_occupancies o on o.person_id = m.id
    where m.subdistrict_code = '310107015' and l.subdistrict_code = '310107015' and not m.shielded order by m.id limit 1`;
  const person = String(row?.id);
  expect(await seenIn(here, person)).toEqual(registers.map(([table]) => table));
  expect(await seenIn(there, person)).toEqual([]);

  await owner`update public_security.migrants set shielded = true where id = ${person}`;
  expect(await seenIn(here, person)).toEqual([]);
  await owner`update public_security.migrants set shielded = false where id = ${person}`;
  expect(await seenIn(here, person)).toEqual(registers.map(([table]) => table));

  // The stay ends and another begins elsewhere; the lease stays with its dwelling.
  await owner`insert into public_security.residence_registrations (id, serial_no, person_id, road, lane, building, room, subdistrict_code,
      station_code, neighbourhood_code, arrived_here_on, stay_reason, dwelling_relation, status, source, captured_by, captured_by_unit, captured_at)
    select gen_random_uuid(), 'ZZ0000000001', person_id, road, lane, building, room, '310107101', 'PT-STN-101-1', '310107101001',
      '2007-02-28', stay_reason, dwelling_relation, 'OPEN', source, captured_by, captured_by_unit, captured_at
    from public_security.residence_registrations where person_id = ${person} limit 1`;
  await owner`update public_security.residence_registrations set status = 'CLOSED', departed_on = '2007-02-28'
    where person_id = ${person} and serial_no <> 'ZZ0000000001'`;
  expect(await seenIn(here, person)).toEqual([
    'public_security.residence_registrations',
    'housing.leases',
    'housing.lease_occupancies',
  ]);
  expect(await seenIn(there, person)).toEqual([
    'public_security.migrants',
    'public_security.residence_registrations',
    'permits.residence_permits',
    'labour.employments',
  ]);
});

test('a task opens its person to the coordinator, and seven days after its end it is closed', async () => {
  const coordinator = viewerOf('COR');
  const [row] = await owner`
    select m.id from public_security.migrants m join access.areas a
      on a.neighbourhood_code = m.neighbourhood_code and a.holder = ${coordinator.person}
    where not m.shielded and m.citizen_id_number is not null
      and not exists (select from access.links l where l.subject_id = m.id and l.holder = ${coordinator.person})
    order by m.id limit 1`;
  const person = String(row?.id);
  const document = `{ node(id: "${Buffer.from(`Migrant:${person}`).toString('base64url')}") { ... on Migrant { citizenIdNumber } } }`;
  const number = async () => (await graph.ask(coordinator, document)).data.node?.citizenIdNumber ?? null;
  expect(await number()).toBeNull();
  const [task] = await owner`
    insert into coordinators.coordinator_tasks (id, kind, issued_by_id, assignee_id, target_migrant_id, subdistrict_code, due_on, status)
    select gen_random_uuid(), kind, issued_by_id, ${coordinator.person}, ${person}, '310107005', '2007-03-09', 'ASSIGNED'
    from coordinators.coordinator_tasks where target_migrant_id is not null order by id limit 1
    returning id, subdistrict_code as place`;
  expect(task?.place).toBe('310107015');
  expect(await number()).toMatch(/\d{3}[\dX]$/);
  const close = (day: string) =>
    owner`update coordinators.coordinator_tasks set status = 'CANCELLED', closed_on = ${day} where id = ${task?.id}`;
  await close('2007-02-22');
  expect(await number()).toMatch(/\d{3}[\dX]$/);
  await close('2007-02-21');
  expect(await number()).toBeNull();
});

test('an assignment opens a neighbourhood from its first day to its last', async () => {
  const { person } = viewerOf('COR');
  const areas = async () => {
    const rows =
      await owner`select neighbourhood_code as code, until::text from access.areas where holder = ${person} order by 1`;
    return rows.map(({ code, until: end }) => `${code} ${end}`);
  };
  const before = await areas();
  const sql = ofOwner();
  const assign = (id: string, from: string, to: string) =>
    sql`insert into coordinators.coordinator_assignments (id, coordinator_id, neighbourhood_codes, starts_on, ends_on, subdistrict_code)
      values (${id}, ${person}, array['310107015019'], ${from}, ${to}, '310107015')`;
  const [begun, later] = ['f1000000-0000-4000-8000-000000000001', 'f1000000-0000-4000-8000-000000000002'];
  await assign(later, '2007-03-02', '2007-04-01');
  expect(await areas()).toEqual(before);
  await assign(begun, '2007-03-01', '2007-03-05');
  expect(await areas()).toEqual([...before, '310107015019 2007-03-05'].sort());
  await sql`delete from coordinators.coordinator_assignments where id in (${begun}, ${later})`;
  expect(await areas()).toEqual(before);
});

describe('a role that may write one table', () => {
  const insert = (person: string, place: string) =>
    `insert into labour.employment_services (id, person_id, kind, occurred_on, subdistrict_code)
      select gen_random_uuid(), '${person}', 'JOB_OFFER', '2007-02-28', ${place}`;
  let role: Sql;
  let person: string;
  const rows = () =>
    owner`select subdistrict_code as place, shielded from labour.employment_services where person_id = ${person}`;

  beforeAll(async () => {
    const [row] = await owner`
      select id from public_security.migrants m where subdistrict_code = '310107015' and not shielded
        and not exists (select from access.links l where l.subject_id = m.id and l.holder = 'PT-LSS')
      order by id limit 1`;
    person = String(row?.id);
    const [kind] = await owner`select kind from labour.employment_services limit 1`;
    await owner.unsafe(`grant insert (id, person_id, kind, occurred_on, subdistrict_code) on labour.employment_services to laihu_labour;
      -- The do-matrix has its own tests; here only the copies are asked.
      alter table labour.employment_services disable trigger "doing 1 check", disable trigger "doing 3 event";
      create policy "writes" on labour.employment_services for insert to laihu_labour with check (subdistrict_code is distinct from '310107999')`);
    role = roleOf('LABOUR', { 'laihu.unit': 'PT-LSS', 'laihu.holder': 'PT-LSS', 'laihu.bulk': 'on' });
    kinds = String(kind?.kind);
  });
  let kinds: string;

  test('needs no right on another, cannot say where the person lives, and has the person among its own at once', async () => {
    await role.unsafe(insert(person, `'310107999'`).replace('JOB_OFFER', kinds));
    expect([...(await rows())]).toEqual([{ place: '310107015', shielded: false }]);
    const linked = await role`select holder from access.links where subject_id = ${person}`;
    expect([...linked]).toEqual([{ holder: 'PT-LSS' }]);
  });

  test('cannot call what the triggers call', async () => {
    for (const call of [
      `sealed.relink(array['PT-LSS'], array['${person}']::uuid[])`,
      `sealed.link(array['PT-LSS'], array['${person}']::uuid[], array[null]::date[])`,
    ])
      await expect(role.unsafe(`select ${call}`)).rejects.toThrow(/permission denied/);
    await expect(role.unsafe('select * from access.copy_changes')).rejects.toThrow(/permission denied/);
    await expect(role.unsafe('select * from access.links_elsewhere')).rejects.toThrow(/permission denied/);
  });

  test('loses the person with the last row about the person, and not before', async () => {
    await role.unsafe(insert(person, 'null').replace('JOB_OFFER', kinds));
    const linked = () =>
      owner`select until from access.links where subject_id = ${person} and holder = 'PT-LSS'`;
    const [first, second] =
      await owner`select id from labour.employment_services where person_id = ${person}`;
    await owner`delete from labour.employment_services where id = ${first?.id}`;
    expect(await linked()).toHaveLength(1);
    await owner`delete from labour.employment_services where id = ${second?.id}`;
    expect(await linked()).toHaveLength(0);
  });
});

describe('two who write at once', () => {
  const waits = (other: Sql, text: string) =>
    until(
      async () =>
        (
          await other`select count(*)::int as n from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query like ${`%${text}%`}`
        )[0]?.n > 0,
    );

  test('a row that is written while its person is shielded is hidden too', async () => {
    const [registrar, clerk] = [ofOwner(), ofOwner()];
    const [row] =
      await owner`select m.id from public_security.migrants m join labour.employments e on e.employee_id = m.id
      where not m.shielded order by m.id desc limit 1`;
    const person = String(row?.id);
    await registrar`begin`;
    await registrar`update public_security.migrants set shielded = true where id = ${person}`;
    const written = clerk`insert into labour.employment_services (id, person_id, kind, occurred_on)
      select gen_random_uuid(), ${person}, kind, '2007-02-27' from labour.employment_services limit 1 returning shielded`;
    const shown = written.then(([service]) => service?.shielded);
    await waits(owner, 'insert into labour.employment_services');
    await registrar`commit`;
    expect(await shown).toBe(true);
  });

  test('the last two rows about a person, taken away at once, leave no link', async () => {
    const [one, other] = [ofOwner(), ofOwner()];
    const [row] = await owner`select id from public_security.migrants m where not exists
      (select from access.links l where l.subject_id = m.id and l.holder = 'PT-LSS') order by id desc limit 1`;
    const person = String(row?.id);
    const [first, second] =
      await owner`insert into labour.employment_services (id, person_id, kind, occurred_on)
      select gen_random_uuid(), ${person}, s.kind, '2007-02-27' from (select kind from labour.employment_services limit 1) s,
        generate_series(1, 2) returning id`;
    await one`begin`;
    await one`delete from labour.employment_services where id = ${first?.id}`;
    const deleted = other`delete from labour.employment_services where id = ${second?.id}`.then(() => true);
    await waits(owner, 'delete from labour.employment_services');
    await one`commit`;
    await deleted;
    expect(
      await owner`select from access.links where subject_id = ${person} and holder = 'PT-LSS'`,
    ).toHaveLength(0);
  });
});

describe('the lint of the catalogues', () => {
  test.each([
    ['is missing', 'drop trigger copies_carry on public_security.migrants'],
    ['is switched off', 'alter table public_security.migrants disable trigger copies_carry'],
  ])('says which trigger %s', async (state, byHand) => {
    const found = await afterwards(serverOf(graph.pools, database.url), byHand, (server) =>
      lintCatalogue(graph.graph.wall, server),
    );
    expect(found).toContain(`public_security.migrants: trigger copies_carry ${state}`);
  });
});

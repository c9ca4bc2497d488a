import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { actingUnitsOf } from '../../src/identity/units.ts';
import { viewers } from '../../src/identity/viewers.ts';
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

/** Open appointments of a unit with the unit and post they are held by virtue of. */
const postsOf = (unit: string) => sql<
  {
    role: string;
    isConcurrent: boolean;
    holder: string;
    viaUnit: string | null;
    viaRole: string | null;
    viaHolder: string | null;
    viaLine: string | null;
  }[]
>`select a.role, a.is_concurrent as "isConcurrent", a.holder_name as holder, v.unit_id as "viaUnit", v.role as "viaRole",
    v.holder_name as "viaHolder", v.duty_line as "viaLine"
  from organisation.appointments a left join organisation.appointments v on v.id = a.via_appointment_id
  where a.unit_id = ${unit} and a.ends_on is null order by a.role, v.unit_id`;

const sortedPlaces = ['005', '014', '015', '016', '017', '020', '101', '102', '103'];

describe('the organisation of 2007 (dossier 4.1 to 4.3)', () => {
  test('has every unit that a viewer can act for', async () => {
    const known = new Set(
      (await sql<{ id: string }[]>`select id from organisation.org_units`).map(({ id }) => id),
    );
    expect(viewers.flatMap(({ code }) => actingUnitsOf(code)).filter((id) => !known.has(id))).toEqual([]);
  });

  test('has the six sub-districts and three towns of that year, all in force, none of 2014', async () => {
    const found = await sql<{ id: string; kind: string }[]>`select id, kind from organisation.org_units
      where kind in ('SUBDISTRICT_OFFICE', 'TOWN_GOVERNMENT') and active_from <= '2007-03-01' and active_to is null order by id`;
    expect(found.map(({ id }) => id)).toEqual(sortedPlaces.map((n) => `PT-SUB-${n}`));
    expect(found.filter(({ kind }) => kind === 'TOWN_GOVERNMENT')).toHaveLength(3);
  });

  test('has one director of the population office: who directs the community office', async () => {
    const directors = (await postsOf('PT-POP')).filter(({ role }) => role === 'DIRECTOR');
    expect(directors).toHaveLength(1);
    expect(directors[0]).toMatchObject({ isConcurrent: true, viaUnit: 'PT-CMO', viaRole: 'DIRECTOR' });
    expect(directors[0]?.viaHolder).toBe(directors[0]?.holder);
  });

  test('has one full-time deputy, and four held from DRC, PSB, HLR and CSO', async () => {
    const posts = await postsOf('PT-POP');
    expect(posts.filter(({ role }) => role === 'FULL_TIME_DEPUTY')).toHaveLength(1);
    const deputies = posts.filter(({ role }) => role === 'DEPUTY_DIRECTOR');
    expect(deputies.map(({ viaUnit }) => viaUnit).sort()).toEqual(['PT-CSO', 'PT-DRC', 'PT-HLR', 'PT-PSB']);
    expect(deputies.every(({ isConcurrent }) => isConcurrent)).toBe(true);
  });

  test('has a leading group with a leader and a member of each of the nineteen departments', async () => {
    const posts = await postsOf('PT-LGR');
    expect(posts.filter(({ role }) => role === 'LEADER').length).toBeGreaterThanOrEqual(1);
    const members = new Set(posts.filter(({ role }) => role === 'MEMBER').map(({ viaUnit }) => viaUnit));
    const nineteen = viewers.filter(
      ({ code, kind }) => kind === 'DISTRICT' && !['LGR', 'POP'].includes(code),
    );
    expect(nineteen).toHaveLength(19);
    expect(nineteen.filter(({ code }) => !members.has(`PT-${code}`))).toEqual([]);
  });

  test.each(sortedPlaces)('has in %s the working group, the population office and the branch', async (n) => {
    const group = await postsOf(`PT-WG-${n}`);
    expect(group.filter(({ role }) => role === 'LEADER')).toMatchObject([
      { viaUnit: `PT-SUB-${n}`, viaRole: 'CHIEF_EXECUTIVE' },
    ]);
    const deputies = group.filter(({ role }) => role === 'DEPUTY_LEADER');
    expect(deputies.some(({ viaUnit, viaLine }) => viaUnit === `PT-SUB-${n}` && viaLine === '综合治理')).toBe(
      true,
    );
    expect(deputies.some(({ viaUnit }) => viaUnit?.startsWith(`PT-STN-${n}`))).toBe(true);

    const staff = (await postsOf(`PT-SPO-${n}`)).filter(({ isConcurrent }) => !isConcurrent);
    expect([1, 2]).toContain(staff.length);
    const [plate] = await sql`select p.parent_id, p.kind from organisation.org_units u
      join organisation.org_units p on p.id = u.plate_of_id where u.id = ${`PT-SPO-${n}`}`;
    expect(plate).toEqual({ parent_id: `PT-SUB-${n}`, kind: 'SECTION' });
    const [branch] =
      await sql`select parent_id, kind from organisation.org_units where id = ${`PT-SVB-${n}`}`;
    expect(branch).toEqual({ parent_id: 'PT-SVC', kind: 'SERVICE_BRANCH' });
  });

  test('seats the population office in the community office, and has no circle in the tree', async () => {
    const [office] = await sql`select hosted_by_id from organisation.org_units where id = 'PT-POP'`;
    expect(office?.hosted_by_id).toBe('PT-CMO');
    const [reached] = await sql`with recursive tree as (
        select id from organisation.org_units where parent_id is null
        union all select u.id from organisation.org_units u join tree t on u.parent_id = t.id)
      select count(*)::int = (select count(*) from organisation.org_units) as all from tree`;
    expect(reached?.all).toBe(true);
  });
});

describe('the organisation refuses', () => {
  const post = (values: string) =>
    sql.unsafe(`insert into organisation.appointments (id, unit_id, holder_name, role, is_concurrent, starts_on)
      values (gen_random_uuid(), ${values}, '2007-03-01')`);

  test('a second director at a time', async () => {
    await expect(post(`'PT-CMO', '王示例', 'DIRECTOR', false`)).rejects.toThrow(/appointments_one_director/);
  });

  test('a concurrent post by virtue of none', async () => {
    await expect(post(`'PT-POP', '王示例', 'DEPUTY_DIRECTOR', true`)).rejects.toThrow(
      /appointments_concurrent/,
    );
  });

  test('a population office of a sub-district that is no name plate', async () => {
    await expect(
      sql`update organisation.org_units set plate_of_id = null where id = 'PT-SPO-015'`,
    ).rejects.toThrow(/org_units_plate/);
  });

  test('a grant that its requester or one person alone approved, or of more than thirty days', async () => {
    const grant = (approvedBy: string, secondApprovedBy: string | null, days: number) =>
      sql`insert into organisation.access_grants (id, grantee_id, owner_id, field_group, record_ref, purpose, legal_basis,
          requested_by, approved_by, second_approved_by, valid_to, status) values (gen_random_uuid(), 'PT-WOF', 'PT-PSB',
          'CONTACT', ${encodeNodeId('Migrant', 'any')}, 'AID', 'b', 'demo-wof', ${approvedBy}, ${secondApprovedBy}, now() + make_interval(days => ${days}), 'ACTIVE')`;
    await expect(grant('demo-wof', 'demo-psb', 5)).rejects.toThrow(/access_grants_two_persons/);
    await expect(grant('demo-psb', 'demo-wof', 5)).rejects.toThrow(/access_grants_two_persons/);
    await expect(grant('demo-psb', 'demo-psb', 5)).rejects.toThrow(/access_grants_two_persons/);
    await expect(grant('demo-psb', null, 5)).rejects.toThrow(/access_grants_approved/);
    await expect(grant('demo-psb', 'demo-psb-2', 31)).rejects.toThrow(/access_grants_thirty_days/);
    await expect(grant('demo-psb', 'demo-psb-2', 29)).resolves.toBeDefined();
  });
});

test('a later map can be loaded: a unit ends, another begins, nothing is deleted', async () => {
  await sql.begin(async (tx) => {
    await tx`update organisation.org_units set active_to = '2014-12-31' where id = 'PT-SUB-101'`;
    await tx`insert into organisation.org_units (id, name, name_en, kind, level, territory, active_from)
      values ('PT-SUB-022', '万里街道', 'Wanli Sub-district', 'SUBDISTRICT_OFFICE', 'COMMUNITY', '{310107022}', '2014-12-31')`;
    const count = async (day: string) => {
      const [row] =
        await tx`select count(*)::int as n from organisation.org_units where kind in ('SUBDISTRICT_OFFICE', 'TOWN_GOVERNMENT')
        and active_from <= ${day}::date and (active_to is null or active_to >= ${day}::date) and id in ('PT-SUB-101', 'PT-SUB-022')`;
      return row?.n;
    };
    expect([await count('2007-03-01'), await count('2015-01-01')]).toEqual([1, 1]);
  });
});

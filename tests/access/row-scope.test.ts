import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createViewer, type Viewer } from '../../src/identity/viewer.ts';
import { viewerOf } from '../support/graph.ts';
import { globalId, keyOf } from './asking/expectation.ts';
import { openSetting, type Setting } from './asking/setup.ts';

// Each count is told by SQL of its own, written from dossier §6.3 for one kind of viewer.

let setting: Setting;
let owner: Sql;

beforeAll(async () => {
  setting = await openSetting();
  owner = setting.graph.pools.ownerOf('public_security');
});
afterAll(() => setting.graph.close());

async function count(statement: PromiseLike<readonly { n: number }[]>): Promise<number> {
  return (await statement)[0]!.n;
}

async function total(viewer: Viewer, list: string): Promise<number> {
  const { data, errors } = await setting.graph.ask(viewer, `{ ${list} { totalCount } }`);
  expect(errors).toEqual([]);
  return data[list].totalCount;
}

/** All ids of a list, page by page. */
async function allIds(viewer: Viewer, list: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const { data } = await setting.graph.ask(
      viewer,
      `query ($after: String) { ${list}(first: 100, after: $after)
        { nodes { id } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    ids.push(...data[list].nodes.map((node: { id: string }) => keyOf(node.id)));
    if (!data[list].pageInfo.hasNextPage) return ids;
    after = data[list].pageInfo.endCursor;
  }
}

const subdistricts = ['005', '014', '015', '016', '017', '020', '101', '102', '103'];

test.each(subdistricts)(
  'sub-district %s sees the persons, leases and dwellings of its territory',
  async (s) => {
    const sub = viewerOf('SUB', `PT-SUB-${s}`);
    const code = `310107${s}`;
    const migrants = owner<{ n: number }[]>`select count(*)::int n from public_security.migrants
    where subdistrict_code = ${code} and not shielded`;
    const leases = owner<{ n: number }[]>`select count(*)::int n from housing.leases
    where subdistrict_code = ${code} and not shielded`;
    const dwellings = owner<{ n: number }[]>`select count(*)::int n from housing.dwellings
    where subdistrict_code = ${code}`;
    expect(await total(sub, 'migrants')).toBe(await count(migrants));
    expect(await total(sub, 'leases')).toBe(await count(leases));
    expect(await total(sub, 'dwellings')).toBe(await count(dwellings));
    expect(await total(sub, 'migrants')).toBeGreaterThan(20);
  },
);

test('two stations of one sub-district share no person, and together have all of it', async () => {
  const [one, two] = [
    await allIds(viewerOf('STN', 'PT-STN-015-1'), 'migrants'),
    await allIds(viewerOf('STN', 'PT-STN-015-2'), 'migrants'),
  ];
  const whole = await allIds(viewerOf('SUB', 'PT-SUB-015'), 'migrants');
  expect(one.length).toBeGreaterThan(20);
  expect(two.length).toBeGreaterThan(20);
  expect(new Set([...one, ...two]).size).toBe(one.length + two.length);
  expect([...one, ...two].sort()).toEqual([...whole].sort());
});

test('a station sees the police cases it handles, not those of its sub-district', async () => {
  for (const station of ['PT-STN-015-1', 'PT-STN-015-2'])
    expect(await total(viewerOf('STN', station), 'policeCases')).toBe(
      await count(owner`select count(*)::int n from public_security.police_cases
        where station_id = ${station} and status <> 'ANNULLED'`),
    );
});

describe('a reception centre', () => {
  const centre = viewerOf('CAC', 'PT-CAC-015');

  test('sees the applications of its own window, open or closed for thirty days at most', async () => {
    const mine = await owner<{ id: string; subject: string }[]>`
      select id, applicant_id as subject from permits.permit_applications
      where accepted_at_unit = 'PT-CAC-015' and not shielded
        and (closed_on is null or closed_on >= date '2007-03-01' - 30)`;
    const got = new Set(await allIds(centre, 'permitApplications'));
    expect(mine.length).toBeGreaterThan(0);
    for (const { id } of mine) expect(got.has(id)).toBe(true);
    const old = await owner<{ id: string }[]>`
      select id from permits.permit_applications a where accepted_at_unit = 'PT-CAC-015'
        and closed_on < date '2007-03-01' - 30
        and not exists (select 1 from access.links where holder = 'PT-CAC-015' and subject_id = a.applicant_id)`;
    for (const { id } of old) expect(got.has(id)).toBe(false);
    const elsewhere = await owner<{ id: string }[]>`
      select id from permits.permit_applications a where accepted_at_unit <> 'PT-CAC-015'
        and not exists (select 1 from access.links where holder = 'PT-CAC-015' and subject_id = a.applicant_id)`;
    expect(elsewhere.length).toBeGreaterThan(0);
    for (const { id } of elsewhere) expect(got.has(id)).toBe(false);
  });

  test('finds anybody who presents the number at the window, and by nothing less than the number', async () => {
    const [stranger] = await owner<{ id: string; number: string }[]>`
      select id, citizen_id_number as number from public_security.migrants m
      where subdistrict_code = '310107103' and not shielded and citizen_id_number is not null
        and not exists (select 1 from access.links where holder = 'PT-CAC-015' and subject_id = m.id) limit 1`;
    const ask = (viewer: Viewer) =>
      setting.graph.ask(
        viewer,
        `query ($number: CitizenId!) { migrantByCitizenId(citizenIdNumber: $number) { id citizenIdNumber } }`,
        { number: stranger!.number },
      );
    const found = (await ask(centre)).data.migrantByCitizenId;
    expect(found).toEqual({ id: globalId('Migrant', stranger!.id), citizenIdNumber: stranger!.number });
    // The same number opens nothing to a sub-district where the person does not live.
    const elsewhere = await ask(viewerOf('SUB', 'PT-SUB-015'));
    expect(elsewhere.data.migrantByCitizenId).toBeNull();
    const byNode = await setting.graph.ask(centre, `query ($id: ID!) { node(id: $id) { id } }`, {
      id: found.id,
    });
    expect(byNode.data.node).toBeNull();
    expect(byNode.errors.map((e) => e.extensions.code)).toEqual(['OUT_OF_SCOPE']);
  });
});

describe('a coordinator', () => {
  test('sees the dwellings of the neighbourhoods of its open assignment', async () => {
    const coordinator = viewerOf('COR');
    const inArea = owner<
      { n: number }[]
    >`select count(*)::int n from housing.dwellings where neighbourhood_code in
      (select neighbourhood_code from access.areas where holder = ${coordinator.person})`;
    expect(await count(inArea)).toBeGreaterThan(0);
    expect(await total(coordinator, 'dwellings')).toBe(await count(inArea));
  });

  test('without an assignment sees no person and no dwelling', async () => {
    const claims = { department: 'COR', unit: 'PT-SVB-015', name: '赵示例' };
    const nobody = createViewer({ ...claims, sub: '01900000-0000-7000-8000-0000000000ff' });
    expect(await total(nobody, 'migrants')).toBe(0);
    expect(await total(nobody, 'dwellings')).toBe(0);
  });
});

test('the society sees all coordinators, a branch its own', async () => {
  const all = owner<{ n: number }[]>`select count(*)::int n from coordinators.coordinators`;
  const branch = owner<{ n: number }[]>`select count(*)::int n from coordinators.coordinators
    where subdistrict_code = '310107015'`;
  expect(await total(viewerOf('SVC', 'PT-SVC'), 'coordinators')).toBe(await count(all));
  expect(await total(viewerOf('SVC', 'PT-SVB-015'), 'coordinators')).toBe(await count(branch));
  expect(await count(branch)).toBeGreaterThan(0);
  expect(await count(all)).toBeGreaterThan(await count(branch));
});

test('a department of a cell with `o` sees the persons of its own records', async () => {
  const linked = owner<
    { n: number }[]
  >`select count(*)::int n from public_security.migrants m where not shielded
    and exists (select 1 from access.links where holder = 'PT-EDU' and subject_id = m.id)`;
  const everybody = owner<{ n: number }[]>`select count(*)::int n from public_security.migrants`;
  expect(await total(viewerOf('EDU'), 'migrants')).toBe(await count(linked));
  expect(await count(linked)).toBeGreaterThan(0);
  expect(await count(everybody)).toBeGreaterThan(await count(linked));
});

test("a person who moved away is the new sub-district's, and only the stay remains the old one's", async () => {
  const [moved] = await owner<{ id: string; stay: string; was: string; is: string }[]>`
    select m.id, r.id as stay, r.subdistrict_code as was, m.subdistrict_code as is
    from public_security.migrants m join public_security.residence_registrations r on r.person_id = m.id
    where r.status = 'CLOSED' and r.subdistrict_code <> m.subdistrict_code and not m.shielded limit 1`;
  const ask = async (code: string, type: string, id: string) => {
    const viewer = viewerOf('SUB', `PT-SUB-${code.slice(6)}`);
    const { data } = await setting.graph.ask(viewer, `query ($id: ID!) { node(id: $id) { id } }`, {
      id: globalId(type, id),
    });
    return data.node !== null;
  };
  expect(await ask(moved!.is, 'Migrant', moved!.id)).toBe(true);
  expect(await ask(moved!.was, 'Migrant', moved!.id)).toBe(false);
  expect(await ask(moved!.was, 'AddressHistoryEntry', moved!.stay)).toBe(true);
  expect(await ask(moved!.is, 'AddressHistoryEntry', moved!.stay)).toBe(false);
});

test('a concurrent post gives the rights of the acting unit only: a police officer for the population office', async () => {
  const claims = { sub: 'demo-psb', name: '杨示例' };
  const officer = createViewer({ ...claims, department: 'POP', unit: 'PT-POP' });
  const document =
    '{ migrants(first: 5) { totalCount nodes { id name citizenIdNumber ethnicity permits { nodes { id validTo } } } } }';
  const asOfficer = await setting.graph.ask(officer, document);
  const asOffice = await setting.graph.ask(viewerOf('POP'), document);
  expect(asOfficer.data).toEqual(asOffice.data);
  expect(asOfficer.errors.map((e) => e.message)).toEqual(asOffice.errors.map((e) => e.message));
  expect(asOfficer.denied).toEqual(asOffice.denied);
  expect(asOfficer.denied.map((d) => d.coordinate)).toContain('Migrant.citizenIdNumber');
  const asPolice = await setting.graph.ask(viewerOf('PSB'), document);
  expect(asPolice.errors).toEqual([]);
  expect(() => createViewer({ ...claims, department: 'PSB', unit: 'PT-POP' })).toThrow();
});

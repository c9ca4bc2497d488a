import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { demoCoordinatorId } from '../../src/identity/personas.ts';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';
import { handOf, keyOf } from '../support/doing.ts';
import { assignedTask, sync } from '../support/field.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

const cor = viewerOf('COR');
let main: Awaited<ReturnType<typeof createTestDatabase>>;
let away: Awaited<ReturnType<typeof createTestDatabase>>;
let [owner, ofHousing, server]: Sql[] = [];
let graph: TestGraph;
let district: Parameters<typeof sync>[0];
beforeAll(async () => {
  [main, away] = await Promise.all([createTestDatabase('district'), createTestDatabase('district')]);
  owner = connectTo(main.url, { max: 1 });
  ofHousing = connectTo(away.url, { max: 1 });
  server = connectTo(inject('serverUrl'), { max: 1, onnotice: () => {} });
  // Housing stands on a server of its own.
  graph = createTestGraph(main.url, (store) => (store === 'housing' ? away.url : main.url));
  district = { ...handOf(graph, owner), graph, owner, close: async () => {} };
});
afterAll(async () => {
  await graph.close();
  await Promise.all([owner!.end(), ofHousing!.end(), server!.end()]);
  await Promise.all([main.drop(), away.drop()]);
});

const nameOf = (url: string) => new URL(url).pathname.slice(1);
async function letHousingBe(up: boolean): Promise<void> {
  const name = nameOf(away.url);
  await server!.unsafe(`alter database ${name} with allow_connections ${up}`);
  if (!up) await server!`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
}

/** A task to somebody who lives in a dwelling with others, under way. */
async function visitedTask(nth: number) {
  const [host] = await owner!`
    select m.id, r.dwelling_id as dwelling, m.household_id as household from public_security.migrants m
    join public_security.residence_registrations r on r.id = m.current_registration_id
    where m.neighbourhood_code = any(array(select unnest(neighbourhood_codes) from coordinators.coordinator_assignments where coordinator_id = ${demoCoordinatorId} and ends_on is null)) and not m.shielded and r.dwelling_id is not null and m.household_id is not null
      and exists (select 1 from public_security.household_members o where o.household_id = m.household_id and o.person_id <> m.id and o.ends_on is null)
    order by m.id offset ${nth} limit 1`;
  const [leaves] = await owner!`
    select o.person_id as id from public_security.household_members o join public_security.migrants p on p.id = o.person_id
    join public_security.residence_registrations r on r.id = p.current_registration_id and r.dwelling_id = ${host!.dwelling}
    where o.household_id = ${host!.household} and o.person_id <> ${host!.id} and o.ends_on is null limit 1`;
  const task = await assignedTask(district, {
    kind: 'REGISTRATION_VISIT',
    targetPlace: null,
    neighbourhoodCode: null,
    targetMigrant: await district.find('Migrant', `select '${host!.id}'::uuid as id`),
  });
  await district.change(cor, 'startTask', task);
  const person = await district.find('Migrant', `select '${leaves!.id}'::uuid as id`);
  return { task, host: host!, leaves: person };
}

const captured = (n: number) => [
  {
    name: '示例新一',
    sex: 'FEMALE',
    citizenIdNumber: `34999919880615${String(2000 + n)}`,
    birthDate: '1988-06-15',
    hukouDivision: '340000',
    relationToHead: 'OTHER_RELATIVE',
  },
  {
    name: '示例新二',
    sex: 'MALE',
    birthDate: '2006-01-05',
    hukouDivision: '340000',
    relationToHead: 'OTHER_RELATIVE',
  },
];
const document = `mutation($input: RecordVisitInput!) { recordVisit(input: $input) { committed userErrors { path code } effects { effect store state } visit { id personsCaptured } } }`;
const record = async (input: object) => {
  const { data, errors } = await graph.ask(cor, document, { input });
  if (!data?.recordVisit)
    throw new Error(
      errors.map(({ message, originalError }) => `${message} ${originalError?.stack}`).join('; '),
    );
  return data.recordVisit;
};
const livingAt = async (dwelling: string) =>
  (
    await owner!`select p.name from public_security.residence_registrations r join public_security.migrants p on p.id = r.person_id where r.dwelling_id = ${dwelling} and r.status <> 'CLOSED' order by p.name`
  ).map(({ name }) => String(name));

describe('a visit that finds two persons moved in and one moved out', () => {
  it('tells the register and housing; with housing away one effect waits, and is done by itself', async () => {
    const { task, host, leaves } = await visitedTask(0);
    const before = await livingAt(host.dwelling);
    const input = {
      clientMutationId: 'visit-1',
      task,
      startedAt: '2007-03-01T01:00:00Z',
      outcome: 'DONE',
      arrivals: captured(1),
      departures: [leaves],
    };
    await letHousingBe(false);
    const made = await record(input);
    await letHousingBe(true);
    expect(made.userErrors).toEqual([]);
    expect(made.effects).toEqual([
      { effect: 'enterCaptured', store: 'public_security', state: 'DONE' },
      { effect: 'joinHousehold', store: 'public_security', state: 'DONE' },
      { effect: 'countOccupants', store: 'housing', state: 'QUEUED' },
    ]);
    expect(made.visit.personsCaptured).toBe(2);
    const now = await livingAt(host.dwelling);
    expect(now).toHaveLength(before.length + 1);
    expect(now.filter((name) => name.startsWith('示例新'))).toEqual(['示例新一', '示例新二']);
    expect(await district.row(leaves)).toMatchObject({ status: 'DEPARTED', household_id: null });
    const members =
      await owner!`select p.name, m.relation_to_head as relation from public_security.household_members m join public_security.migrants p on p.id = m.person_id where m.household_id = ${host.household} and m.ends_on is null and p.name like '示例新%' order by p.name`;
    expect(members.map(({ name, relation }) => `${name} ${relation}`)).toEqual([
      '示例新一 OTHER_RELATIVE',
      '示例新二 OTHER_RELATIVE',
    ]);
    // What the coordinator captured is in the register alone.
    expect(await district.row(made.visit.id)).toMatchObject({ arrivals: null, departure_ids: null });

    await owner!`update access.outbox set next_at = now() where done_at is null`;
    await graph.doers!.outbox.sweep();
    const [dwelling] =
      await ofHousing!`select occupancy_count as count from housing.dwellings where id = ${host.dwelling}`;
    expect(dwelling!.count).toBe(now.length);
    const again = await record(input);
    expect(again.effects.map(({ state }: { state: string }) => state)).toEqual(['DONE', 'DONE', 'DONE']);
    expect(await livingAt(host.dwelling)).toEqual(now);
  });

  it('enters them once, however often what follows is run', async () => {
    const { task, host, leaves } = await visitedTask(2);
    const [made] = await sync(district, 'PDA-7', [
      {
        counter: 1,
        key: 'a',
        kind: 'VISIT',
        task,
        outcome: 'DONE',
        arrivals: captured(2),
        departures: [leaves],
      },
    ]);
    expect(made).toMatchObject({ state: 'APPLIED', userErrors: [] });
    const now = await livingAt(host.dwelling);
    // As after a program that died between the last effect and its mark, before the visit was emptied.
    await owner!`update coordinators.visits set arrivals = ${owner!.json(captured(2))}, departure_ids = array[${keyOf(leaves)}]::uuid[] where id = ${keyOf(made!.records.visit!.id)}`;
    await owner!`update access.outbox set done_at = null, next_at = now() where record_type = 'Visit'`;
    await graph.doers!.outbox.sweep();
    expect(await livingAt(host.dwelling)).toEqual(now);
    expect(await district.row(made!.records.visit!.id)).toMatchObject({
      arrivals: null,
      departure_ids: null,
    });
  });

  it('moves the stay of a person whom the register has', async () => {
    const { task, host } = await visitedTask(4);
    const [known] =
      await owner!`select m.id, m.name, m.sex, m.birth_date::text as birth, m.citizen_id_number as number from public_security.migrants m where m.subdistrict_code = '310107005' and not m.shielded and m.citizen_id_number is not null and m.status = 'ACTIVE' limit 1`;
    const arrival = {
      name: known!.name,
      sex: known!.sex,
      citizenIdNumber: known!.number,
      birthDate: known!.birth,
      hukouDivision: '340000',
    };
    const made = await record({
      task,
      startedAt: '2007-03-01T01:00:00Z',
      outcome: 'DONE',
      arrivals: [arrival],
    });
    expect(made.userErrors).toEqual([]);
    const rows =
      await owner!`select dwelling_id as dwelling, status from public_security.residence_registrations where person_id = ${known!.id} and status <> 'CLOSED'`;
    expect(rows.map(({ dwelling }) => dwelling)).toEqual([host.dwelling]);
    const [same] =
      await owner!`select count(*)::int as count from public_security.migrants where citizen_id_number = ${known!.number}`;
    expect(same!.count).toBe(1);
  });

  it.each([
    [{ name: null }, 'arrivals.0.name'],
    [{ citizenIdNumber: '123' }, 'arrivals.0.citizenIdNumber'],
    [{ hukouDivision: '310107' }, 'arrivals.0.hukouDivision'],
    [{ birthDate: '2007-03-02' }, 'arrivals.0.birthDate'],
    [{ documentNumber: 'A1234' }, 'arrivals.0.documentNumber'],
    [{ mobilePhone: '1' }, 'arrivals.0.mobilePhone'],
    [{ arrivedHereOn: '2007-03-02' }, 'arrivals.0.arrivedHereOn'],
  ])('says what does not fit of a person: %o', async (wrong, path) => {
    const { task } = await visitedTask(0);
    const arrivals = [{ ...captured(3)[0], ...wrong }];
    const made = await record({ task, startedAt: '2007-03-01T01:00:00Z', outcome: 'DONE', arrivals });
    expect(made.committed).toBe(false);
    expect(made.userErrors.map((fault: { path: string[] }) => fault.path.join('.'))).toEqual([path]);
  });

  it('captures nobody at a place', async () => {
    const task = await assignedTask(district);
    await district.change(cor, 'startTask', task);
    const made = await record({
      task,
      startedAt: '2007-03-01T01:00:00Z',
      outcome: 'DONE',
      arrivals: captured(4),
    });
    expect(made.userErrors).toEqual([{ path: ['arrivals'], code: 'VALIDATION' }]);
  });
});

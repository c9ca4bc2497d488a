import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeNodeId } from '../../src/graph/node-id.ts';
import { citizenIdCheck } from '../../src/identifiers/citizen-id.ts';
import type { Viewer } from '../../src/identity/viewer.ts';
import { connectTo } from '../../src/store/connect.ts';
import { act, actor, type Done, readFor } from '../support/acting.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

const cac = viewerOf('CAC');
const cac14 = actor('CAC', 'PT-CAC-014', 'WINDOW');
const psb = actor('PSB', 'PT-PSB');
const registrar = actor('PSB', 'PT-PSB', 'REGISTRAR');
const cor = viewerOf('COR');
const sub15 = viewerOf('SUB');
const sub14 = actor('SUB', 'PT-SUB-014');
/** The station of the dwelling in sub-district 015. */
let stn: Viewer;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Sql;
let graph: TestGraph;
/** A dwelling with its neighbourhood, by sub-district. */
const places = new Map<string, { dwelling: string; neighbourhood: string; station: string }>();
let area: string;

beforeAll(async () => {
  database = await createTestDatabase('district');
  owner = connectTo(database.url, { max: 1 });
  graph = createTestGraph(database.url);
  for (const row of await owner`
    select distinct on (subdistrict_code) subdistrict_code as code, id, neighbourhood_code as neighbourhood, station_code as station
    from housing.dwellings where neighbourhood_code is not null order by subdistrict_code, id`)
    places.set(String(row.code).slice(6), {
      dwelling: String(row.id),
      neighbourhood: String(row.neighbourhood),
      station: String(row.station),
    });
  const [held] =
    await owner`select neighbourhood_code as code from access.areas where holder = ${cor.person} order by 1`;
  area = String(held?.code);
  stn = actor('STN', places.get('015')!.station);
});
afterAll(async () => {
  await graph.close();
  await owner.end();
  await database.drop();
});

let serial = 100;
/** A number that nobody has, of somebody from the county 349999 that is none. */
function newNumber(born = '19850612'): string {
  serial += 2;
  const body = `349999${born}${serial + 1 - (serial % 2)}`;
  return body + citizenIdCheck(body);
}

const facts = (more: Record<string, unknown> = {}) => ({
  name: '示例甲',
  sex: 'MALE',
  birthDate: '1985-06-12',
  hukouDivision: '340100',
  citizenIdNumber: newNumber(),
  ...more,
});
const stay = (neighbourhood: string, more: Record<string, unknown> = {}) => ({
  address: { road: '示例路', lane: '7', building: '3', room: '201', neighbourhoodCode: neighbourhood },
  arrivedHereOn: '2007-02-20',
  stayReason: 'WORK',
  dwellingRelation: 'TENANT',
  ...more,
});
const at = (subdistrict: string) => places.get(subdistrict)!.neighbourhood;
/** A stay in the area of the station. */
const ofStation = () => stay(at('015'), { source: 'WINDOW' });
const read = `migrant { id status recordVersion verifiedAt qualityFlags subdistrictCode stationCode currentRegistration { id serialNo status source stationCode capturedByUnit { id } } }`;
const register = (
  viewer: Viewer,
  person = facts(),
  first = stay(at('015')),
  more: Record<string, unknown> = {},
) => act(graph, viewer, 'registerMigrant', { ...person, residenceRegistration: first, ...more }, read);
const refusal = ({ committed, faults, code }: Done) => ({ committed, faults, code });
const storedStays = async (migrant: string) =>
  (
    await owner`select status, departed_on::text as departed, subdistrict_code as place, ended_by_next as next
      from public_security.residence_registrations where person_id = ${decodeNodeId(migrant, 'Migrant')} order by arrived_here_on`
  ).map((row) => ({ ...row }));
const stored = async (migrant: string) => {
  const [row] =
    await owner`select status, subdistrict_code as place, household_id as household, shielded, quality_flags as flags
    from public_security.migrants where id = ${decodeNodeId(migrant, 'Migrant')}`;
  return { ...row };
};

describe('a person is registered with the first stay', () => {
  it('at the window: one act, the person verified, the stay numbered and placed', async () => {
    const done = await register(cac);
    expect(refusal(done)).toEqual({ committed: true, faults: [], code: null });
    expect(done.effects.every(({ state }) => state === 'DONE')).toBe(true);
    const { migrant } = { migrant: done.record };
    expect(migrant).toMatchObject({ status: 'ACTIVE', subdistrictCode: '310107015', qualityFlags: [] });
    expect(migrant.verifiedAt).not.toBeNull();
    expect(migrant.currentRegistration).toMatchObject({
      status: 'OPEN',
      source: 'WINDOW',
      capturedByUnit: { id: expect.any(String) },
      stationCode: migrant.stationCode,
    });
    expect(migrant.currentRegistration.serialNo).toMatch(/^LH20070301\d{8}$/);
  });

  it('by a coordinator in the own neighbourhoods only, and not verified', async () => {
    const done = await register(cor, facts(), stay(area));
    expect(refusal(done)).toEqual({ committed: true, faults: [], code: null });
    const [row] =
      await owner`select verified_at as seen, neighbourhood_code as place from public_security.migrants where id = ${decodeNodeId(done.record.id, 'Migrant')}`;
    expect({ ...row }).toEqual({ seen: null, place: area });
    const elsewhere = await register(cor, facts(), stay(at('014')));
    expect(refusal(elsewhere)).toMatchObject({ committed: null, code: 'NOT_YOURS' });
  });

  it('by no window for another sub-district, and by nobody who registers no one', async () => {
    expect((await register(cac, facts(), stay(at('014')))).code).toBe('NOT_YOURS');
    expect((await register(viewerOf('LSS'))).code).toBe('NOT_YOURS');
  });

  it.each([
    [{ birthDate: '2007-03-02' }, {}, ['birthDate VALIDATION']],
    [{ mobilePhone: '12345' }, {}, ['mobilePhone VALIDATION']],
    [
      { emergencyContact: { name: '示例乙', relation: 'WIFE', phone: '99' } },
      {},
      ['emergencyContact.phone VALIDATION'],
    ],
    [{ hukouDivision: '310107' }, {}, ['hukouDivision VALIDATION']],
    [{ documentKind: 'PASSPORT' }, {}, ['documentKind VALIDATION']],
    [{ name: '' }, {}, ['name REQUIRED']],
    [{}, { arrivedHereOn: '2007-03-02' }, ['residenceRegistration.arrivedHereOn VALIDATION']],
    [
      {},
      { arrivedShanghaiOn: '2007-02-21' },
      expect.arrayContaining(['residenceRegistration.arrivedShanghaiOn VALIDATION']),
    ],
    [
      {},
      { expectedUntil: '2007-02-01' },
      expect.arrayContaining(['residenceRegistration.expectedUntil VALIDATION']),
    ],
    [
      {},
      { address: { road: '示例路', neighbourhoodCode: '310101001001' } },
      ['residenceRegistration.address.neighbourhoodCode VALIDATION'],
    ],
    [{}, { stayReason: null }, ['residenceRegistration.stayReason REQUIRED']],
  ])('with %j and %j it says what to mend', async (person, first, faults) => {
    const before = await owner`select count(*)::int as n from public_security.migrants`;
    const done = await register(cac, facts(person), stay(at('015'), first));
    expect(refusal(done)).toEqual({ committed: false, faults, code: null });
    expect(await owner`select count(*)::int as n from public_security.migrants`).toEqual(before);
  });

  it('with doubts flagged, and not twice under a number that was seen', async () => {
    const number = newNumber();
    const first = await register(cac, facts({ sex: 'FEMALE', citizenIdNumber: number }));
    expect(first.record.qualityFlags).toEqual(['SEX_MISMATCH']);
    const second = await register(cac14, facts({ citizenIdNumber: number }), stay(at('014')));
    expect(refusal(second)).toEqual({ committed: false, faults: ['citizenIdNumber VALIDATION'], code: null });
    // A coordinator has not seen the document: both rows are kept, and the registrar is told of the doubt.
    const third = await register(cor, facts({ citizenIdNumber: number }), stay(area));
    expect(third.committed).toBe(true);
    expect((await stored(first.record.id)).flags).toEqual(['SEX_MISMATCH', 'DUP_SUSPECT']);
    expect((await stored(third.record.id)).flags).toContain('DUP_SUSPECT');
  });

  it('once, whatever is repeated', async () => {
    const [person, first] = [facts(), stay(at('015'))];
    const all = await Promise.all(
      [1, 2, 3].map(() => register(cac, person, first, { clientMutationId: 'the same' })),
    );
    expect(new Set(all.map(({ record }) => record?.id)).size).toBe(1);
    expect(await storedStays(all[0]!.record.id)).toHaveLength(1);
  });
});

/** At the window: the person shows the card, the version was read before. */
const atWindow = async (
  viewer: Viewer,
  mutation: string,
  number: string,
  type: string,
  id: string,
  input: Record<string, unknown> = {},
  read = '',
) =>
  act(
    graph,
    viewer,
    mutation,
    { ...(await readFor(graph, psb, type, id)), presentedCitizenIdNumber: number, ...input },
    read,
  );
const isSeenBy = async (viewer: Viewer, id: string) =>
  (await graph.ask(viewer, 'query($id: ID!) { node(id: $id) { id } }', { id })).data.node !== null;

describe('a stay', () => {
  it('is confirmed, again and again', async () => {
    const number = newNumber();
    const { record } = await register(cac, facts({ citizenIdNumber: number }));
    const confirm = (viewer: Viewer) =>
      atWindow(
        viewer,
        'confirmRegistration',
        number,
        'ResidenceRegistration',
        record.currentRegistration.id,
        {},
        'residenceRegistration { status }',
      );
    expect((await confirm(cac)).record).toEqual({ status: 'CONFIRMED' });
    expect((await confirm(cac)).record).toEqual({ status: 'CONFIRMED' });
    expect((await confirm(cac14)).code).toBe('NOT_YOURS');
  });

  it('ends with a move, which hands the person over', async () => {
    const number = newNumber();
    const { record } = await register(cac, facts({ citizenIdNumber: number }));
    expect(await isSeenBy(sub15, record.id)).toBe(true);
    const move = (arrivedHereOn: string) =>
      act(
        graph,
        cac14,
        'moveRegistration',
        { personCitizenIdNumber: number, ...stay(at('014'), { arrivedHereOn }) },
        'residenceRegistration { id status person { id subdistrictCode } }',
      );
    expect(refusal(await move('2007-03-02'))).toEqual({
      committed: false,
      faults: ['arrivedHereOn VALIDATION'],
      code: null,
    });
    expect(refusal(await move('2007-02-19'))).toEqual({
      committed: false,
      faults: ['arrivedHereOn VALIDATION'],
      code: null,
    });
    const moved = await move('2007-02-28');
    expect(refusal(moved)).toEqual({ committed: true, faults: [], code: null });
    expect(moved.effects.map(({ effect, state }) => `${effect} ${state}`)).toEqual([
      'endPreviousStay DONE',
      'settlePerson DONE',
    ]);
    expect(moved.record).toMatchObject({ status: 'OPEN', person: { subdistrictCode: '310107014' } });
    expect(await storedStays(record.id)).toEqual([
      { status: 'CLOSED', departed: '2007-02-28', place: '310107015', next: true },
      { status: 'OPEN', departed: null, place: '310107014', next: false },
    ]);
    expect(await isSeenBy(sub15, record.id)).toBe(false);
    expect(await isSeenBy(sub14, record.id)).toBe(true);
  });

  it('is closed on the day of departure or announced; then the person has left, and can come back', async () => {
    const number = newNumber();
    const { record } = await register(cac, facts({ citizenIdNumber: number }));
    const { id } = record.currentRegistration;
    const close = (departedOn: string) =>
      atWindow(cac, 'closeRegistration', number, 'ResidenceRegistration', id, { departedOn });
    expect(refusal(await close('2007-03-02'))).toEqual({
      committed: false,
      faults: ['departedOn VALIDATION'],
      code: null,
    });
    expect(refusal(await close('2007-02-01'))).toEqual({
      committed: false,
      faults: ['departedOn VALIDATION'],
      code: null,
    });
    const announce = (departedOn: string) =>
      atWindow(cac, 'announceDeparture', number, 'ResidenceRegistration', id, { departedOn });
    expect((await announce('2007-03-01')).faults).toEqual(['departedOn VALIDATION']);
    expect((await announce('2007-03-20')).committed).toBe(true);
    expect(refusal(await close('2007-03-01'))).toEqual({ committed: true, faults: [], code: null });
    expect(await stored(record.id)).toMatchObject({ status: 'DEPARTED', place: null });
    const again = await act(graph, cac, 'closeRegistration', {
      id,
      expectedVersion: 3,
      departedOn: '2007-03-01',
      presentedCitizenIdNumber: number,
    });
    expect(again.code).toBe('NOT_YOURS');
    const back = await act(graph, cac14, 'moveRegistration', {
      personCitizenIdNumber: number,
      ...stay(at('014'), { arrivedHereOn: '2007-03-01' }),
    });
    expect(refusal(back)).toEqual({ committed: true, faults: [], code: null });
    expect(await stored(record.id)).toMatchObject({ status: 'ACTIVE', place: '310107014' });
  });

  it('ends with the person who is known to have left; who has died is registered no more', async () => {
    const number = newNumber();
    const { record } = await register(cac, facts({ citizenIdNumber: number }));
    expect(refusal(await atWindow(cac, 'markDeparted', number, 'Migrant', record.id))).toEqual({
      committed: true,
      faults: [],
      code: null,
    });
    expect(await storedStays(record.id)).toMatchObject([{ status: 'CLOSED', departed: '2007-03-01' }]);
    expect(await stored(record.id)).toMatchObject({ status: 'DEPARTED', place: null });
    const end = async (viewer: Viewer, event: string) =>
      act(graph, viewer, 'endMigrant', { ...(await readFor(graph, registrar, 'Migrant', record.id)), event });
    expect((await end(psb, 'RECORD_DEATH')).code).toBe('NOT_YOURS');
    expect((await end(registrar, 'RECORD_DEATH')).committed).toBe(true);
    expect((await end(registrar, 'GAIN_HUKOU')).code).toBe('BAD_TRANSITION');
    const back = await act(graph, cac14, 'moveRegistration', {
      personCitizenIdNumber: number,
      ...stay(at('014'), { arrivedHereOn: '2007-03-01' }),
    });
    expect(back.faults).toEqual(['NOT_READY']);
  });
});

describe('what happens by itself', () => {
  it('a stay goes stale after 180 days, and ends on the announced day; then the person has left', async () => {
    const [stale, leaving] = [(await register(cac)).record, (await register(cac)).record];
    const of = (person: { id: string }) => decodeNodeId(person.id, 'Migrant');
    await owner`update public_security.residence_registrations set status = 'CONFIRMED', confirmed_at = '2006-08-01' where person_id = ${of(stale)}`;
    await owner`update public_security.residence_registrations set departed_on = '2007-02-28' where person_id = ${of(leaving)}`;
    await graph.doers!.byItself.sweep();
    await graph.doers!.outbox.sweep();
    expect(await storedStays(stale.id)).toMatchObject([{ status: 'STALE' }]);
    expect((await stored(stale.id)).flags).toContain('STALE');
    expect(await storedStays(leaving.id)).toMatchObject([{ status: 'CLOSED', departed: '2007-02-28' }]);
    expect(await stored(leaving.id)).toMatchObject({ status: 'DEPARTED', place: null });
  });
});

describe('facts of a person', () => {
  it('a missing number is given once; then the registrar corrects it', async () => {
    const { record } = await register(stn, facts({ citizenIdNumber: undefined }), ofStation());
    const change = async (viewer: Viewer, mutation: string) =>
      act(graph, viewer, mutation, {
        ...(await readFor(graph, viewer, 'Migrant', record.id)),
        citizenIdNumber: newNumber(),
      });
    expect((await change(stn, 'completeIdentity')).committed).toBe(true);
    expect((await change(stn, 'completeIdentity')).faults).toEqual(['NOT_READY']);
    expect((await change(psb, 'correctMigrant')).code).toBe('NOT_YOURS');
    expect((await change(registrar, 'correctMigrant')).committed).toBe(true);
  });

  it('contact is changed where the person lives', async () => {
    const number = newNumber();
    const { record } = await register(cac, facts({ citizenIdNumber: number }));
    const change = (viewer: Viewer, mobilePhone: string) =>
      atWindow(
        viewer,
        'changeContact',
        number,
        'Migrant',
        record.id,
        { mobilePhone },
        'migrant { mobilePhone }',
      );
    expect((await change(cac, 'none')).faults).toEqual(['mobilePhone VALIDATION']);
    expect((await change(cac, '13800001234')).record).toEqual({ mobilePhone: '13800001234' });
    expect((await change(cac14, '13800001235')).code).toBe('NOT_YOURS');
  });

  it('a document that was seen verifies whom a coordinator registered', async () => {
    const number = newNumber();
    const { record } = await register(cor, facts({ citizenIdNumber: number }), stay(area));
    const note = (more: Record<string, unknown> = {}) =>
      act(graph, cac, 'recordMigrantDocument', {
        personCitizenIdNumber: number,
        kind: 'RESIDENT_ID',
        number,
        ...more,
      });
    expect((await note({ validFrom: '2007-01-01', validTo: '2006-01-01' })).faults).toEqual([
      'validFrom VALIDATION',
      'validTo VALIDATION',
    ]);
    expect((await note()).committed).toBe(true);
    const [row] =
      await owner`select verified_at is not null as seen from public_security.migrants where id = ${decodeNodeId(record.id, 'Migrant')}`;
    expect(row?.seen).toBe(true);
  });

  it('a shield hides the whereabouts from the next look on', async () => {
    const { record } = await register(cac);
    const shield = async (viewer: Viewer, event: string) =>
      act(graph, viewer, 'shieldMigrant', {
        ...(await readFor(graph, registrar, 'Migrant', record.id)),
        event,
      });
    expect((await shield(psb, 'SHIELD')).code).toBe('NOT_YOURS');
    expect((await shield(registrar, 'SHIELD')).committed).toBe(true);
    expect(await isSeenBy(sub15, record.id)).toBe(false);
    expect((await shield(registrar, 'UNSHIELD')).committed).toBe(true);
    expect(await isSeenBy(sub15, record.id)).toBe(true);
  });
});

describe('a household', () => {
  it('is opened by its head, joined, left; guardians go with it', async () => {
    const { dwelling, neighbourhood } = places.get('015')!;
    const home = (await readFor(graph, stn, 'Dwelling', dwelling)).id;
    const here = { dwelling: home, source: 'WINDOW' };
    const head = (await register(stn, facts(), stay(neighbourhood, here))).record;
    const child = (
      await register(
        stn,
        facts({ birthDate: '2001-09-09', citizenIdNumber: undefined }),
        stay(neighbourhood, here),
      )
    ).record;
    const stranger = (await register(stn, facts(), ofStation())).record;
    const open = (id: string) =>
      act(
        graph,
        stn,
        'openHousehold',
        { dwelling: home, head: id },
        'household { id memberCount members { person { id } relationToHead } }',
      );
    expect((await open(stranger.id)).faults).toEqual(['NOT_READY']);
    const opened = await open(head.id);
    expect(refusal(opened)).toEqual({ committed: true, faults: [], code: null });
    expect(opened.record.members).toEqual([{ person: { id: head.id }, relationToHead: 'HEAD' }]);
    const join = (person: string, startsOn = '2007-03-01') =>
      act(
        graph,
        stn,
        'addHouseholdMember',
        { household: opened.record.id, person, relationToHead: 'SON', startsOn },
        'householdMember { id household { memberCount } }',
      );
    expect((await join(stranger.id)).faults).toEqual(['NOT_READY']);
    expect((await join(child.id, '2007-03-02')).faults).toEqual(['NOT_READY']);
    const joined = await join(child.id);
    expect(joined.record.household).toEqual({ memberCount: 2 });
    expect((await join(child.id)).faults).toEqual(['person VALIDATION']);
    const [own] =
      await owner`select id from public_security.household_members where person_id = ${decodeNodeId(head.id, 'Migrant')}`;
    const guardianMember = (await readFor(graph, stn, 'HouseholdMember', String(own?.id))).id;
    const guard = (ward: string, member: string) =>
      act(
        graph,
        stn,
        'recordGuardianship',
        { guardianMember: member, child: ward, startsOn: '2007-03-01' },
        'guardianship { id guardian { id } }',
      );
    expect((await guard(stranger.id, guardianMember)).faults).toEqual(['child VALIDATION']);
    expect((await guard(head.id, joined.record.id)).faults).toEqual(['child VALIDATION']);
    expect((await guard(child.id, guardianMember)).record.guardian).toEqual({ id: head.id });
    const end = async () =>
      act(graph, stn, 'endHouseholdMember', {
        ...(await readFor(graph, stn, 'HouseholdMember', String(own?.id))),
        endsOn: '2007-03-01',
      });
    expect(refusal(await end())).toEqual({ committed: true, faults: [], code: null });
    expect((await end()).faults).toEqual(['NOT_READY']);
    const [ended] =
      await owner`select ends_on::text as "on" from public_security.guardianships where child_id = ${decodeNodeId(child.id, 'Migrant')}`;
    expect(ended?.on).toBe('2007-03-01');
    expect((await stored(head.id)).household).toBeNull();
    const target = await readFor(graph, stn, 'Household', opened.record.id);
    const changeHead = (id: string) =>
      act(
        graph,
        stn,
        'changeHouseholdHead',
        { ...target, head: id },
        'household { head { id } memberCount }',
      );
    expect((await changeHead(head.id)).faults).toEqual(['NOT_READY']);
    expect((await changeHead(child.id)).record).toEqual({ head: { id: child.id }, memberCount: 1 });
  });
});

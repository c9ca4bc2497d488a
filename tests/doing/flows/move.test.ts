import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../../src/graph/node-id.ts';
import { Flow } from './flow.ts';
import { official } from './officials.ts';

// Flow (b) of dossier 7.3: a holder of a permit, guardian of a pupil, moves to another sub-district.

/** Sub-districts of the synthetic district between which the person may move. */
const unitOf = (kind: string, subdistrict: string) => `PT-${kind}-${subdistrict.slice(6)}`;

/** @param outage the store of the permits answers nobody while the person moves */
async function move(flow: Flow, { outage = false } = {}) {
  const holders = await flow.ownerOf('permits')`
    select holder_id::text as id from permits.residence_permits where status = 'ACTIVE' and type <> 'TALENT'`;
  const [pupil] = await flow.owner.unsafe(
    `select e.id, m.id as person, m.citizen_id_number as number, m.subdistrict_code as place
      from education.child_enrolments e join public_security.migrants m on m.id = e.guardian_id
      join public_security.residence_registrations r on r.id = m.current_registration_id
      where e.guardian_id in ('${holders.map(({ id }) => id).join("','")}') and e.status = 'ENROLLED' and m.status = 'ACTIVE'
      and not m.shielded and m.citizen_id_number is not null and m.verified_at is not null and r.arrived_here_on < '2007-02-01'
      and (select count(*) from public_security.residence_registrations o where o.person_id = m.id and o.status <> 'CLOSED') = 1
      and (select count(*) from public_security.migrants n where n.citizen_id_number = m.citizen_id_number) = 1
      order by e.id limit 1`,
  );
  if (!pupil) throw new Error('The synthetic district has no such guardian.');
  const [number, from] = [String(pupil.number), String(pupil.place)];
  const [home] = await flow.owner`
    select id, subdistrict_code as place, neighbourhood_code as neighbourhood from housing.dwellings
    where subdistrict_code <> ${from} and neighbourhood_code is not null order by id limit 1`;
  const to = String(home!.place);
  const person = encodeNodeId('Migrant', String(pupil.person));
  const [old, next] = [official('CAC', unitOf('CAC', from)), official('CAC', unitOf('CAC', to))];
  const [subFrom, subTo] = [official('SUB', unitOf('SUB', from)), official('SUB', unitOf('SUB', to))];
  const seenBy = async (who: typeof subFrom) =>
    (await flow.ask(who, 'query($id: ID!) { migrant(id: $id) { name } }', { id: person })).data?.migrant !=
    null;
  expect([await seenBy(subFrom), await seenBy(subTo)]).toEqual([true, false]);
  const enrolment = encodeNodeId('ChildEnrolment', String(pupil.id));
  const school = async () => {
    const { school_id, public_school, grade, status, record_version } = await flow.row(enrolment);
    return { school_id, public_school, grade, status, record_version };
  };
  const before = await school();

  const permit = await flow.find(
    'ResidencePermit',
    `select id from permits.residence_permits where holder_id = '${pupil.person}' and status = 'ACTIVE'`,
  );
  expect((await flow.row(permit)).subdistrict_code).toBe(from);
  if (outage) await flow.goDown();
  const stay = {
    personCitizenIdNumber: number,
    dwelling: encodeNodeId('Dwelling', String(home!.id)),
    arrivedHereOn: '2007-02-28',
    stayReason: 'WORK',
    dwellingRelation: 'TENANT',
  };
  // The old window registers nobody elsewhere.
  const wrong = await flow.tries(old, 'moveRegistration', 'ResidenceRegistration', stay);
  expect(wrong.committed).toBe(false);
  const moved = await flow.make(next, 'moveRegistration', 'ResidenceRegistration', stay);
  expect(moved.effects).toEqual([
    ...(outage ? ['carryCopies permits QUEUED'] : []),
    'endPreviousStay public_security DONE',
    'settlePerson public_security DONE',
  ]);
  const address = {
    id: permit,
    presentedCitizenIdNumber: number,
    registeredDwelling: stay.dwelling,
    clientMutationId: 'the new address',
  };
  if (outage) {
    const { subdistrict_code: place, record_version: expectedVersion } = await flow.row(permit);
    expect(place).toBe(from);
    const waits = { ...address, expectedVersion };
    expect(await flow.tries(next, 'changePermitAddress', 'ResidencePermit', waits)).toMatchObject({
      committed: false,
      code: 'STORE_UNAVAILABLE',
    });
    await flow.comeBack();
  }
  expect([await seenBy(subFrom), await seenBy(subTo)]).toEqual([false, true]);
  const history = await flow.ask(
    official('PSB'),
    'query($id: ID!) { migrant(id: $id) { subdistrictCode registrations(first: 5) { nodes { subdistrictCode } } addressHistory(first: 20) { nodes { departedOn address { subdistrictCode } } } } }',
    { id: person },
  );
  const { registrations, addressHistory, subdistrictCode } = history.data.migrant;
  expect(subdistrictCode).toBe(to);
  expect(registrations.nodes).toEqual([{ subdistrictCode: to }]);
  expect(addressHistory.nodes).toContainEqual({
    departedOn: '2007-02-28',
    address: { subdistrictCode: from },
  });

  expect((await flow.row(permit)).subdistrict_code).toBe(to);
  const read = await flow.ask(
    next,
    'query($number: CitizenId!) { migrantByCitizenId(citizenIdNumber: $number) { permits(first: 9) { nodes { id recordVersion } } } }',
    { number },
  );
  const { recordVersion } = read.data.migrantByCitizenId.permits.nodes.find(
    ({ id }: { id: string }) => id === permit,
  );
  // Whoever does not stand there is nobody of the window's, in this store as in the register.
  const unseen = await flow.ask(next, 'query($id: ID!) { permit(id: $id) { status } }', {
    id: permit,
  });
  expect(unseen.data.permit).toBeNull();
  const change = { ...address, expectedVersion: recordVersion };
  const ofOld = await flow.tries(old, 'changePermitAddress', 'ResidencePermit', change);
  expect(ofOld).toMatchObject({ committed: false, code: 'NOT_YOURS' });
  // Sent twice by a window that has not heard the answer.
  const changed = await flow.make(next, 'changePermitAddress', 'ResidencePermit', change);
  expect(await flow.make(next, 'changePermitAddress', 'ResidencePermit', change)).toEqual(changed);
  expect(await flow.events(permit)).toEqual(['changeAddress RECEPTION_CENTRE']);
  expect(await flow.row(permit)).toMatchObject({ registered_dwelling_id: home!.id, status: 'ACTIVE' });
  expect(await school()).toEqual(before);
}

describe('a move between sub-districts', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.open();
  });
  afterAll(() => flow?.close());

  it('hands the person over, closes the old stay, changes the permit and leaves the pupil where it is', async () => {
    await move(flow);
  });
});

describe('with the store of the permits down during the move', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.open('permits');
  });
  afterAll(() => flow?.close());

  it('the permit follows when it is back', async () => {
    await move(flow, { outage: true });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { citizenIdCheck } from '../../src/identifiers/citizen-id.ts';
import { decision, openDistrict } from '../support/doing.ts';
import { viewerOf } from '../support/graph.ts';

const civ = viewerOf('CIV');
let district: Awaited<ReturnType<typeof openDistrict>>;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

/** Numbers of persons whom the bureau does not know. */
async function strangers(where: string): Promise<{ id: string; number: string }[]> {
  const rows = await district.owner.unsafe(`
    select id::text, citizen_id_number as number from public_security.migrants m
    where citizen_id_number is not null and status = 'ACTIVE' and not shielded and ${where}
      and not exists (select 1 from access.links l where l.holder = 'PT-CIV' and l.subject_id = m.id)
      and not exists (select 1 from civil_affairs.marriage_registrations r where m.id in (r.party_a_id, r.party_b_id)) order by id limit 6`);
  return rows.map(({ id, number }) => ({ id: String(id), number: String(number) }));
}

const digits = '31999919800101003';
const resident = {
  name: '示例居民',
  citizenIdNumber: digits + citizenIdCheck(digits),
  hukouDivision: '310107',
};
let serial = 0;
const marry = (partyACitizenIdNumber: string, kind = 'MARRIAGE') =>
  district.make(civ, 'registerMarriage', 'MarriageRegistration', {
    certNo: `示例${++serial}`,
    partyACitizenIdNumber,
    resident,
    registeredOn: '2007-03-01',
    kind,
  });

describe('aid', () => {
  const ask = () =>
    district.make(civ, 'openAidCase', 'AidCase', {
      requestedOn: '2007-03-01',
      source: 'SELF',
      services: ['FOOD'],
    });

  it('is given to whoever asks, and left at any time', async () => {
    const id = (await ask()).id!;
    expect(await district.row(id)).toMatchObject({
      case_no: expect.stringMatching(/^JZ2007\d{6}$/),
      person_id: null,
    });
    const [person] = await strangers('true');
    const steps = [
      ['identifyAidPerson', { personCitizenIdNumber: person!.number }],
      ['assessAid', { vulnerable: ['ILL'] }],
      ['decideAid', { event: 'GIVE_AID', services: ['FOOD', 'SHELTER'] }],
      ['changeAid', { services: ['SHELTER'] }],
      ['leaveAid', { leaveReason: 'OWN_WISH' }],
    ] as const;
    for (const [mutation, input] of steps)
      expect((await district.change(civ, mutation, id, input)).faults, mutation).toEqual([]);
    expect(await district.row(id)).toMatchObject({
      status: 'LEFT',
      left_on: '2007-03-01',
      person_id: person!.id,
    });
    const early = (await ask()).id!;
    expect((await district.change(civ, 'leaveAid', early)).committed).toBe(true);
  });

  it('is refused with a whole decision only, and may be assessed again', async () => {
    const id = (await ask()).id!;
    await district.change(civ, 'assessAid', id);
    expect((await district.change(civ, 'decideAid', id, { event: 'DECLINE' })).faults).toEqual([
      'decision REQUIRED decision is needed.',
    ]);
    expect((await district.change(civ, 'decideAid', id, { event: 'DECLINE', decision })).committed).toBe(
      true,
    );
    expect((await district.change(civ, 'reopenCase', id)).committed).toBe(true);
    expect((await district.row(id)).status).toBe('ASSESSED');
  });
});

describe('a marriage', () => {
  it('is registered once, until a divorce, and tells the register no details', async () => {
    const [man] = await strangers("sex = 'MALE' and birth_date < '1980-01-01'");
    const made = await marry(man!.number);
    expect(made).toMatchObject({ faults: [], effects: ['tellMaritalStatus DONE'] });
    const events = await district.owner`
      select event, fields, reason from access.record_events where record_type = 'Migrant' and record_id = ${man!.id}`;
    expect(events.map((event) => ({ ...event }))).toEqual([
      { event: 'tellMaritalStatus', fields: [], reason: null },
    ]);
    expect((await marry(man!.number)).faults).toEqual(['NOT_READY A party is married here already.']);
    expect((await marry(man!.number, 'DIVORCE')).committed).toBe(true);
  });

  it('is of persons of age', async () => {
    const [man] = await strangers("sex = 'MALE' and birth_date between '1985-06-01' and '1990-01-01'");
    expect((await marry(man!.number)).faults).toEqual([
      'partyACitizenIdNumber VALIDATION This party is not of legal age.',
    ]);
  });
});

it('registers an adoption of two persons', async () => {
  const [adopter, adoptee] = [
    (await strangers("birth_date < '1970-01-01'"))[0]!,
    (await strangers("birth_date > '1995-01-01'"))[0]!,
  ];
  const register = (to: string) =>
    district.make(civ, 'registerAdoption', 'AdoptionRegistration', {
      certNo: `收${to}`,
      registeredOn: '2007-03-01',
      adopterCitizenIdNumber: adopter.number,
      adopteeCitizenIdNumber: to,
    });
  expect((await register(adopter.number)).faults).toHaveLength(2);
  expect((await register(adoptee.number)).faults).toEqual([]);
});

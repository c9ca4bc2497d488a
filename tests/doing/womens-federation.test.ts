import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { openDistrict } from '../support/doing.ts';
import { viewerOf } from '../support/graph.ts';

const wof = viewerOf('WOF');
const sub = viewerOf('SUB');
let district: Awaited<ReturnType<typeof openDistrict>>;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

/** A woman of Changshou Road whom the federation does not know. */
async function stranger(nth: number) {
  const [found] = await district.owner`
    select id::text, citizen_id_number as number from public_security.migrants m
    where subdistrict_code = '310107015' and sex = 'FEMALE' and citizen_id_number is not null and not shielded and status = 'ACTIVE' and birth_date < '1985-01-01'
      and not exists (select 1 from access.links l where l.holder = 'PT-WOF' and l.subject_id = m.id)
    order by id offset ${nth} limit 1`;
  return { id: String(found?.id), number: String(found?.number) };
}

const open = (clientCitizenIdNumber: string) =>
  district.make(wof, 'openWomenRightsCase', 'WomenRightsCase', {
    clientCitizenIdNumber,
    kind: 'DOMESTIC_VIOLENCE',
    services: ['ADVICE'],
    openedOn: '2007-03-01',
  });

const seenBySubdistrict = async (id: string) =>
  (await district.graph.ask(sub, `{ migrant(id: "${encodeNodeId('Migrant', id)}") { id } }`)).data.migrant !==
  null;

describe("a woman's case", () => {
  it('is opened for whoever comes with her number, walks its road and closes', async () => {
    const made = await open((await stranger(0)).number);
    expect(made).toMatchObject({ committed: true, faults: [], code: undefined });
    const id = made.id!;
    expect(await district.row(id)).toMatchObject({
      status: 'ACCEPTED',
      case_no: expect.stringMatching(/^FL2007\d{6}$/),
    });
    for (const event of ['INVESTIGATE', 'SUSPEND', 'RESUME', 'MEDIATE', 'AGREE', 'EXECUTE'])
      expect((await district.change(wof, 'advanceCase', id, { event })).committed, event).toBe(true);
    expect((await district.change(wof, 'closeWomenRightsCase', id, { outcome: 'SETTLED' })).committed).toBe(
      true,
    );
    expect(await district.row(id)).toMatchObject({
      status: 'CLOSED',
      closed_on: '2007-03-01',
      outcome: 'SETTLED',
    });
    expect((await district.change(wof, 'advanceCase', id, { event: 'MEDIATE' })).code).toBe('BAD_TRANSITION');
  });

  it('hides her whereabouts at once, and until no case shields her', async () => {
    const { id: person, number } = await stranger(1);
    const [first, second] = [(await open(number)).id!, (await open(number)).id!];
    expect(await seenBySubdistrict(person)).toBe(true);
    expect((await district.change(wof, 'liftShield', first)).faults).toEqual([
      'NOT_READY No shield is set in this case.',
    ]);
    for (const id of [first, second])
      expect((await district.change(wof, 'setAddressShield', id)).effects).toEqual(['shieldPerson DONE']);
    expect(await seenBySubdistrict(person)).toBe(false);
    await district.change(wof, 'liftShield', first);
    expect(await seenBySubdistrict(person)).toBe(false);
    await district.change(wof, 'liftShield', second);
    expect(await seenBySubdistrict(person)).toBe(true);
  });

  it('is referred with her consent only, and asks for a grant of this one record', async () => {
    const id = (await open((await stranger(2)).number)).id!;
    const referredTo = encodeNodeId('OrgUnit', 'PT-JUS');
    expect((await district.change(wof, 'referCase', id, { referredTo })).faults).toEqual([
      'referralConsentOn REQUIRED referralConsentOn is needed.',
    ]);
    const done = await district.change(wof, 'referCase', id, { referredTo, referralConsentOn: '2007-03-01' });
    expect(done.effects).toEqual(['requestReferralGrant DONE']);
    const grants =
      await district.owner`select grantee_id, field_group, status from organisation.access_grants where record_ref = ${id}`;
    expect(grants.map((grant) => ({ ...grant }))).toEqual([
      { grantee_id: 'PT-JUS', field_group: 'WOMENS_RIGHTS_CASE', status: 'REQUESTED' },
    ]);
  });

  it('is about nobody whom the federation only knows by an id', async () => {
    const input = { kind: 'OTHER', services: ['ADVICE'], openedOn: '2007-03-01' };
    const client = encodeNodeId('Migrant', (await stranger(3)).id);
    const made = await district.make(wof, 'openWomenRightsCase', 'WomenRightsCase', { ...input, client });
    expect(made.faults).toEqual(['client NOT_FOUND client: there is no such record that you may use.']);
  });

  it('is nobody else’s to make', async () => {
    const { number } = await stranger(3);
    const input = {
      clientCitizenIdNumber: number,
      kind: 'OTHER',
      services: ['ADVICE'],
      openedOn: '2007-03-01',
    };
    const made = await district.make(viewerOf('JUS'), 'openWomenRightsCase', 'WomenRightsCase', input);
    expect(made.code).toBe('NOT_YOURS');
  });
});

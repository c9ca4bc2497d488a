import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { createViewer } from '../../src/identity/viewer.ts';
import { openDistrict } from '../support/doing.ts';
import { viewerOf } from '../support/graph.ts';

const [fpc, officer] = [viewerOf('FPC'), viewerOf('SUB')];
const clerk = createViewer({ department: 'SUB', unit: 'PT-SUB-015', sub: 'clerk', posts: ['WINDOW'] });
let district: Awaited<ReturnType<typeof openDistrict>>;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

/** A person of Changshou Road with no file at family planning. */
async function person(where: string, subdistrict = '310107015') {
  const [found] = await district.owner.unsafe(`
    select id::text, citizen_id_number as number from public_security.migrants m
    where citizen_id_number is not null and status = 'ACTIVE' and not shielded and subdistrict_code = '${subdistrict}' and ${where}
      and not exists (select 1 from family_planning.family_planning_records r where r.person_id = m.id) order by id desc limit 1`);
  return { id: encodeNodeId('Migrant', String(found?.id)), number: String(found?.number) };
}
const adult = "sex = 'FEMALE' and birth_date between '1965-01-01' and '1985-01-01'";

describe('a check of a certificate', () => {
  const check = { result: 'MISSING', checkedOn: '2007-03-01', noticeGiven: true, followUpBy: '2007-03-31' };

  it('is the officer’s, in the own sub-district, and is done again until it stands', async () => {
    const { id: who } = await person(adult);
    const record = (viewer: typeof fpc, input: object) =>
      district.make(viewer, 'recordCertificateCheck', 'CertificateCheck', {
        ...check,
        person: who,
        ...input,
      });
    expect((await record(clerk, {})).code).toBe('NOT_YOURS');
    const made = await record(officer, {});
    expect(made.faults).toEqual([]);
    expect(await district.row(made.id!)).toMatchObject({
      checked_by_id: 'PT-SUB-015',
      subdistrict_code: '310107015',
      shielded: false,
    });
    const again = { result: 'VALID', checkedOn: '2007-03-01', noticeGiven: true };
    const recheck = () => district.change(officer, 'recordCertificateCheck', made.id!, again);
    expect((await recheck()).faults).toEqual([]);
    expect((await recheck()).faults).toEqual(['NOT_READY This check needs no other: its result stands.']);
    const elsewhere = await person(adult, '310107005');
    expect((await record(officer, { person: elsewhere.id })).faults).toEqual([
      'person NOT_FOUND person: there is no such record that you may use.',
    ]);
  });
});

describe('the register of services', () => {
  it('takes in those of 18 to 49 years who present themselves', async () => {
    const enter = (personCitizenIdNumber: string) =>
      district.make(fpc, 'upsertFpRecord', 'FamilyPlanningRecord', {
        personCitizenIdNumber,
        homeCommission: '示例县计生委',
        consentOn: '2007-03-01',
      });
    expect((await enter((await person("birth_date < '1955-01-01'")).number)).faults).toEqual([
      'personCitizenIdNumber VALIDATION This is for persons of 18 to 49 years.',
    ]);
    const made = await enter((await person(adult)).number);
    expect(await district.row(made.id!)).toMatchObject({
      subdistrict_code: '310107015',
      updated_on: '2007-03-01',
    });
    expect((await district.change(fpc, 'upsertFpRecord', made.id!, { childrenCount: 1 })).committed).toBe(
      true,
    );
    expect((await district.change(fpc, 'withdrawFpConsent', made.id!)).committed).toBe(true);
    expect(await district.row(made.id!)).toMatchObject({ children_count: 1, consent_on: null });
  });

  it('gives a service on a day of consent or later', async () => {
    const { number } = await person(adult);
    const give = (consentOn: string) =>
      district.make(fpc, 'recordFpService', 'FamilyPlanningService', {
        personCitizenIdNumber: number,
        consentOn,
        kind: 'COUNSELLING',
        occurredOn: '2007-02-20',
        provider: '示例服务站',
      });
    expect((await give('2007-02-21')).faults).toHaveLength(2);
    expect((await give('2007-02-20')).committed).toBe(true);
  });

  it('keeps the certificate that was shown', async () => {
    const made = await district.make(fpc, 'upsertCertificate', 'MarriageFertilityCertificate', {
      certificateNo: '示例婚育0001',
      holderCitizenIdNumber: (await person(adult)).number,
      issuingDivision: '349999',
      issuedOn: '2006-05-01',
    });
    expect((await district.row(made.id!)).subdistrict_code).toBe('310107015');
    const ended = await district.change(fpc, 'upsertCertificate', made.id!, { validTo: '2006-04-30' });
    expect(ended.faults).toHaveLength(1);
    expect(ended.faults[0]).toMatch(/^validTo VALIDATION/);
  });
});

describe('a notice to the home county', () => {
  it('is never sent before the woman is told', async () => {
    const { number } = await person(adult);
    const draft = () =>
      district.make(fpc, 'draftPregnancyNotice', 'PregnancyNotice', {
        personCitizenIdNumber: number,
        toDivision: '349999',
      });
    const id = (await draft()).id!;
    expect((await district.change(fpc, 'sendPregnancyNotice', id)).code).toBe('BAD_TRANSITION');
    expect((await district.change(fpc, 'informWoman', id, { informedOn: '2007-02-28' })).committed).toBe(
      true,
    );
    expect((await district.change(fpc, 'sendPregnancyNotice', id)).committed).toBe(true);
    const received = { event: 'ACKNOWLEDGE', acknowledgedOn: '2007-03-05' };
    expect((await district.change(fpc, 'advanceCase', id, received)).faults).toEqual([]);
    expect(await district.row(id)).toMatchObject({ status: 'ACKNOWLEDGED', sent_on: '2007-03-01' });
    expect((await district.change(fpc, 'withdrawNotice', (await draft()).id!)).committed).toBe(true);
  });
});

it('plans joint checks of places, and enters their counts on the day', async () => {
  const plan = (plannedOn: string) =>
    district.make(fpc, 'planJointCheck', 'JointCheckAction', {
      title: '示例联合查验',
      plannedOn,
      participantCodes: ['PT-PSB'],
      territory: ['310107015'],
      legalBasis: '示例办法',
    });
  const counts = { checkedCount: 5, issuesCount: 1 };
  const early = (await plan('2007-03-10')).id!;
  expect((await district.change(fpc, 'planJointCheck', early, counts)).faults).toEqual([
    'NOT_READY The day of the check has not come yet.',
  ]);
  const held = (await plan('2007-03-01')).id!;
  expect((await district.change(fpc, 'planJointCheck', held, counts)).committed).toBe(true);
  const event = await district.make(fpc, 'recordFpActivity', 'FamilyPlanningActivity', {
    topic: 'HEALTHY_BIRTH',
    occurredOn: '2007-02-20',
    subdistrictCode: '310107015',
    participantCodes: ['PT-SUB-015'],
  });
  expect(event.faults).toEqual([]);
});

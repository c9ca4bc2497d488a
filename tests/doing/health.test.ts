import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { decision, openDistrict } from '../support/doing.ts';
import { viewerOf } from '../support/graph.ts';

const hlt = viewerOf('HLT');
let district: Awaited<ReturnType<typeof openDistrict>>;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

async function number(where: string): Promise<string> {
  const [found] = await district.owner.unsafe(`
    select citizen_id_number as number from public_security.migrants m where citizen_id_number is not null and status = 'ACTIVE' and ${where}
      and not exists (select 1 from access.links l where l.holder = 'PT-HLT' and l.subject_id = m.id)
      and not exists (select 1 from health.child_health_records c where c.child_id = m.id) order by id limit 1`);
  return String(found?.number);
}
const step = (id: string, mutation: string, input: object = {}) => district.change(hlt, mutation, id, input);

const card = {
  patientSnapshot: { name: '示例患者', sex: 'MALE', birthDate: '1980-01-01' },
  patientOrigin: 'OTHER_PROVINCE',
  disease: 'MEASLES',
  caseType: 'CLINICAL',
  onsetOn: '2007-02-25',
  diagnosedAt: '2007-02-26T02:00:00Z',
  reportingUnit: '示例医院',
};

describe('a report card', () => {
  it('is filed with a number, corrected, confirmed and closed', async () => {
    const made = await district.make(hlt, 'fileInfectiousReport', 'InfectiousReport', card);
    expect(made.faults).toEqual([]);
    const id = made.id!;
    expect(await district.row(id)).toMatchObject({
      card_no: expect.stringMatching(/^310107-2007-\d{6}$/),
      status: 'REPORTED',
      patient_id: null,
    });
    for (const [mutation, input] of [
      ['matchPatient', { patientCitizenIdNumber: await number("birth_date < '1985-01-01'") }],
      ['correctInfectiousReport', { caseType: 'SUSPECTED' }],
      ['confirmInfectiousReport', { caseType: 'LAB_CONFIRMED' }],
      ['advanceCase', { event: 'CLOSE' }],
      ['reopenCase', {}],
      ['excludeInfectiousReport', {}],
    ] as const)
      expect((await step(id, mutation, input)).faults, mutation).toEqual([]);
    expect(await district.row(id)).toMatchObject({
      status: 'EXCLUDED',
      report_kind: 'CORRECTED',
    });
  });

  it('may begin as a draft, which is due in the hours of its disease', async () => {
    const id = (await district.make(hlt, 'draftInfectiousReport', 'InfectiousReport', card)).id!;
    const { data } = await district.graph.ask(
      hlt,
      `{ infectiousReport(id: "${id}") { availableActions { event dueAt } } }`,
    );
    const due = data.infectiousReport.availableActions.find((a: { event: string }) => a.event === 'file');
    expect(Date.parse(due.dueAt)).toBe(Date.parse('2007-02-27T02:00:00Z'));
    expect((await step(id, 'fileInfectiousReport')).committed).toBe(true);
  });

  it('tells of a disease that was notifiable on that day', async () => {
    const made = await district.make(hlt, 'fileInfectiousReport', 'InfectiousReport', {
      ...card,
      onsetOn: '2007-02-27',
    });
    expect(made.faults).toHaveLength(2);
    expect(made.faults.join()).toContain('onsetOn VALIDATION');
  });
});

describe('an outbreak', () => {
  it('takes the place of its school, and ends the grants that it led to', async () => {
    const school = await district.find(
      'MigrantSchool',
      `select id from education.migrant_schools where subdistrict_code is not null limit 1`,
    );
    const made = await district.make(hlt, 'openOutbreakResponse', 'OutbreakResponse', {
      disease: 'MEASLES',
      place: { kind: 'SCHOOL', name: '示例学校' },
      school,
      openedOn: '2007-03-01',
      measures: ['INFORM'],
    });
    expect(made.faults).toEqual([]);
    const id = made.id!;
    expect((await district.row(id)).subdistrict_code).toBe((await district.row(school)).subdistrict_code);
    expect((await step(id, 'recordMeasure', { measures: ['INFORM', 'VACCINATE'] })).committed).toBe(true);
    await district.owner`insert into organisation.access_grants (id, grantee_id, owner_id, field_group, record_ref, purpose, legal_basis, requested_by, valid_to)
      values (gen_random_uuid(), 'PT-EDU', 'PT-HLT', 'INFECTIOUS_DISEASE', ${id}, 'DISEASE_CONTROL', 'HLT-b', 'demo-edu', '2007-03-20')`;
    expect((await step(id, 'closeOutbreak')).effects).toEqual(['revokeOutbreakGrants DONE']);
    const grants =
      await district.owner`select status from organisation.access_grants where record_ref = ${id}`;
    expect(grants.map(({ status }) => status)).toEqual(['REVOKED']);
    expect((await step(id, 'reopenCase')).committed).toBe(true);
  });
});

describe('sanitation', () => {
  it('is visited on a day that has come, and put right once', async () => {
    const visit = (visitedOn: string) =>
      district.make(hlt, 'recordSiteVisit', 'EpidemicSiteVisit', {
        place: { kind: 'MARKET', name: '示例路市场' },
        subdistrictCode: '310107015',
        visitedOn,
        officers: ['示例甲', '示例乙'],
        findings: ['WATER'],
        rectifyBy: '2007-03-20',
      });
    expect((await visit('2007-03-02')).faults).toEqual(['NOT_READY The day of the visit has not come yet.']);
    const made = (await visit('2007-02-28')).id!;
    expect((await step(made, 'recordSiteVisit', { rectifiedOn: '2007-03-01' })).faults).toEqual([]);
    expect((await step(made, 'recordSiteVisit', { rectifiedOn: '2007-03-01' })).faults).toEqual([
      'NOT_READY Nothing is to be put right, or it is already.',
    ]);
    const session = await district.make(hlt, 'recordHealthEducation', 'HealthEducationSession', {
      topic: 'VACCINATION',
      place: { kind: 'OTHER', name: '示例广场' },
      occurredOn: '2007-02-20',
    });
    expect(session.faults).toEqual([]);
  });
});

describe('practice without a licence', () => {
  it('is decided against a named operator, and may be reviewed', async () => {
    const made = await district.make(hlt, 'openUnlicensedPracticeCase', 'UnlicensedPracticeCase', {
      place: { kind: 'OTHER', name: '示例路诊所' },
      subdistrictCode: '310107015',
    });
    const id = made.id!;
    expect((await district.row(id)).case_no).toMatch(/^PTHLT2007\d{4}$/);
    for (const event of ['SCREEN', 'ACCEPT', 'INVESTIGATE', 'SUSPEND', 'RESUME'])
      expect((await step(id, 'advanceCase', { event })).faults, event).toEqual([]);
    expect((await step(id, 'advanceCase', { event: 'DECIDE', decision })).faults).toEqual([
      'NOT_READY Enter first who practised.',
    ]);
    for (const [mutation, input] of [
      ['advanceCase', { event: 'NAME_OPERATOR', operator: { kind: 'PERSON', name: '示例行医者' } }],
      ['referCase', { jointUnits: [encodeNodeId('OrgUnit', 'PT-AIC')] }],
      ['advanceCase', { event: 'DECIDE', decision }],
      ['advanceCase', { event: 'CONTEST' }],
      ['advanceCase', { event: 'DECIDE_ANEW', decision }],
      ['advanceCase', { event: 'EXECUTE' }],
      ['advanceCase', { event: 'CLOSE' }],
      ['reopenCase', {}],
    ] as const)
      expect((await step(id, mutation, input)).faults, JSON.stringify(input)).toEqual([]);
    expect(await district.row(id)).toMatchObject({ status: 'REOPENED', accepted_on: '2007-03-01' });
    expect(
      (
        await district.change(viewerOf('AIC'), 'transferCase', id, {
          jointUnits: [encodeNodeId('OrgUnit', 'PT-PSB')],
        })
      ).code,
    ).toBe('NOT_YOURS');
  });
});

describe('care', () => {
  it('is recorded for mothers and for children under fifteen', async () => {
    const mother = await district.make(hlt, 'recordMaternal', 'MaternalRecord', {
      personCitizenIdNumber: await number(
        "sex = 'FEMALE' and birth_date between '1975-01-01' and '1985-01-01'",
      ),
      bookedOn: '2007-01-10',
      institution: '示例妇幼所',
      gestationWeeksAtBooking: 12,
    });
    expect((await step(mother.id!, 'recordMaternal', { antenatalVisits: 3 })).faults).toEqual([]);
    const open = async (where: string) =>
      district.make(hlt, 'recordChildHealth', 'ChildHealthRecord', {
        childCitizenIdNumber: await number(where),
        vaccinations: [{ vaccine: 'BCG', dose: 1, givenOn: '2007-02-01' }],
      });
    expect((await open("birth_date < '1985-01-01'")).faults).toEqual([
      'childCitizenIdNumber VALIDATION This is for persons of 0 to 14 years.',
    ]);
    const child = await open("birth_date > '1994-01-01'");
    expect(child.faults).toEqual([]);
    expect((await district.row(child.id!)).vaccinations).toEqual([
      { vaccine: 'BCG', dose: 1, givenOn: '2007-02-01' },
    ]);
  });
});

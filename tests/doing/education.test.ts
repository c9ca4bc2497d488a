import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { decision, keyOf, openDistrict } from '../support/doing.ts';
import { viewerOf } from '../support/graph.ts';

const edu = viewerOf('EDU');
let district: Awaited<ReturnType<typeof openDistrict>>;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

/** Numbers of persons who are no pupils. */
async function numbers(where: string): Promise<string[]> {
  const rows = await district.owner.unsafe(`
    select citizen_id_number as number from public_security.migrants m where citizen_id_number is not null and status = 'ACTIVE' and ${where}
      and not exists (select 1 from education.child_enrolments e where e.child_id = m.id) order by id limit 5`);
  return rows.map(({ number }) => String(number));
}

const school = async () =>
  (
    await district.make(edu, 'upsertSchool', 'MigrantSchool', {
      name: '示例学校',
      address: { road: '示例路', lane: '9', neighbourhoodCode: '310107015001', subdistrictCode: '310107015' },
      founder: { kind: 'PERSON', name: '示例举办者' },
      capacity: 100,
      enrolled: 0,
      grades: { from: 1, to: 6 },
      teachers: 5,
      qualifiedTeachers: 4,
    })
  ).id!;

async function enrol(): Promise<string> {
  const [child, guardian] = [
    (await numbers("birth_date between '1993-01-01' and '2000-12-31'"))[0],
    (await numbers("birth_date < '1975-01-01'"))[0],
  ];
  const made = await district.make(edu, 'enrolChild', 'ChildEnrolment', {
    childCitizenIdNumber: child,
    guardianCitizenIdNumber: guardian,
    grade: 3,
    schoolYear: '2006-2007',
  });
  expect(made.faults).toEqual([]);
  return made.id!;
}

const applyFor = async (id: string, kind = 'NEW', more: object = {}) =>
  (await district.make(edu, 'submitSchoolLicence', 'SchoolLicence', { school: id, kind, ...more })).id!;
const step = (id: string, mutation: string, input: object = {}) => district.change(edu, mutation, id, input);

describe('a school', () => {
  it('is entered, licensed, and closes when each pupil has another place', async () => {
    const id = await school();
    expect(await district.row(id)).toMatchObject({
      licence_status: 'UNLICENSED',
      subdistrict_code: '310107015',
      station_code: 'PT-STN-015-1',
    });
    const licence = await applyFor(id);
    expect((await district.row(licence)).station_code).toBe('PT-STN-015-1');
    await step(licence, 'advanceCase', { event: 'REVIEW' });
    expect((await step(licence, 'decideSchoolLicence', { event: 'GRANT_CLOSING' })).faults).toEqual([
      'NOT_READY This is no application to close.',
    ]);
    await step(licence, 'advanceCase', { event: 'CHECK_SITE' });
    const grant = { event: 'GRANT', licenceNo: '教民示例1', validFrom: '2007-03-01', validTo: '2010-02-28' };
    expect((await step(licence, 'decideSchoolLicence', grant)).effects).toEqual(['markSchoolLicensed DONE']);
    expect((await district.row(id)).licence_status).toBe('LICENSED');

    const pupil = await enrol();
    expect((await step(pupil, 'placeChild', { school: id })).faults).toEqual([]);
    const order = { placementPlan: '分流至公办学校', decision };
    expect((await step(licence, 'orderSchoolClosing', order)).faults).toEqual([]);
    const late = await enrol();
    expect((await step(late, 'placeChild', { school: id })).faults).toEqual([
      'NOT_READY This school is closed or about to close.',
    ]);
    expect((await step(licence, 'closeSchool')).faults).toEqual([
      'NOT_READY Some pupils still have no other school.',
    ]);
    expect((await step(pupil, 'transferChild', { school: null, publicSchool: '示例小学' })).faults).toEqual(
      [],
    );
    expect((await step(licence, 'closeSchool')).effects).toEqual(['markSchoolClosed DONE']);
    expect((await district.row(id)).licence_status).toBe('CLOSED');
    const again = await district.make(edu, 'submitSchoolLicence', 'SchoolLicence', {
      school: id,
      kind: 'NEW',
    });
    expect(again.faults).toEqual(['NOT_READY This school is closed.']);
  });

  it('closes at its wish by an application to close, which is no licence', async () => {
    const id = await school();
    const licence = await applyFor(id, 'CLOSE', { placementPlan: '已联系家长' });
    await step(licence, 'advanceCase', { event: 'REVIEW' });
    await step(licence, 'advanceCase', { event: 'CHECK_SITE' });
    const grant = { event: 'GRANT', licenceNo: '教民示例2', validFrom: '2007-03-01', validTo: '2010-02-28' };
    expect((await step(licence, 'decideSchoolLicence', grant)).faults).toEqual([
      'NOT_READY This is an application to close.',
    ]);
    expect((await step(licence, 'decideSchoolLicence', { event: 'GRANT_CLOSING' })).committed).toBe(true);
  });

  it('is refused with a decision, or ordered to close while it has no licence', async () => {
    const id = await school();
    const licence = await applyFor(id);
    await step(licence, 'advanceCase', { event: 'REVIEW' });
    expect((await step(licence, 'decideSchoolLicence', { event: 'REFUSE', decision })).committed).toBe(true);
    expect((await step(licence, 'reopenCase')).committed).toBe(true);
    const close = () =>
      district.make(edu, 'orderSchoolClosing', 'SchoolLicence', {
        school: id,
        placementPlan: '分流',
        decision,
      });
    expect((await close()).faults).toEqual([]);
    expect((await close()).faults).toEqual([
      'NOT_READY The school has a licence, or its closing has begun already.',
    ]);
  });

  it('is inspected, and its principal trained', async () => {
    const id = await school();
    const inspect = (occurredOn: string) =>
      district.make(edu, 'recordSchoolInspection', 'SchoolInspection', {
        school: id,
        occurredOn,
        areas: ['SAFETY'],
        issues: ['FIRE_SAFETY'],
        rectifyBy: '2007-04-01',
      });
    expect((await inspect('2007-03-02')).faults).toEqual([
      'NOT_READY The day of the inspection has not come yet.',
    ]);
    const made = (await inspect('2007-02-20')).id!;
    const rectified = () => step(made, 'recordSchoolInspection', { rectifiedOn: '2007-02-28' });
    expect((await rectified()).faults).toEqual([]);
    expect((await rectified()).faults).toEqual(['NOT_READY Nothing is to be put right, or it is already.']);
    const training = await district.make(edu, 'recordPrincipalTraining', 'PrincipalTraining', {
      school: id,
      principalName: '示例校长',
      course: 'SAFETY',
      hours: 16,
      occurredOn: '2007-02-10',
    });
    expect((await step(training.id!, 'recordPrincipalTraining', { passed: true })).committed).toBe(true);
    expect(await district.row(training.id!)).toMatchObject({ school_id: keyOf(id), passed: true });
  });
});

describe('a child', () => {
  it('gets a place whatever proof is missing, and may leave and come back', async () => {
    const id = await enrol();
    for (const [mutation, input] of [
      ['putOnWaitingList', {}],
      ['placeChild', { publicSchool: '示例小学' }],
      ['updateEnrolment', { event: 'ADD_PROOFS', proofsSeen: ['VACCINATION_CARD'] }],
      ['enrolChild', {}],
      ['leaveSchool', {}],
      ['updateEnrolment', { event: 'APPLY_AGAIN', grade: 4 }],
    ] as const)
      expect((await step(id, mutation, input)).faults, mutation).toEqual([]);
    expect(await district.row(id)).toMatchObject({ status: 'APPLIED', grade: 4, public_school: null });
  });

  it('is 6 to 17 years old', async () => {
    const [guardian, , , adult] = await numbers("birth_date < '1975-01-01'");
    const made = await district.make(edu, 'enrolChild', 'ChildEnrolment', {
      childCitizenIdNumber: adult,
      guardianCitizenIdNumber: guardian,
      grade: 3,
      schoolYear: '2006-2007',
    });
    expect(made.faults).toEqual(['childCitizenIdNumber VALIDATION This is for persons of 6 to 17 years.']);
    // A number that was presented shows nothing of the person.
    const [person] =
      await district.owner`select id::text from public_security.migrants where citizen_id_number = ${adult!}`;
    const seen = await district.graph.ask(
      edu,
      `{ migrant(id: "${encodeNodeId('Migrant', String(person?.id))}") { id } }`,
    );
    expect(seen.data.migrant).toBeNull();
  });
});

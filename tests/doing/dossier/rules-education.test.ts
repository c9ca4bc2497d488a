import { getOrMake } from '../../../src/common/get-or-make.ts';
import type { DistrictWork } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';
import { breakRules, type Calls } from './break-rules.ts';
import { type Registered, registered } from './persons.ts';

const edu = viewerOf('EDU');

const callsOf = (work: DistrictWork): Calls => {
  let count = 0;
  const pool = new Map<string, Promise<() => Registered>>();
  const number = async (born: string) => {
    const who = getOrMake(pool, born, () =>
      registered(
        work.owner,
        `m.birth_date ${born} and not exists (select from education.child_enrolments e where e.child_id = m.id)`,
      ),
    );
    return (await who)().number;
  };
  const schoolInput = () => ({
    name: `规则学校${++count}`,
    address: { road: '示例路', lane: '9', neighbourhoodCode: '310107015001', subdistrictCode: '310107015' },
    founder: { kind: 'PERSON', name: '示例举办者' },
    capacity: 100,
    enrolled: 0,
    grades: { from: 1, to: 6 },
    teachers: 5,
    qualifiedTeachers: 4,
  });
  const school = async () => (await work.make(edu, 'upsertSchool', 'MigrantSchool', schoolInput())).node;
  const pupil = async () => ({
    childCitizenIdNumber: await number("between '1993-01-01' and '2000-12-31'"),
    guardianCitizenIdNumber: await number("< '1975-01-01'"),
    grade: 3,
    schoolYear: '2006-2007',
  });
  return {
    school: async () => ({
      viewer: edu,
      mutation: 'upsertSchool',
      record: 'MigrantSchool',
      input: schoolInput(),
    }),
    closing: async () => ({
      viewer: edu,
      mutation: 'submitSchoolLicence',
      record: 'SchoolLicence',
      input: { school: await school(), kind: 'CLOSE', placementPlan: '分流至公办学校' },
    }),
    inspection: async () => ({
      viewer: edu,
      mutation: 'recordSchoolInspection',
      record: 'SchoolInspection',
      input: {
        school: await school(),
        occurredOn: '2007-02-20',
        areas: ['SAFETY'],
        score: 90,
        issues: ['FIRE_SAFETY'],
      },
    }),
    training: async () => ({
      viewer: edu,
      mutation: 'recordPrincipalTraining',
      record: 'PrincipalTraining',
      input: {
        school: await school(),
        principalName: '示例校长',
        course: 'SAFETY',
        hours: 16,
        occurredOn: '2007-02-10',
      },
    }),
    pupil: async () => {
      const input = await pupil();
      const [adult, infant] = [await number("< '1985-01-01'"), await number("> '2002-01-01'")];
      return {
        viewer: edu,
        mutation: 'enrolChild',
        record: 'ChildEnrolment',
        input,
        known: { adult, infant },
      };
    },
    place: async () => ({
      viewer: edu,
      mutation: 'placeChild',
      record: 'ChildEnrolment',
      node: (await work.make(edu, 'enrolChild', 'ChildEnrolment', await pupil())).node,
      input: { school: await school() },
    }),
  };
};

breakRules('education', callsOf);

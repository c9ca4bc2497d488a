import type { DistrictWork } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';
import { breakRules, type Calls } from './break-rules.ts';
import { registered } from './persons.ts';

const hlt = viewerOf('HLT');

const callsOf = (work: DistrictWork): Calls => {
  const number = async (where: string) =>
    (
      await registered(
        work.owner,
        `${where} and not exists (select from access.links l where l.holder = 'PT-HLT' and l.subject_id = m.id) and not exists (select from health.child_health_records c where c.child_id = m.id)`,
      )
    )().number;
  return {
    maternal: async () => ({
      viewer: hlt,
      mutation: 'recordMaternal',
      record: 'MaternalRecord',
      input: {
        personCitizenIdNumber: await number(
          "sex = 'FEMALE' and birth_date between '1975-01-01' and '1985-01-01'",
        ),
        bookedOn: '2007-01-10',
        institution: '示例妇幼所',
        gestationWeeksAtBooking: 12,
      },
    }),
    child: async () => ({
      viewer: hlt,
      mutation: 'recordChildHealth',
      record: 'ChildHealthRecord',
      input: {
        childCitizenIdNumber: await number("birth_date > '1994-01-01'"),
        vaccinations: [{ vaccine: 'BCG', dose: 1, givenOn: '2007-02-01' }],
        growthChecks: [{ checkedOn: '2007-02-01', weightKg: 9.5, heightCm: 80 }],
      },
      known: { adult: await number("birth_date < '1985-01-01'") },
    }),
    report: async () => ({
      viewer: hlt,
      mutation: 'fileInfectiousReport',
      record: 'InfectiousReport',
      input: {
        patientSnapshot: { name: '示例患者', sex: 'MALE', birthDate: '1980-01-01' },
        patientOrigin: 'OTHER_PROVINCE',
        disease: 'MEASLES',
        caseType: 'CLINICAL',
        onsetOn: '2007-02-25',
        diagnosedAt: '2007-02-26T02:00:00Z',
        reportingUnit: '示例医院',
      },
    }),
    outbreak: async () => ({
      viewer: hlt,
      mutation: 'openOutbreakResponse',
      record: 'OutbreakResponse',
      input: {
        disease: 'MEASLES',
        place: { kind: 'SCHOOL', name: '示例学校' },
        school: await work.find(
          'MigrantSchool',
          'select id from education.migrant_schools where subdistrict_code is not null order by id limit 1',
        ),
        openedOn: '2007-03-01',
        measures: ['INFORM'],
      },
    }),
    visit: async () => ({
      viewer: hlt,
      mutation: 'recordSiteVisit',
      record: 'EpidemicSiteVisit',
      input: {
        place: { kind: 'MARKET', name: '示例路市场' },
        subdistrictCode: '310107015',
        visitedOn: '2007-02-28',
        officers: ['示例甲', '示例乙'],
        workersPresent: 3,
        findings: ['WATER'],
      },
    }),
    practice: async () => ({
      viewer: hlt,
      mutation: 'openUnlicensedPracticeCase',
      record: 'UnlicensedPracticeCase',
      input: {
        place: { kind: 'OTHER', name: '示例路诊所' },
        subdistrictCode: '310107015',
        operator: { kind: 'PERSON', name: '示例行医者' },
      },
    }),
  };
};

breakRules('health', callsOf);

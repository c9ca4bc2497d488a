import * as t from '../src/departments/education/tables.ts';
import type { Seed } from './load.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { childrenOf } from './world/families.ts';
import { surnameOf } from './world/names.ts';
import { hash } from './world/random.ts';
import { decisionOf, schools } from './world/sites.ts';
import { placeOf } from './world/territory.ts';
import { seedId, type World } from './world.ts';

const h = (world: World, index: number, field: number) => hash(world.seed, 115, index, field);
const licenceStates = ['LICENSED', 'PROVISIONAL', 'UNLICENSED', 'LICENSED', 'LICENSED', 'CLOSED'];

/** One school in seven has more pupils than places. */
function* schoolRows(world: World) {
  for (const s of schools) {
    const x = h(world, s.index, 1);
    const capacity = 300 + (x % 8) * 50;
    const teachers = 15 + ((x >>> 4) % 25);
    const closed = licenceStates[s.index % licenceStates.length] === 'CLOSED';
    yield {
      id: s.id,
      name: s.name,
      road: '示例路',
      lane: s.spot.lane,
      building: '1',
      room: '101',
      ...placeOf(s.spot),
      founderKind: s.index % 4 === 0 ? 'ORGANISATION' : 'PERSON',
      founderName: s.index % 4 === 0 ? '示例教育公司' : `${surnameOf(x)}某`,
      founderIdentityNumber: null,
      founderPhone: `1380000${String(x % 10_000).padStart(4, '0')}`,
      capacity,
      enrolled: closed ? 0 : s.index % 7 === 3 ? capacity + 40 : capacity - (x % 60),
      gradesFrom: 1,
      gradesTo: s.index % 3 === 0 ? 9 : 6,
      teachers,
      qualifiedTeachers: Math.floor(teachers * 0.7),
      licenceStatus: licenceStates[s.index % licenceStates.length],
    };
  }
}

function* licenceRows(world: World) {
  const today = dayNumber(world.today);
  for (const s of schools) {
    const state = licenceStates[s.index % licenceStates.length];
    const granted = state === 'LICENSED' || state === 'PROVISIONAL';
    const refused = state === 'UNLICENSED' && s.index % 4 === 0;
    const from = today - 400 - (h(world, s.index, 2) % 300);
    yield {
      id: seedId('schoolLicence', s.index),
      schoolId: s.id,
      licenceNo: granted ? `教民31010707${String(s.index).padStart(3, '0')}` : null,
      kind: state === 'CLOSED' ? 'CLOSE' : s.index % 3 === 0 ? 'RENEW' : 'NEW',
      status: state === 'CLOSED' ? 'CLOSING' : granted ? 'GRANTED' : refused ? 'REFUSED' : 'SITE_CHECK',
      validFrom: granted ? dateOf(from) : null,
      validTo: granted ? dateOf(from + 1095) : null,
      ...decisionOf(
        'PT-EDU',
        refused ? dateOf(today - 60) : null,
        '民办教育促进法',
        '示例:校舍不符合安全要求',
      ),
      placementPlan: state === 'CLOSED' ? '示例:全部学生转入就近公办学校' : null,
      ...placeOf(s.spot),
    };
  }
}

const areas = ['TEACHING', 'SAFETY', 'HYGIENE', 'FINANCE', 'STAFF'];
const issues = [
  'TEACHERS_UNQUALIFIED',
  'UNSAFE_BUILDING',
  'FIRE_SAFETY',
  'CANTEEN_HYGIENE',
  'SCHOOL_BUS',
  'FEES',
];

function* inspectionRows(world: World) {
  const today = dayNumber(world.today);
  for (const s of schools)
    for (let n = 0; n < 2; n++) {
      const x = h(world, s.index, 3 + n);
      const on = today - 10 - (x % 250);
      const found = (x >>> 8) % 3 === 0 ? [] : [issues[(x >>> 12) % issues.length] ?? 'FEES'];
      yield {
        id: seedId('schoolInspection', s.index, n),
        schoolId: s.id,
        occurredOn: dateOf(on),
        areas: [areas[x % areas.length] ?? 'TEACHING', areas[(x + 1) % areas.length] ?? 'SAFETY'],
        score: 60 + ((x >>> 16) % 40),
        issues: found,
        rectifyBy: found.length > 0 ? dateOf(on + 30) : null,
        rectifiedOn: found.length > 0 && x % 2 === 0 ? dateOf(Math.min(on + 25, today)) : null,
        ...placeOf(s.spot),
      };
    }
}

function* trainingRows(world: World) {
  const today = dayNumber(world.today);
  for (const s of schools) {
    const x = h(world, s.index, 5);
    yield {
      id: seedId('principalTraining', s.index),
      schoolId: s.id,
      principalName: `${surnameOf(x)}校长`,
      course: ['QUALIFICATION', 'ADVANCED', 'SAFETY'][s.index % 3],
      hours: 40 + (x % 200),
      passed: x % 6 !== 0,
      occurredOn: dateOf(today - 30 - (x % 300)),
      ...placeOf(s.spot),
    };
  }
}

const states = ['ENROLLED', 'ENROLLED', 'ENROLLED', 'PLACED', 'TRANSFERRED', 'LEFT', 'WAITING', 'APPLIED'];

/** Those of school age who live with a guardian; six in ten at a public school. */
function* enrolmentRows(world: World) {
  for (const { child, guardian } of childrenOf(world, 6, 16)) {
    const x = h(world, child.index, 6);
    const status = states[x % states.length] ?? 'APPLIED';
    const placed = status !== 'WAITING' && status !== 'APPLIED';
    const publicSchool = (x >>> 8) % 10 < 6;
    const proofs = [
      ...(guardian.permit?.status === 'ACTIVE' ? ['PERMIT_VALID'] : []),
      ...(world.dwelling(child.dwelling).leased && world.dwelling(child.dwelling).filed
        ? ['LEASE_FILED']
        : []),
      ...(x % 5 === 0 ? [] : ['VACCINATION_CARD']),
    ];
    yield {
      id: seedId('childEnrolment', child.index),
      childId: child.id,
      guardianId: guardian.id,
      schoolId: placed && !publicSchool ? (schools[(x >>> 12) % schools.length]?.id ?? null) : null,
      publicSchool: placed && publicSchool ? `示例公办小学${1 + ((x >>> 12) % 20)}` : null,
      grade: Math.min(9, Math.max(1, child.ageYears - 5)),
      schoolYear: '2006-2007',
      status,
      proofsSeen: proofs,
    };
  }
}

/** Fills the education bureau's store. */
export const seedEducation: Seed = async (world, sink) => {
  await sink(t.migrantSchools, schoolRows(world));
  await sink(t.schoolLicences, licenceRows(world));
  await sink(t.schoolInspections, inspectionRows(world));
  await sink(t.principalTrainings, trainingRows(world));
  await sink(t.childEnrolments, enrolmentRows(world));
};

import * as t from '../src/departments/health/tables.ts';
import { demoCoordinatorId } from '../src/identity/personas.ts';
import type { Seed } from './load.ts';
import { placeOfPremises, premisesOf } from './world/businesses.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { childrenBy, guardianOf } from './world/families.ts';
import { nameOf } from './world/names.ts';
import { hash } from './world/random.ts';
import { at, coordinatorAt, decisionOf, markets, schools, sitesOf } from './world/sites.ts';
import { spotOf } from './world/territory.ts';
import { personsBy, seedId, type World } from './world.ts';

const h = (world: World, index: number, field: number) => hash(world.seed, 107, index, field);

function* maternalRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of personsBy(world, 9, 2)) {
    if (p.sex !== 'FEMALE' || p.ageYears < 20 || p.ageYears > 40) continue;
    const x = h(world, p.index, 1);
    const booked = today - 5 - (x % 320);
    const weeks = 8 + ((x >>> 8) % 20);
    const delivered = booked + (40 - weeks) * 7;
    const born = delivered <= today;
    yield {
      id: seedId('maternalRecord', p.index),
      personId: p.id,
      bookedOn: dateOf(booked),
      institution: `${p.place.zh}社区卫生服务中心`,
      gestationWeeksAtBooking: weeks,
      antenatalVisits: 1 + ((x >>> 16) % 9),
      postnatalVisits: born ? (x >>> 20) % 4 : 0,
      deliveredOn: born ? dateOf(delivered) : null,
      outcome: born ? (x % 40 === 0 ? 'STILLBIRTH' : 'LIVE_BIRTH') : null,
      needsSpecialistCare: x % 11 === 0,
    };
  }
}

/** Vaccine, dose, days after birth. */
const programme = [
  ['BCG', 1, 1],
  ['HEPATITIS_B', 1, 1],
  ['HEPATITIS_B', 2, 31],
  ['POLIO', 1, 61],
  ['POLIO', 2, 92],
  ['DPT', 1, 92],
  ['HEPATITIS_B', 3, 183],
  ['MEASLES', 1, 243],
  ['JAPANESE_ENCEPHALITIS', 1, 245],
  ['DPT', 4, 550],
] as const;

function* childRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of childrenBy(world, 2, 1)) {
    if (p.ageYears >= 15) continue;
    const guardian = guardianOf(world, p);
    const birth = dayNumber(p.birthDate);
    const due = programme.filter(([, , after]) => birth + after > today);
    const given = programme.filter(([, , after]) => birth + after <= today);
    yield {
      id: seedId('childHealthRecord', p.index),
      childId: p.id,
      guardianId: guardian?.id ?? null,
      vaccinations: given.map(([vaccine, dose, after]) => ({
        vaccine,
        dose,
        givenOn: dateOf(birth + after),
      })),
      nextDueOn: due[0] ? dateOf(birth + due[0][2]) : null,
      growthChecks:
        p.ageYears < 6
          ? [
              {
                checkedOn: dateOf(today - 20),
                weightKg: 4 + Math.round(((today - birth) / 365) * 25) / 10,
                heightCm: 52 + Math.round((today - birth) / 45),
              },
            ]
          : null,
    };
  }
}

const diseases = [
  ['TUBERCULOSIS', 24],
  ['VIRAL_HEPATITIS', 24],
  ['OTHER_INFECTIOUS_DIARRHOEA', 24],
  ['MEASLES', 24],
  ['MUMPS', 24],
  ['DYSENTERY', 24],
  ['INFLUENZA', 24],
  ['SCARLET_FEVER', 24],
  ['CHOLERA', 2],
] as const;
const caseTypes = ['CLINICAL', 'LAB_CONFIRMED', 'SUSPECTED', 'LAB_CONFIRMED', 'CARRIER'];
const reportStates = ['CONFIRMED', 'REPORTED', 'CLOSED', 'CORRECTED', 'EXCLUDED'];
const instantOf = (day: number, hour: number) => `${dateOf(day)}T${String(hour).padStart(2, '0')}:15:00Z`;

/** Every fifth card is not matched: nothing on it says for certain who it is. */
function* reportRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of personsBy(world, 50, 11)) {
    const x = h(world, p.index, 2);
    const [disease, hours] = diseases[x % diseases.length] ?? diseases[0];
    const onset = today - 6 - ((x >>> 8) % 300);
    const onTime = (x >>> 4) % 8 !== 0;
    const child = p.ageYears < 15;
    const onCard = p.index % 250 === 11 ? nameOf(world.seed, p.index + 1, p.sex === 'MALE').name : p.name;
    yield {
      id: seedId('infectiousReport', p.index),
      cardNo: `310107-2007-${String(p.index).padStart(6, '0')}`,
      patientId: p.index % 250 === 11 ? null : p.id,
      snapshotName: onCard,
      snapshotSex: p.sex,
      snapshotBirthDate: p.birthDate,
      snapshotOccupationGroup: child ? '散居儿童' : '民工',
      snapshotGuardianName: child ? (guardianOf(world, p)?.name ?? null) : null,
      patientOrigin: x % 5 === 0 ? 'OTHER_PROVINCE' : 'SAME_DISTRICT',
      residenceRoad: '示例路',
      residenceLane: world.dwelling(p.dwelling).lane,
      residenceBuilding: world.dwelling(p.dwelling).building,
      residenceRoom: world.dwelling(p.dwelling).room,
      residenceNeighbourhoodCode: p.neighbourhoodCode,
      residenceSubdistrictCode: p.subdistrictCode,
      disease,
      caseType: caseTypes[(x >>> 12) % caseTypes.length],
      onsetOn: dateOf(onset),
      diagnosedAt: instantOf(onset + 2, 2),
      diedOn: p.index % 500 === 211 ? dateOf(onset + 20) : null,
      reportedAt: onTime ? instantOf(onset + 2, hours === 2 ? 3 : 9) : instantOf(onset + 4, 8),
      reportKind: x % 5 === 3 ? 'CORRECTED' : 'INITIAL',
      reportingUnit: `${p.place.zh}社区卫生服务中心`,
      status: reportStates[x % reportStates.length],
    };
  }
}

/** Places that are looked at: sites, schools, markets, some employers, some dormitories. */
function* visited(world: World) {
  for (const s of sitesOf(world))
    yield { key: s.index, place: at('CONSTRUCTION_SITE', s.name, s.spot, { siteId: s.id }) };
  for (const s of schools)
    yield { key: 100_000 + s.index, place: at('SCHOOL', s.name, s.spot, { schoolId: s.id }) };
  for (const m of markets)
    yield { key: 200_000 + m.index, place: at('MARKET', m.name, m.spot, { marketId: m.id }) };
  for (let i = 0; i < world.employers; i += 5) {
    const e = world.employer(i);
    yield { key: 300_000 + i, place: at('EMPLOYER', e.name, e, { employerId: e.id }) };
  }
  for (let i = 0; i < world.dwellings; i += 40) {
    const d = world.dwelling(i);
    if (d.usage === 'DORMITORY')
      yield {
        key: 400_000 + i,
        place: at('DORMITORY', `示例路${d.lane}弄${d.building}号`, d, { dwellingId: d.id }),
      };
  }
}

const findings = ['NONE', 'WATER', 'CANTEEN', 'TOILET', 'DORM_DENSITY', 'VECTOR', 'NO_HEALTH_CERT'];

function* visitRows(world: World) {
  const today = dayNumber(world.today);
  for (const { key, place } of visited(world)) {
    const x = h(world, key, 3);
    const finding = findings[x % findings.length] ?? 'NONE';
    const on = today - 2 - ((x >>> 8) % 200);
    yield {
      id: seedId('siteVisit', key),
      ...place,
      visitedOn: dateOf(on),
      officers: ['hlt-1', 'hlt-2'],
      assistedById: coordinatorAt(place.neighbourhoodCode, demoCoordinatorId),
      workersPresent: (x >>> 16) % 120,
      findings: finding === 'CANTEEN' ? ['CANTEEN', 'NO_HEALTH_CERT'] : [finding],
      rectifyBy: finding === 'NONE' ? null : dateOf(on + 15),
      rectifiedOn: finding !== 'NONE' && x % 2 === 0 ? dateOf(Math.min(on + 12, today)) : null,
    };
  }
}

function* outbreakRows(world: World) {
  const today = dayNumber(world.today);
  const sites = sitesOf(world);
  for (let i = 0; i < 18; i++) {
    const [school, site] = [schools[i % schools.length], sites[i % Math.max(sites.length, 1)]];
    const place =
      i % 3 === 0 && site
        ? at('CONSTRUCTION_SITE', site.name, site.spot, { siteId: site.id })
        : i % 3 === 1 && school
          ? at('SCHOOL', school.name, school.spot, { schoolId: school.id })
          : dwellingPlace(world, i);
    const closed = i % 4 !== 0;
    const opened = today - 20 - i * 13;
    yield {
      id: seedId('outbreak', i),
      disease: diseases[i % diseases.length]?.[0],
      ...place,
      openedOn: dateOf(opened),
      closedOn: closed ? dateOf(opened + 18) : null,
      status: closed ? 'CLOSED' : 'EXECUTING',
      measures: i % 2 === 0 ? ['DISINFECT', 'INFORM'] : ['VACCINATE', 'MEDICAL_OBSERVATION'],
    };
  }
}

function dwellingPlace(world: World, i: number) {
  const d = world.dwelling((i * 31) % world.dwellings);
  return at('DWELLING', `示例路${d.lane}弄`, d, { dwellingId: d.id });
}

const topics = ['INFECTIOUS_DISEASE', 'VACCINATION', 'MATERNAL_CHILD', 'FOOD_AND_WATER', 'HEALTH_AT_WORK'];

function* educationRows(world: World) {
  const today = dayNumber(world.today);
  for (let i = 0; i < 54; i++)
    yield {
      id: seedId('healthEducation', i),
      topic: topics[i % topics.length],
      ...at('OTHER', `示例路${spotOf(i).lane}弄居委会活动室`, spotOf(i)),
      occurredOn: dateOf(today - 2 - i * 5),
      attendance: 20 + ((i * 13) % 100),
    };
}

const caseStates = ['INVESTIGATING', 'DECIDED', 'CLOSED', 'UNDER_REMEDY', 'ACCEPTED'];
const partners = ['PT-PSB', 'PT-AIC'];

/** In lanes, in small premises, in dwellings, one after the other. */
function* caseRows(world: World) {
  const today = dayNumber(world.today);
  const premises = premisesOf(world);
  for (let i = 0; i < 36; i++) {
    const d = world.dwelling((i * 17) % world.dwellings);
    const found = i % 3 === 1 ? premises.next().value : undefined;
    const status = caseStates[i % caseStates.length] ?? 'ACCEPTED';
    const accepted = today - 15 - i * 7;
    const decided = status === 'INVESTIGATING' || status === 'ACCEPTED' ? null : dateOf(accepted + 14);
    const firm = i % 9 === 8;
    yield {
      id: seedId('unlicensedPractice', i),
      caseNo: `PTHLT2007${String(i).padStart(4, '0')}`,
      ...(i % 3 === 2 || (i % 3 === 1 && !found)
        ? at('DWELLING', `示例路${d.lane}弄${d.building}号`, d, { dwellingId: d.id })
        : found
          ? placeOfPremises(found)
          : at('OTHER', `示例路${spotOf(i).lane}弄`, spotOf(i))),
      acceptedOn: dateOf(accepted),
      operatorKind: firm ? 'ORGANISATION' : 'PERSON',
      operatorName: firm ? '示例诊所' : nameOf(world.seed, i, i % 2 === 0).name,
      operatorIdentityNumber: null,
      operatorPhone: `1380000${String(i * 37).padStart(4, '0')}`,
      ...decisionOf('PT-HLT', decided, '执业医师法第三十九条', '示例:未取得执业许可行医'),
      status,
      jointUnits: [
        ...(i % 3 === 0 ? [partners[i % 2] ?? ''] : []),
        ...(status === 'UNDER_REMEDY' ? ['PT-LAO'] : []),
      ],
    };
  }
}

/** Fills the health bureau's store. No grant is in force for an outbreak. */
export const seedHealth: Seed = async (world, sink) => {
  await sink(t.maternalRecords, maternalRows(world));
  await sink(t.childHealthRecords, childRows(world));
  await sink(t.infectiousReports, reportRows(world));
  await sink(t.outbreakResponses, outbreakRows(world));
  await sink(t.epidemicSiteVisits, visitRows(world));
  await sink(t.healthEducationSessions, educationRows(world));
  await sink(t.unlicensedPracticeCases, caseRows(world));
};

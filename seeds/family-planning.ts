import * as t from '../src/departments/family-planning/tables.ts';
import type { Seed } from './load.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { dwellingOf } from './world/persons.ts';
import { places } from './world/places.ts';
import { hash } from './world/random.ts';
import { isDemoArea, territoryOf } from './world/territory.ts';
import { type Person, personsBy, seedId, type World } from './world.ts';

/** Whom the sub-district has come to: every third person, and all in the area of the demonstration's coordinator. */
function* checked(world: World): Generator<Person> {
  for (let i = 0; i < world.size; i++)
    if (i % 3 === 0 || isDemoArea(world.dwelling(dwellingOf(i)).neighbourhoodCode)) yield world.person(i);
}
/** Women whose certificate is asked for; of men it is noted that none is needed. */
const isAsked = (p: Person) => p.sex === 'FEMALE' && p.ageYears >= 18 && p.ageYears <= 49;
const h = (world: World, p: Person, field: number) => hash(world.seed, 100, p.index, field);

/** One in six was not shown, one in ten has run out. */
function resultOf(world: World, p: Person): 'VALID' | 'MISSING' | 'EXPIRED' | 'MISMATCH' {
  const n = h(world, p, 1) % 60;
  return n < 10 ? 'MISSING' : n < 16 ? 'EXPIRED' : n === 16 ? 'MISMATCH' : 'VALID';
}

function* certificateRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of checked(world)) {
    const result = resultOf(world, p);
    if (!isAsked(p) || result === 'MISSING') continue;
    const issued = dayNumber(p.arrivedShanghaiOn) - 30 - (h(world, p, 2) % 300);
    const lapsed = result === 'EXPIRED';
    yield {
      id: seedId('certificate', p.index),
      certificateNo: `HY${p.hukouDivision}${String(p.index).padStart(8, '0')}`,
      holderId: p.id,
      issuingDivision: p.hukouDivision,
      issuedOn: dateOf(lapsed ? Math.min(issued, today - 1130) : issued),
      validTo: lapsed ? dateOf(today - 30 - (p.index % 300)) : dateOf(today + 60 + (p.index % 900)),
      ...territoryOf(p),
    };
  }
}

function* checkRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of checked(world)) {
    const asked = isAsked(p);
    if (!asked && (p.ageYears < 18 || p.index % 30 !== 0)) continue;
    const result = asked ? resultOf(world, p) : 'NOT_APPLICABLE';
    // Within thirty days of arrival.
    const on = Math.min(dayNumber(p.arrivedHereOn) + 5 + (p.index % 25), today - 1);
    const open = result === 'MISSING' || result === 'EXPIRED';
    yield {
      id: seedId('certificateCheck', p.index),
      personId: p.id,
      checkedById: `PT-SUB-${p.place.number}`,
      result,
      checkedOn: dateOf(on),
      followUpBy: open ? dateOf(on + 30) : null,
      noticeGiven: open || p.index % 4 === 0,
      ...territoryOf(p),
    };
  }
}

function* recordRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of personsBy(world, 6)) {
    if (!isAsked(p)) continue;
    const n = h(world, p, 3);
    const consents = n % 3 !== 0;
    yield {
      id: seedId('familyPlanningRecord', p.index),
      personId: p.id,
      childrenCount: p.maritalStatus === '10' ? 0 : (n >>> 4) % 3,
      certificateId: resultOf(world, p) === 'MISSING' ? null : seedId('certificate', p.index),
      serviceContactName: consents ? p.name : null,
      serviceContactRelation: consents ? 'SELF' : null,
      serviceContactPhone: consents ? p.mobilePhone : null,
      homeCommission: `${p.hukouDivision}计生委`,
      consentOn: consents ? p.arrivedHereOn : null,
      nextServiceOn: (n >>> 8) % 4 === 0 ? dateOf(today + 7 + ((n >>> 12) % 60)) : null,
      updatedOn: dateOf(today - 1 - ((n >>> 16) % 200)),
      ...territoryOf(p),
    };
  }
}

const services = ['COUNSELLING', 'FREE_SUPPLIES', 'CHECK_UP', 'HEALTHY_BIRTH_ADVICE'];

function* serviceRows(world: World) {
  for (const p of personsBy(world, 12)) {
    if (!isAsked(p)) continue;
    const arrived = dayNumber(p.arrivedHereOn);
    yield {
      id: seedId('familyPlanningService', p.index),
      personId: p.id,
      consentOn: p.arrivedHereOn,
      kind: services[h(world, p, 4) % services.length],
      occurredOn: dateOf(Math.min(arrived + (h(world, p, 5) % 120), dayNumber(world.today))),
      provider: `${p.place.zh}社区卫生服务中心`,
    };
  }
}

const noticeStates = ['SENT', 'ACKNOWLEDGED', 'INFORMED', 'DRAFT', 'ACKNOWLEDGED', 'WITHDRAWN'];

function* noticeRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of personsBy(world, 24)) {
    if (!isAsked(p) || p.ageYears > 38) continue;
    const n = h(world, p, 6);
    const status = noticeStates[n % noticeStates.length] ?? 'DRAFT';
    const told = today - 40 - ((n >>> 8) % 150);
    const sent = status === 'SENT' || status === 'ACKNOWLEDGED';
    yield {
      id: seedId('pregnancyNotice', p.index),
      personId: p.id,
      toDivision: p.hukouDivision,
      informedOn: status === 'DRAFT' ? null : dateOf(told),
      sentOn: sent ? dateOf(told + 2) : null,
      acknowledgedOn: status === 'ACKNOWLEDGED' ? dateOf(told + 20) : null,
      status,
    };
  }
}

/** Departments that take part in joint checks (clause FPC-d), in turn. */
const partners = ['PT-PSB', 'PT-LSS', 'PT-HLR', 'PT-CIV', 'PT-AIC'];

function* jointCheckRows(world: World) {
  const today = dayNumber(world.today);
  for (let i = 0; i < 27; i++) {
    const place = places[i % places.length] ?? places[0]!;
    const next = places[(i + 1) % places.length] ?? place;
    const done = i < 22;
    yield {
      id: seedId('jointCheck', i),
      title: `${place.zh}联合查验${i + 1}`,
      plannedOn: dateOf(today + (done ? -300 + i * 13 : i - 15)),
      participantCodes: [
        'PT-FPC',
        `PT-SVB-${place.number}`,
        partners[i % 5] ?? '',
        partners[(i + 2) % 5] ?? '',
      ],
      territory: i % 2 === 0 ? [place.code, next.code] : [place.code],
      legalBasis: '流动人口计划生育工作管理办法',
      checkedCount: done ? 20 + ((i * 7) % 40) : null,
      issuesCount: done ? i % 9 : null,
    };
  }
}

const topics = ['CONTRACEPTION', 'HEALTHY_BIRTH', 'REPRODUCTIVE_HEALTH', 'RIGHTS_AND_SERVICES'];

function* activityRows(world: World) {
  const today = dayNumber(world.today);
  for (let i = 0; i < 54; i++) {
    const place = places[i % places.length] ?? places[0]!;
    yield {
      id: seedId('familyPlanningActivity', i),
      topic: topics[i % topics.length],
      occurredOn: dateOf(today - 3 - i * 6),
      subdistrictCode: place.code,
      participantCodes: ['PT-FPC', `PT-SVB-${place.number}`, partners[i % 5] ?? ''],
      attendance: 15 + ((i * 11) % 90),
    };
  }
}

/** Fills the family planning commission's store. */
export const seedFamilyPlanning: Seed = async (world, sink) => {
  await sink(t.marriageFertilityCertificates, certificateRows(world));
  await sink(t.certificateChecks, checkRows(world));
  await sink(t.familyPlanningRecords, recordRows(world));
  await sink(t.familyPlanningServices, serviceRows(world));
  await sink(t.pregnancyNotices, noticeRows(world));
  await sink(t.jointCheckActions, jointCheckRows(world));
  await sink(t.familyPlanningActivities, activityRows(world));
};

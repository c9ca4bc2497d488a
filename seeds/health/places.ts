import { demoCoordinatorId } from '../../src/identity/personas.ts';
import { placeOfPremises, premisesOf } from '../world/businesses.ts';
import { dateOf, dayNumber } from '../world/dates.ts';
import { nameOf } from '../world/names.ts';
import { hash } from '../world/random.ts';
import { at, coordinatorAt, decisionOf, markets, schools, sitesOf } from '../world/sites.ts';
import { spotOf } from '../world/territory.ts';
import { seedId, type World } from '../world.ts';
import { diseases } from './diseases.ts';

const h = (world: World, index: number, field: number) => hash(world.seed, 107, index, field);

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

export function* visitRows(world: World) {
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

export function* outbreakRows(world: World) {
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

export function* educationRows(world: World) {
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
export function* caseRows(world: World) {
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

import * as t from '../src/departments/comprehensive-management/tables.ts';
import type { Seed } from './load.ts';
import { type Premises, placeOfPremises, premisesOf } from './world/businesses.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { gravelyFaulted } from './world/patrols.ts';
import { places } from './world/places.ts';
import { hash } from './world/random.ts';
import { at, markets, schools, sitesOf } from './world/sites.ts';
import { spotOf } from './world/territory.ts';
import { personsBy, seedId, type World } from './world.ts';

/** A matter and its place: of each kind in turn. */
const kinds = ['RENTAL_CLUSTER', 'MARKET_ORDER', 'SITE_ORDER', 'UNLICENSED_TRADE', 'TRAFFIC', 'OTHER'];
const titles = ['群租整治', '市场秩序整治', '工地周边秩序整治', '无证经营整治', '交通乱点整治', '环境整治'];
/** Departments that take part besides the office, in turn: those that the kind concerns come first. */
const partners = [
  ['PT-HLR', 'PT-PSB', 'PT-FPC', 'PT-CMO'],
  ['PT-AIC', 'PT-HLT', 'PT-WOF', 'PT-CMO'],
  ['PT-CON', 'PT-LSS', 'PT-HLT', 'PT-JUS'],
  ['PT-AIC', 'PT-HLT', 'PT-LSS', 'PT-CIV'],
  ['PT-PSB', 'PT-CON', 'PT-EDU', 'PT-CIV'],
  ['PT-EDU', 'PT-CIV', 'PT-JUS', 'PT-WOF'],
];
const states = ['OPEN', 'ASSIGNED', 'IN_PROGRESS', 'IN_PROGRESS', 'DONE', 'REVIEWED', 'CLOSED', 'CLOSED'];
const lastsDays = 90;

interface Matter {
  readonly i: number;
  readonly kind: number;
  readonly status: string;
  /** Day number. */
  readonly opened: number;
  readonly where: Where;
  readonly participants: readonly string[];
}

type Where = ReturnType<typeof at>;

/** Places of a kind of matter; premises and dwellings are looked at up to so many. */
const mostPremises = 200;
const mostDwellings = 100;
function whereOf(world: World): (kind: number, n: number) => Where {
  const sites = sitesOf(world);
  const dwellings = gravelyFaulted(world, mostDwellings);
  const premises: Premises[] = [];
  for (const one of premisesOf(world)) if (premises.push(one) >= mostPremises) break;
  return (kind, n) => {
    const spot = spotOf(n);
    const elsewhere = at('OTHER', `示例路${spot.lane}弄周边`, spot);
    const [site, shop, market, school] = [of(sites, n), of(premises, n), of(markets, n), of(schools, n)];
    const dwelling = of(dwellings, n);
    if (kind === 0 && dwelling)
      return at('DWELLING', `${dwelling.road}${dwelling.lane}弄`, dwelling, { dwellingId: dwelling.id });
    if (kind === 1 && market) return at('MARKET', market.name, market.spot, { marketId: market.id });
    if (kind === 2 && site) return at('CONSTRUCTION_SITE', site.name, site.spot, { siteId: site.id });
    if (kind === 3 && shop) return placeOfPremises(shop);
    if (kind === 4 && school) return at('SCHOOL', school.name, school.spot, { schoolId: school.id });
    if (kind === 5 && n % 2 === 0 && world.employers > 0) {
      const e = world.employer((n * 5) % world.employers);
      return at('EMPLOYER', e.name, e, { employerId: e.id });
    }
    return elsewhere;
  };
}
const of = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(list.length, 1)];

function* matters(world: World): Generator<Matter> {
  const today = dayNumber(world.today);
  const count = 54 + Math.floor(world.size / 400);
  const pick = whereOf(world);
  for (let i = 0; i < count; i++) {
    const kind = i % kinds.length;
    const h = hash(world.seed, 150, i, 1);
    const where = pick(kind, Math.floor(i / kinds.length));
    const number = where.subdistrictCode.slice(6);
    const two = partners[kind]?.filter((_, n) => n === i % 4 || n === (i + 1) % 4) ?? [];
    yield {
      i,
      kind,
      status: states[(h >>> 8) % states.length] ?? 'OPEN',
      opened: today - 5 - ((h >>> 16) % 300) - ((h >>> 8) % states.length > 5 ? lastsDays : 0),
      where,
      participants: ['PT-CSO', `PT-SUB-${number}`, `PT-SVB-${number}`, where.stationCode, ...two],
    };
  }
}

const nameOfPlace = new Map(places.map(({ code, zh }) => [code, zh]));

function* matterRows(world: World) {
  for (const m of matters(world))
    yield {
      id: seedId('governanceMatter', m.i),
      title: `${nameOfPlace.get(m.where.subdistrictCode)}${titles[m.kind]}(${m.i + 1})`,
      kind: kinds[m.kind],
      ...m.where,
      participantCodes: m.participants,
      leadId: m.participants[m.i % 3 === 0 ? 0 : 1],
      status: m.status,
      openedOn: dateOf(m.opened),
      closedOn: m.status === 'CLOSED' ? dateOf(m.opened + lastsDays) : null,
    };
}

const steps = ['现场排查,登记场所情况', '联合执法检查', '公示整治结果'];

/** Three steps a matter; in one of nine the second is late, which users look for. */
function* actionRows(world: World) {
  const today = dayNumber(world.today);
  for (const m of matters(world))
    for (const [n, what] of steps.entries()) {
      const due = m.opened + 20 + n * 25;
      const isDone =
        m.status === 'CLOSED' || m.status === 'REVIEWED' || (due < today && !(n === 1 && m.i % 9 === 4));
      yield {
        id: seedId('governanceAction', m.i, n),
        matterId: seedId('governanceMatter', m.i),
        unitId: m.participants[n === 0 ? 1 : m.participants.length - n],
        what,
        dueOn: dateOf(due),
        doneOn: isDone ? dateOf(Math.min(due - 2, today)) : null,
      };
    }
}

const activityKinds = ['PATROL', 'ENTRANCE_WATCH', 'PUBLICITY', 'FIRE_DRILL'];

function* safetyRows(world: World) {
  const today = dayNumber(world.today);
  for (let i = 0; i < 90; i++) {
    const spot = spotOf(i);
    yield {
      id: seedId('safetyActivity', i),
      kind: activityKinds[i % 4],
      ...at('OTHER', `示例路${spot.lane}弄`, spot),
      occurredOn: dateOf(today - 2 - i * 3),
      volunteers: i % 13 === 5 ? null : 6 + ((i * 7) % 40),
    };
  }
}

const topics = ['LAW', 'SAFETY', 'SPORTS_CULTURE', 'VOCATIONAL'];
const hosts = ['PT-EDU', 'PT-JUS', 'PT-PSB', 'PT-WOF', 'PT-FPC', 'PT-LSS'];
const moreHosts = ['PT-HLR', 'PT-HLT', 'PT-CIV', 'PT-CON', 'PT-AIC', 'PT-CMO'];

function* youthActivityRows(world: World) {
  const today = dayNumber(world.today);
  for (let i = 0; i < 63; i++) {
    const spot = spotOf(i);
    const school = of(schools, i);
    yield {
      id: seedId('youthActivity', i),
      topic: topics[i % 4],
      ...(i % 3 === 0 && school
        ? at('SCHOOL', school.name, school.spot, { schoolId: school.id })
        : at('OTHER', `${spot.place.zh}社区文化活动中心`, spot)),
      participantCodes: [
        'PT-CSO',
        `PT-SUB-${spot.place.number}`,
        `PT-SVB-${spot.place.number}`,
        hosts[i % 6],
        moreHosts[Math.floor(i / 9) % 6],
      ],
      occurredOn: dateOf(today - 4 - i * 5),
      attendance: 20 + ((i * 11) % 70),
    };
  }
}

const goals = ['BACK_TO_SCHOOL', 'LEARN_A_TRADE', 'FAMILY_RELATIONS', 'MAKE_GOOD'];
const supports = ['COUNSELLING', 'LESSONS', 'TRAINING', 'PARENT_SUPPORT'];
const planStates = ['RUNNING', 'CONSENTED', 'REVIEWED', 'ENDED', 'RUNNING', 'SEALED'];

/** The office has two youth officers; each has plans of its own. */
function* planRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of personsBy(world, 5, 2)) {
    if (p.ageYears < 7 || p.ageYears > 17 || p.departedOn !== null) continue;
    const n = Math.floor(p.index / 5);
    const h = hash(world.seed, 154, p.index, 1);
    const status = planStates[h % planStates.length] ?? 'RUNNING';
    const started = today - 20 - ((h >>> 8) % 200);
    const isOver = status === 'ENDED' || status === 'SEALED';
    yield {
      id: seedId('youthHelpPlan', p.index),
      youngId: p.id,
      ageAtStart: p.ageYears - (today - started > 182 ? 1 : 0),
      basis: (h >>> 16) % 3 === 0 ? 'RECORDED_CASE_REFERRAL' : 'FAMILY_REQUEST',
      guardianConsentOn: dateOf(started - 3),
      officerId: n % 3 === 2 ? 'PT-CSO/youth-2' : 'demo-cso',
      goals: [goals[h & 3], goals[(h + 1) & 3]],
      supports: [supports[(h >>> 4) & 3]],
      startsOn: dateOf(started),
      reviewOn: dateOf(started + 90),
      endsOn: isOver ? dateOf(started + 95) : null,
      status,
      isSealed: status === 'SEALED',
    };
  }
}

/** Fills the comprehensive-management office's store. */
export const seedComprehensiveManagement: Seed = async (world, sink) => {
  await sink(t.governanceMatters, matterRows(world));
  await sink(t.governanceActions, actionRows(world));
  await sink(t.communitySafetyActivities, safetyRows(world));
  await sink(t.youthPreventionActivities, youthActivityRows(world));
  await sink(t.youthHelpPlans, planRows(world));
};

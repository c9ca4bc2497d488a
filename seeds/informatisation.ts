import * as t from '../src/departments/informatisation/tables.ts';
import type { Seed } from './load.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { hash } from './world/random.ts';
import { personsBy, seedId, type World } from './world.ts';

/** Store and unit of each system, and the schedule by which the register exchanges with it. */
const systems = [
  ['public_security', 'PT-PSB', '实有人口信息管理系统', '0 2 1 * *'],
  ['permits', 'PT-PSB', '居住证信息管理系统', '0 * * * *'],
  ['housing', 'PT-HLR', '房屋租赁备案系统', '0 3 1 * *'],
  ['labour', 'PT-LSS', '外来从业人员综合保险系统', '30 3 1 * *'],
  ['coordinators', 'PT-SVC', '社区综合协管队伍管理系统', '0 1 * * *'],
  ['family_planning', 'PT-FPC', '流动人口计划生育信息系统', '0 4 1 * *'],
  ['health', 'PT-HLT', '公共卫生信息系统', '15 4 1 * *'],
  ['education', 'PT-EDU', '义务教育学籍系统', '0 5 1 3,9 *'],
  ['civil_affairs', 'PT-CIV', '民政业务系统', '0 5 1 * *'],
  ['construction', 'PT-CON', '建筑工地管理系统', '30 5 1 * *'],
  ['commerce', 'PT-AIC', '工商登记系统', '0 6 * * 1'],
  ['comprehensive_management', 'PT-CSO', '综治信息系统', '0 6 1 * *'],
  ['finance', 'PT-FIN', '预算执行系统', '0 7 1 */3 *'],
  ['personnel', 'PT-PER', '人才引进受理系统', '0 * * * *'],
  ['legal_affairs', 'PT-LAO', '行政执法监督系统', '0 7 1 * *'],
  ['womens_federation', 'PT-WOF', '妇女维权服务系统', '0 8 1 * *'],
  ['justice', 'PT-JUS', '法律援助系统', '30 8 1 * *'],
  ['cooperation', 'PT-COP', '驻沪机构联络系统', '0 9 1 * *'],
  ['informatisation', 'PT-ITC', '人口综合管理信息系统', '0 0 * * *'],
] as const;
const integrated = systems.length - 1;

function* systemRows() {
  for (const [i, [store, ownerId, name]] of systems.entries())
    yield {
      id: seedId('informationSystem', i),
      name,
      ownerId,
      endpoint: i % 7 === 5 ? null : `https://${store.replaceAll('_', '-')}.example.invalid/exchange`,
      status: i === integrated ? 'PLANNED' : i % 9 === 4 ? 'DEGRADED' : 'RUNNING',
    };
}

const results = ['SUCCEEDED', 'SUCCEEDED', 'PARTLY', 'SUCCEEDED', 'FAILED'];

/** Each store gives to the integrated system; permits also to the register. One has never run. */
function* jobRows(world: World) {
  const today = dayNumber(world.today);
  const pairs = systems.slice(0, integrated).map((_, i) => [i, integrated] as const);
  for (const [i, [from, to]] of [...pairs, [1, 0] as const].entries()) {
    const [source, target] = [systems[from], systems[to]];
    const hasRun = i !== 7;
    yield {
      id: seedId('exchangeJob', i),
      fromSystemId: seedId('informationSystem', from),
      toSystemId: seedId('informationSystem', to),
      ownerCodes: [...new Set([source?.[1], target?.[1]])],
      schedule: source?.[3],
      lastRunAt: hasRun ? `${dateOf(today - (i % 28))}T19:10:00Z` : null,
      rows: hasRun && results[i % 5] !== 'FAILED' ? 40 + Math.floor(world.size / (2 + (i % 6))) : null,
      result: hasRun ? results[i % 5] : null,
    };
  }
}

/** Stores whose keys are matched; none of those that keep secret records of persons. */
const matched = [1, 2, 3] as const;
const methods = [
  'EXACT_ID',
  'EXACT_ID',
  'EXACT_ID',
  'PERMIT_NO',
  'NAME_DOB_HUKOU',
  'EXACT_ID',
  'MANUAL',
  'EXACT_ID',
];
const hex = (n: number) => n.toString(16).padStart(8, '0');

/** One in twenty persons. The hashes are made up: the synthetic district has no key. */
function* crosswalkRows(world: World) {
  for (const p of personsBy(world, 20, 3))
    for (const n of matched) {
      const [store, unit] = systems[n];
      const h = hash(world.seed, 175, p.index, n);
      const method = methods[h & 7];
      const isExact = method === 'EXACT_ID';
      const confidence = isExact ? 1000 : 880 + ((h >>> 8) % 119);
      const isReviewed = method === 'MANUAL' || (confidence < 950 && (h >>> 16) % 3 !== 0);
      let localKeyHash = '';
      for (let k = 0; k < 8; k++) localKeyHash += hex(hash(world.seed, 176 + n, p.index, k));
      yield {
        id: seedId('crosswalk', p.index, n),
        store,
        storeUnitId: unit,
        localKeyHash,
        personId: p.id,
        method,
        confidence: (confidence / 1000).toFixed(3),
        reviewedBy: isReviewed ? 'PT-ITC/matching' : null,
      };
    }
}

const rules = ['ID_CHECKSUM', 'SEX_MISMATCH', 'DUPLICATE', 'ADDRESS_UNRESOLVED', 'STALE', 'UNMATCHED'];

function* issueRows(world: World) {
  const today = dayNumber(world.today);
  for (const [i, [store, unit]] of systems.entries())
    for (let n = 0; n < 2; n++)
      yield {
        id: seedId('qualityIssue', i, n),
        store,
        rule: rules[(i + n * 3) % rules.length],
        count: (hash(world.seed, 179, i, n) % 200) + 1,
        ownerUnitId: unit,
        dueOn: (i + n) % 9 === 8 ? null : dateOf(today - 10 + ((i * 7 + n * 11) % 60)),
      };
}

/** Fills the informatisation commission's store. */
export const seedInformatisation: Seed = async (world, sink) => {
  await sink(t.informationSystems, systemRows());
  await sink(t.dataExchangeJobs, jobRows(world));
  await sink(t.migrantCrosswalks, crosswalkRows(world));
  await sink(t.dataQualityIssues, issueRows(world));
};

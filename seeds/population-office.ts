import type { StoredScore } from '../src/departments/population-office/tables.ts';
import * as t from '../src/departments/population-office/tables.ts';
import type { Seed } from './load.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { places } from './world/places.ts';
import { hash } from './world/random.ts';
import { seedId, type World } from './world.ts';

/** The nineteen member departments, as units. */
const departments = 'DRC FPC PSB LSS CSO HLR ITC FIN PER EDU HLT CIV CON AIC CMO LAO WOF JUS COP'
  .split(' ')
  .map((code) => `PT-${code}`);
const subdistricts = places.map(({ number }) => `PT-SUB-${number}`);
const stations = places.flatMap((place) => place.stations);
/** Whoever may be inspected or given a matter. */
const units = [...departments, 'PT-SVC', ...subdistricts, ...stations];

const policies = [
  ['普府办〔2007〕16号', '关于进一步完善本区来沪人员管理体制的实施方案', 'NOTICE', '2007-03-01', null, 5],
  [null, '来沪人员信息采集登记工作方案(示例)', 'PLAN', '2007-02-10', '2007-12-31', 20],
  [null, '居住房屋租赁登记备案推进措施(示例)', 'MEASURE', '2006-09-01', '2007-06-30', 55],
  [null, '社区综合协管队伍组建方案(示例)', 'PLAN', '2007-02-28', '2007-09-30', 10],
  // Not done in time, which users look for.
  [null, '来沪从业人员综合保险扩面措施(示例)', 'MEASURE', '2006-05-15', '2007-01-31', 70],
  [null, '人口综合调控意见和建议(示例)', 'PROPOSAL', '2006-12-20', null, null],
] as const;

/** The first is everybody's; of the others each unit carries out some. */
function* policyRows() {
  for (const [i, [docNo, title, kind, issuedOn, dueOn, progress]] of policies.entries())
    yield {
      id: seedId('policyMeasure', i),
      docNo,
      title,
      kind,
      issuedOn,
      responsibleCodes:
        i === 0 ? ['PT-POP', ...units] : ['PT-POP', ...units.filter((_, n) => n % 5 === i % 5)],
      dueOn,
      progress,
    };
}

const subjects = [
  '部门数据共享口径',
  '窗口人员培训安排',
  '租赁备案现场核实分工',
  '协管队伍工作衔接',
  '联合检查计划安排',
];
const states = ['OPEN', 'ASSIGNED', 'IN_PROGRESS', 'DONE', 'REVIEWED', 'CLOSED', 'IN_PROGRESS'];

/** Two a unit: it raises one and is given another. */
function* matterRows(world: World) {
  const today = dayNumber(world.today);
  for (const [i, unit] of units.entries())
    for (let n = 0; n < 2; n++) {
      const h = hash(world.seed, 168, i, n);
      const other = units[(i + 1 + (h % (units.length - 1))) % units.length] ?? 'PT-POP';
      const status = states[(h >>> 8) % states.length] ?? 'OPEN';
      yield {
        id: seedId('coordinationMatter', i, n),
        subject: `${subjects[(h >>> 16) % subjects.length]}(${i + 1}-${n + 1})`,
        raisedById: n === 0 ? unit : 'PT-POP',
        assignedToCodes: n === 0 ? [other] : [unit, other],
        dueOn: (h >>> 4) % 8 === 0 ? null : dateOf(today - 20 + ((h >>> 20) % 90)),
        status,
      };
    }
}

const findings = ['NONE', 'DATA_LATE', 'DATA_WRONG', 'MEASURE_BEHIND', 'UNDERSTAFFED', 'REMEDY_NOT_TOLD'];

function* inspectionRows(world: World) {
  const today = dayNumber(world.today);
  for (const [i, unit] of units.entries())
    for (let n = 0; n < 2; n++) {
      const h = hash(world.seed, 169, i, n);
      const on = today - 10 - ((h >>> 8) % 200);
      // The first of each unit found something, so that each has something to put right.
      const found = findings[n === 0 ? 1 + (h % 5) : h % 6] ?? 'NONE';
      yield {
        id: seedId('supervisionInspection', i, n),
        targetId: unit,
        occurredOn: dateOf(on),
        findings: found === 'DATA_LATE' ? ['DATA_LATE', 'DATA_WRONG'] : [found],
        rectifyBy: found === 'NONE' ? null : dateOf(on + 30),
        closedOn: found === 'NONE' || (h >>> 16) % 3 === 0 ? dateOf(Math.min(on + 25, today)) : null,
      };
    }
}

/** Weights in per cent: a hundred together. */
const weights = [
  ['REGISTRATION_TIMELINESS', 25],
  ['REGISTRATION_ACCURACY', 25],
  ['SERVICE_ON_TIME', 20],
  ['MEASURES_DONE', 20],
  ['COMPLAINTS_SETTLED', 10],
] as const;

/** The half-years of last year are published; the one that runs is only scored, or not yet. */
const periods = ['2006H1', '2006H2', '2007H1'] as const;
const publishedOn = ['2006-08-20', '2007-02-15', null] as const;

function* assessmentRows(world: World) {
  const assessed = [...departments, 'PT-SVC', ...subdistricts, ...stations];
  for (const [i, target] of assessed.entries())
    for (const [n, period] of periods.entries()) {
      const h = hash(world.seed, 170, i, n);
      const open = publishedOn[n] === null;
      const isScored = !open || h % 2 === 0;
      // Scores in tenths: the level of a unit, and a few more or less.
      const tenths = weights.map((_, k) =>
        Math.min(1000, 540 + ((h >>> 4) % 420) + ((h >>> (k * 4)) & 15) * 4),
      );
      const scores = weights.map(
        ([indicator, weight], k): StoredScore => ({
          indicator,
          weight,
          score: ((tenths[k] ?? 0) / 10).toFixed(1),
          evidence: k === 3 ? '示例:督查台账' : null,
        }),
      );
      const thousandths = weights.reduce((sum, [, weight], k) => sum + weight * (tenths[k] ?? 0), 0);
      const status = !open ? 'PUBLISHED' : isScored ? 'SCORED' : h % 4 === 1 ? 'SELF_REPORTED' : 'OPEN';
      yield {
        id: seedId('unitAssessment', i, n),
        targetId: target,
        period,
        scheme: '来沪人员服务管理考核办法(示例)',
        selfReport: status === 'OPEN' ? null : '示例自评:各项措施按期完成',
        scores: isScored ? scores : [],
        total: isScored ? (Math.floor((thousandths + 5) / 10) / 100).toFixed(2) : null,
        scoredOn: isScored ? (publishedOn[n] ?? world.today) : null,
        comment: publishedOn[n] && h % 3 === 0 ? '示例意见:请复核一项得分' : null,
        status,
        publishedOn: publishedOn[n],
      };
    }
}

/** Fills the population office's store. */
export const seedPopulationOffice: Seed = async (world, sink) => {
  await sink(t.policyMeasures, policyRows());
  await sink(t.coordinationMatters, matterRows(world));
  await sink(t.supervisionInspections, inspectionRows(world));
  await sink(t.assessments, assessmentRows(world));
};

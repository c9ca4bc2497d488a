import * as t from '../src/departments/planning/tables.ts';
import { staffingsOf } from './coordinators/roster.ts';
import type { Seed } from './load.ts';
import { seedId, type World } from './world.ts';

/** The rates of the plan: indicator, aimed at, reached by the end of the year before. */
const rates = [
  ['INSURANCE_COVERAGE', '75.00', '68.40'],
  ['LEASE_FILING_RATE', '80.00', '66.20'],
  ['SCHOOL_ENROLMENT_RATE', '98.00', '97.10'],
  ['REGISTRATION_TIMELINESS', '95.00', '91.30'],
] as const;

/** Last year's items with what was reached, this year's without. */
function* itemRows(world: World) {
  const thisYear = Number(world.today.slice(0, 4));
  const staffings = staffingsOf(world);
  const sum = (value: (s: (typeof staffings)[number]) => number) =>
    staffings.reduce((total, s) => total + value(s), 0);
  const counts = [
    ['REGISTERED_MIGRANTS', sum((s) => s.migrants)],
    ['COORDINATORS', sum((s) => s.standard + s.adjustment)],
  ] as const;
  let i = 0;
  for (const year of [thisYear - 1, thisYear]) {
    const isOver = year < thisYear;
    for (const [indicator, count] of counts)
      yield {
        id: seedId('planItem', i++),
        year,
        indicator,
        target: count.toFixed(2),
        actual: isOver ? Math.floor(count * 0.96).toFixed(2) : null,
        unitOfMeasure: '人',
      };
    for (const [indicator, target, actual] of rates)
      yield {
        id: seedId('planItem', i++),
        year,
        indicator,
        target,
        actual: isOver ? actual : null,
        unitOfMeasure: '%',
      };
  }
}

const studies = [
  ['PT-DRC', '来沪人员规模与产业结构研究', 'STRATEGIC', 'REGISTERED_MIGRANTS', 'subdistrict,industry'],
  ['PT-DRC', '人口综合调控政策建议', 'STRATEGIC', 'INSURED_PERSONS', 'subdistrict'],
  ['PT-FPC', '人口中长期规划(2006—2020)', 'LONG_TERM_PLAN', 'REGISTERED_MIGRANTS', 'ageBand,sex'],
  ['PT-CMO', '社区来沪人员服务需求研究', 'COMMUNITY', 'LEASES_FILED', 'subdistrict'],
  ['PT-CMO', '实有人口综合调控与管理整体规划', 'OVERALL_PLAN', 'REGISTERED_MIGRANTS', 'subdistrict,month'],
] as const;

function* studyRows() {
  for (const [i, [ownerId, title, kind, measure, groupedBy]] of studies.entries())
    yield {
      id: seedId('populationStudy', i),
      ownerId,
      title: `${title}(示例)`,
      kind,
      startsOn: `${2004 + (i % 3)}-01-01`,
      endsOn: kind === 'LONG_TERM_PLAN' ? '2020-12-31' : '2006-12-31',
      summary: i === 3 ? null : '示例摘要:只使用已抑制小格的汇总数据',
      publishedOn: i % 2 === 0 ? '2007-02-01' : null,
      datasets: [
        { measure, groupedBy, snapshotOn: '2006-12-31', isSuppressed: true },
        { measure, groupedBy: 'month', snapshotOn: '2007-01-31', isSuppressed: true },
      ],
    };
}

/** Fills the planners' store. */
export const seedPlanning: Seed = async (world, sink) => {
  await sink(t.developmentPlanItems, itemRows(world));
  await sink(t.populationStudies, studyRows());
};

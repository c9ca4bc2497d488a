import { sql } from 'drizzle-orm';
import type { DepartmentDoing, EffectFunction, System } from '../../contract/doing/department-doing.ts';
import { budgetFills } from './budget-fills.ts';
import {
  coordinatorBudgets as budgets,
  budgetLines as lines,
  expenditureReviews as reviews,
} from './tables.ts';

/** The budget of a line or a review is in one of these states. */
const budgetIs = (by: typeof lines.budgetId | typeof reviews.budgetId, ...states: readonly string[]) => {
  const listed = sql.raw(states.map((state) => `'${state}'`).join(', '));
  return (row: (column: typeof by) => ReturnType<typeof sql>) =>
    sql`exists (select 1 from ${budgets} where ${budgets.id} = ${row(by)} and ${budgets.status} in (${listed}))`;
};

/** The need of a budget is the sum of its lines. */
async function addUp(id: string, system: System): Promise<void> {
  const [sum] = await system.rows<{ need: string }>(
    'finance',
    sql`select coalesce(sum(${lines.amount}), 0)::text as need from ${lines} where ${lines.budgetId} = ${id}`,
  );
  const budget = await system.row('CoordinatorBudget', id);
  const totalNeed = Number(sum?.need ?? 0);
  if (budget && Number(budget.totalNeed) !== totalNeed)
    await system.change('CoordinatorBudget', id, 'sumLines', { totalNeed });
}

const sumLines: EffectFunction = async ({ id }, system) => {
  const line = await system.row('BudgetLine', id);
  if (line) await addUp(String(line.budgetId), system);
};

const ofVersionBefore = (id: unknown, versionNo: unknown, states: string) =>
  sql`select b.id from finance.coordinator_budgets b join finance.coordinator_budgets own on own.id = ${id}
    where b.year = own.year and b.unit_id = own.unit_id and b.version_no < ${versionNo} and b.status in (${sql.raw(states)}) order by b.version_no desc`;

/** A new version begins with the lines of the approved one. */
const copyLines: EffectFunction = async ({ id, outboxId }, system) => {
  const budget = await system.row('CoordinatorBudget', id);
  const [before] = await system.rows<{ id: string }>(
    'finance',
    ofVersionBefore(id, budget?.versionNo, `'APPROVED', 'EXECUTING'`),
  );
  if (!before) return;
  const copied = await system.rows<{ kind: string; amount: string }>(
    'finance',
    sql`select ${lines.kind} as kind, ${lines.amount} as amount from ${lines} where ${lines.budgetId} = ${before.id}`,
  );
  const rows = copied.map(({ kind, amount }) => ({ budgetId: id, kind, amount }));
  await system.makeAll('BudgetLine', 'copy', rows, `${outboxId}:lines`);
  await addUp(id, system);
};

/** With a new version approved, the earlier ones count no more. */
const supersedeEarlier: EffectFunction = async ({ id }, system) => {
  const budget = await system.row('CoordinatorBudget', id);
  const earlier = await system.rows<{ id: string }>(
    'finance',
    ofVersionBefore(id, budget?.versionNo, `'APPROVED', 'EXECUTING'`),
  );
  for (const { id: before } of earlier) await system.change('CoordinatorBudget', before, 'supersede');
};

const sameBudget = (
  row: (
    column: typeof budgets.year | typeof budgets.unitId | typeof budgets.versionNo,
  ) => ReturnType<typeof sql>,
) => sql`b.year = ${row(budgets.year)} and b.unit_id = ${row(budgets.unitId)}`;

/** Conditions and effects of budgets and of the reviews of what was spent (dossier §5.6). */
export const doing: DepartmentDoing = {
  guards: {
    CoordinatorBudget: {
      approvedVersionExists: {
        holds: (row) =>
          sql`exists (select 1 from ${budgets} b where ${sameBudget(row)} and b.status in ('APPROVED', 'EXECUTING'))`,
        en: 'There is no approved budget of which this is a new version.',
        zh: '尚无已批准的预算，不能编制新版本。',
      },
      noVersionInProgress: {
        holds: (row) =>
          sql`not exists (select 1 from ${budgets} b where ${sameBudget(row)} and b.id <> ${row(budgets.id)} and b.status in ('DRAFT', 'SUBMITTED', 'REVIEWED'))`,
        en: 'Another version is being drafted or reviewed.',
        zh: '已有正在编制或审核的版本。',
      },
      hasLines: {
        holds: (row) =>
          sql`${row(budgets.totalNeed)} = (select sum(${lines.amount}) from ${lines} where ${lines.budgetId} = ${row(budgets.id)})`,
        en: 'The budget has no lines, or they are still being added up.',
        zh: '预算尚无明细，或明细尚在汇总。',
      },
      allQuartersReviewed: {
        holds: (row) =>
          sql`(select count(*) from ${reviews} where ${reviews.budgetId} = ${row(budgets.id)}) = 4`,
        en: 'Not every quarter is reviewed.',
        zh: '尚有季度支出未审核。',
      },
      newerVersionApproved: {
        holds: (row) =>
          sql`exists (select 1 from ${budgets} b where ${sameBudget(row)} and b.version_no > ${row(budgets.versionNo)} and b.status in ('APPROVED', 'EXECUTING'))`,
        en: 'No newer version is approved.',
        zh: '尚无已批准的新版本。',
      },
    },
    BudgetLine: {
      budgetInDraft: {
        holds: budgetIs(lines.budgetId, 'DRAFT'),
        en: 'The budget is not a draft.',
        zh: '预算不在编制状态。',
      },
    },
    ExpenditureReview: {
      budgetApproved: {
        holds: budgetIs(reviews.budgetId, 'APPROVED', 'EXECUTING'),
        en: 'The budget is not approved, or is closed.',
        zh: '预算未批准或已决算。',
      },
      quarterOfYear: {
        holds: (row) =>
          sql`exists (select 1 from ${budgets} where ${budgets.id} = ${row(reviews.budgetId)} and left(${row(reviews.period)}, 4) = ${budgets.year}::text)`,
        field: 'period',
        en: 'The quarter is not of the year of the budget.',
        zh: '季度与预算年度不符。',
      },
      budgetNotClosed: {
        holds: budgetIs(reviews.budgetId, 'APPROVED', 'EXECUTING', 'SUPERSEDED'),
        en: 'The budget is closed.',
        zh: '预算已决算。',
      },
    },
  },
  fills: budgetFills,
  effects: { sumLines, copyLines, supersedeEarlier },
};

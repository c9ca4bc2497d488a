import { sql } from 'drizzle-orm';
import { check, index, integer, text, unique } from 'drizzle-orm/pg-core';
import { belongsTo, money } from '../../store/columns.ts';
import { code, recordTables } from '../record-table.ts';

const table = recordTables('finance');

/**
 * Budgets (clause V-a, dossier §3.17 CoordinatorBudget), in fen. What the sub-district bears is no column: it follows
 * from the others. That the need is the sum of the lines, a trigger of the store holds of all but drafts at the end of each
 * transaction: the lines of a draft are written one by one, and then added up.
 */
export const coordinatorBudgets = table(
  'coordinator_budgets',
  {
    year: integer('year').notNull(),
    unitId: text('unit_id').notNull(),
    headcountBasis: integer('headcount_basis').notNull(),
    totalNeed: money('total_need').notNull(),
    municipalFixedSubsidy: money('municipal_fixed_subsidy').notNull(),
    districtSpecialBudget: money('district_special_budget').notNull(),
    status: code('status', 'BudgetStatus').notNull().default('DRAFT'),
    versionNo: integer('version_no').notNull().default(1),
    // Null in the row of the whole district.
    subdistrictCode: text('subdistrict_code'),
  },
  (t) => [
    check('coordinator_budgets_year', sql`${t.year} between 2003 and 2100`),
    check(
      'coordinator_budgets_unit',
      sql`${t.unitId} = coalesce('PT-SUB-' || substr(${t.subdistrictCode}, 7, 3), 'PT-POP')`,
    ),
    check('coordinator_budgets_headcount', sql`${t.headcountBasis} >= 1`),
    check(
      'coordinator_budgets_amounts',
      sql`least(${t.totalNeed}, ${t.municipalFixedSubsidy}, ${t.districtSpecialBudget}) >= 0`,
    ),
    check('coordinator_budgets_version', sql`${t.versionNo} >= 1`),
    unique('coordinator_budgets_one_version').on(t.year, t.unitId, t.versionNo),
    index('coordinator_budgets_version_order').on(t.versionNo, t.id),
    index('coordinator_budgets_unit_all').on(t.unitId, t.id),
    index('coordinator_budgets_subdistrict').on(t.subdistrictCode, t.id),
  ],
);

/** Lines of a budget (dossier §3.17 BudgetLine), in fen. */
export const budgetLines = table(
  'budget_lines',
  {
    budgetId: belongsTo('budget_id', () => coordinatorBudgets.id),
    kind: code('kind', 'BudgetLineKind').notNull(),
    amount: money('amount').notNull(),
  },
  (t) => [
    check('budget_lines_amount', sql`${t.amount} >= 0`),
    unique('budget_lines_once').on(t.budgetId, t.kind),
    index('budget_lines_amount_order').on(t.amount, t.id),
  ],
);

/** Reviews of what was spent (clause FIN-b, dossier §3.17 ExpenditureReview), in fen. */
export const expenditureReviews = table(
  'expenditure_reviews',
  {
    budgetId: belongsTo('budget_id', () => coordinatorBudgets.id),
    period: text('period').notNull(),
    spent: money('spent').notNull(),
    disallowed: money('disallowed').notNull().default(0),
    finding: text('finding'),
  },
  (t) => [
    check('expenditure_reviews_period_form', sql`${t.period} ~ '^[0-9]{4}Q[1-4]$'`),
    check('expenditure_reviews_disallowed', sql`${t.disallowed} between 0 and ${t.spent}`),
    check('expenditure_reviews_finding_length', sql`char_length(${t.finding}) between 1 and 500`),
    unique('expenditure_reviews_once').on(t.budgetId, t.period),
    index('expenditure_reviews_period').on(t.period, t.id),
  ],
);

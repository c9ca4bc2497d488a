import { sql } from 'drizzle-orm';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

const { coordinatorBudgets: budgets } = t;
/** What is not covered; below zero when more than the need was granted. */
const uncovered = sql`(${budgets.totalNeed} - ${budgets.municipalFixedSubsidy} - ${budgets.districtSpecialBudget})`;

/** Where the record types of the finance bureau are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  CoordinatorBudget: {
    table: budgets,
    carries: { territory: { subdistrict: budgets.subdistrictCode }, units: [budgets.unitId] },
    computed: {
      subdistrictRemainder: () => sql`greatest(0, ${uncovered})`,
      isOverFunded: () => sql`(${uncovered} < 0)`,
    },
    defaultOrder: { column: budgets.year, direction: 'desc' },
  },
  BudgetLine: {
    table: t.budgetLines,
    carries: { parent: t.budgetLines.budgetId },
    defaultOrder: { column: t.budgetLines.kind, direction: 'asc' },
  },
  ExpenditureReview: {
    table: t.expenditureReviews,
    carries: { parent: t.expenditureReviews.budgetId },
    defaultOrder: { column: t.expenditureReviews.period, direction: 'desc' },
  },
};

/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  BudgetStatus: ['DRAFT', 'SUBMITTED', 'REVIEWED', 'APPROVED', 'EXECUTING', 'CLOSED'],
  BudgetLineKind: ['WAGE', 'SOCIAL_INSURANCE', 'UNIFORM', 'TRAINING', 'OFFICE', 'OTHER'],
} as const;

/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  RightsCaseKind: [
    'DOMESTIC_VIOLENCE',
    'MARRIAGE',
    'LABOUR_RIGHTS',
    'HARASSMENT',
    'CUSTODY',
    'PROPERTY',
    'OTHER',
  ],
  RightsService: ['ADVICE', 'EVIDENCE', 'MEDIATION', 'REPRESENTATION'],
  RightsCaseOutcome: ['SETTLED', 'COURT_DECISION', 'REFERRED', 'ADVISED', 'WITHDRAWN'],
} as const;

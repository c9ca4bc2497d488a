/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  PolicyKind: ['PLAN', 'NOTICE', 'PROPOSAL', 'MEASURE'],
  SupervisionFinding: [
    'DATA_LATE',
    'DATA_WRONG',
    'MEASURE_BEHIND',
    'UNDERSTAFFED',
    'REMEDY_NOT_TOLD',
    'NONE',
  ],
  AssessmentIndicator: [
    'REGISTRATION_TIMELINESS',
    'REGISTRATION_ACCURACY',
    'SERVICE_ON_TIME',
    'MEASURES_DONE',
    'COMPLAINTS_SETTLED',
  ],
  AssessmentStatus: ['OPEN', 'SELF_REPORTED', 'SCORED', 'COMMENTED', 'PUBLISHED'],
} as const;

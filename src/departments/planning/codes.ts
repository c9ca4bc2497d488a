/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  PlanIndicator: [
    'REGISTERED_MIGRANTS',
    'COORDINATORS',
    'INSURANCE_COVERAGE',
    'LEASE_FILING_RATE',
    'SCHOOL_ENROLMENT_RATE',
    'REGISTRATION_TIMELINESS',
  ],
  PopulationStudyKind: ['STRATEGIC', 'LONG_TERM_PLAN', 'COMMUNITY', 'OVERALL_PLAN'],
} as const;

// Codes that a check constraint holds the columns to; the SDL's enums carry the same values and say what they mean.

/** Clause IV-4a. */
export const originTeams = ['FLOATING_POPULATION', 'PUBLIC_SECURITY', 'HOUSING_RENTAL', 'NEW'] as const;
export const fundingProgrammes = ['TEN_THOUSAND_JOBS'] as const;
export const staffStatuses = ['CANDIDATE', 'ACTIVE', 'SECONDED', 'SUSPENDED', 'LEFT'] as const;
export const adjustmentReasons = ['AREA_COMPLEXITY', 'WORKLOAD', 'OTHER'] as const;
export const allocationStatuses = ['PROPOSED', 'APPROVED', 'REJECTED', 'SUPERSEDED'] as const;
export const taskPriorities = ['LOW', 'NORMAL', 'HIGH'] as const;
/** Dossier §5.5. */
export const taskStatuses = [
  'CREATED',
  'ASSIGNED',
  'IN_PROGRESS',
  'REPORTED',
  'VERIFIED',
  'CLOSED',
  'CANCELLED',
] as const;
/** Reported and later: a result is known. */
export const doneTaskStatuses = ['REPORTED', 'VERIFIED', 'CLOSED'] as const;
export const visitOutcomes = ['DONE', 'NOBODY_HOME', 'REFUSED', 'MOVED_OUT'] as const;
export const assessmentGrades = ['EXCELLENT', 'GOOD', 'PASS', 'FAIL'] as const;
export const assessmentCriteria = ['ACCURACY', 'TIMELINESS', 'TASKS', 'SERVICE_ATTITUDE'] as const;

interface TaskKindRule {
  readonly results: readonly string[];
  /** Departments that may give such a task; sub-district, station and population office may give any (§5.5). */
  readonly departments: readonly string[];
  /** A person may be the target of these only (§3.22). */
  readonly aboutPersons?: true;
}

const found = ['NOTHING_FOUND', 'FINDING_REPORTED', 'NOT_DONE'];

/** The nine kinds of task (clause IV-5b) with their coded results and the departments that may give them. */
export const taskKinds: Readonly<Record<string, TaskKindRule>> = {
  REGISTRATION_VISIT: {
    results: ['REGISTERED', 'CONFIRMED', 'MOVED_OUT', 'NOT_DONE'],
    departments: ['PT-PSB'],
    aboutPersons: true,
  },
  PERMIT_SUPPORT: {
    results: ['APPLICATION_PREPARED', 'INFORMED', 'MOVED_OUT', 'NOT_DONE'],
    departments: ['PT-PSB'],
    aboutPersons: true,
  },
  PUBLIC_ORDER_SUPPORT: { results: found, departments: ['PT-CSO', 'PT-PSB'] },
  PROPERTY_PATROL: { results: found, departments: ['PT-HLR'] },
  BUSINESS_CHECK: { results: found, departments: ['PT-AIC'] },
  LABOUR_INSPECTION_SUPPORT: { results: found, departments: ['PT-LSS', 'PT-CON'] },
  INSURANCE_OUTREACH: { results: ['INFORMED', 'NOT_DONE'], departments: ['PT-LSS'] },
  // Leaflet and appointment text only (§5.5).
  FAMILY_PLANNING_OUTREACH: {
    results: ['INFORMED', 'APPOINTMENT_MADE', 'NOT_DONE'],
    departments: ['PT-FPC'],
  },
  DISEASE_PREVENTION: { results: [...found, 'INFORMED'], departments: ['PT-HLT'] },
};

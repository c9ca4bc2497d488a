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

/** So many tasks a coordinator has under way at the most: a cap of the district's own (§5.5). */
export const mostOpenTasks = 40;

/** States of a case (dossier §5.4), as in the SDL's CaseStatus; each kind of case uses some of them. */
export const caseStates = [
  'REPORTED',
  'SCREENING',
  'ACCEPTED',
  'NOT_ACCEPTED',
  'TRANSFERRED',
  'INVESTIGATING',
  'SUSPENDED',
  'MEDIATING',
  'AGREED',
  'DECIDED',
  'EXECUTING',
  'UNDER_REMEDY',
  'ANNULLED',
  'CLOSED',
  'REOPENED',
  'WITHDRAWN',
] as const;

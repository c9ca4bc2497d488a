// Codes that a check constraint holds the columns to; the SDL's enums carry the same values and say what they mean.

export const dwellingUsages = [
  'RESIDENTIAL',
  'DORMITORY',
  'SITE_SHED',
  'NON_RESIDENTIAL',
  'VILLAGE_HOUSE',
] as const;
export const safetyGrades = ['A', 'B', 'C', 'D'] as const;
export const leaseStatuses = ['DRAFT', 'IN_FORCE', 'ENDED', 'TERMINATED'] as const;
export const leaseFilingStates = [
  'NOT_FILED',
  'IN_PROGRESS',
  'FILED',
  'EXPIRED',
  'CANCELLED',
  'REFUSED',
] as const;
export const filingKinds = ['NEW', 'CHANGE', 'EXTENSION', 'CANCELLATION'] as const;
/** Dossier §5.3. */
export const filingStatuses = [
  'DRAFT',
  'SUBMITTED',
  'SUPPLEMENT_REQUIRED',
  'ACCEPTED',
  'VERIFYING',
  'FILED',
  'REFUSED',
  'CANCELLED',
  'EXPIRED',
  'LAPSED',
] as const;
/** The window's file is closed in these; a filed lease is one that was decided. */
export const closedFilingStatuses = ['FILED', 'REFUSED', 'CANCELLED', 'EXPIRED', 'LAPSED'] as const;
export const filingRefusalReasons = [
  'USE_MISMATCH',
  'CONFLICTING_FILING',
  'AREA_RULE',
  'TITLE_NOT_PROVED',
  'OTHER',
] as const;
export const inspectionFindings = [
  'UNFILED_LEASE',
  'OVER_OCCUPANCY',
  'UNSAFE_WIRING',
  'GAS_RISK',
  'BLOCKED_EXIT',
  'USE_CHANGED',
  'STRUCTURE_ALTERED',
  'NONE',
] as const;
export const severities = ['LOW', 'MEDIUM', 'HIGH'] as const;
export const partyKinds = ['PERSON', 'ORGANISATION'] as const;

// Codes that a check constraint holds the columns to; the SDL's enums carry the same values and say what they mean.

/** Dossier §6.4. */
export const purposes = [
  'REGISTRATION',
  'PERMIT',
  'LEASE',
  'EMPLOYMENT_SERVICE',
  'INSURANCE',
  'RIGHTS_PROTECTION',
  'EDUCATION',
  'HEALTH_SERVICE',
  'DISEASE_CONTROL',
  'FAMILY_PLANNING_SERVICE',
  'CIVIL_REGISTRATION',
  'AID',
  'SITE_SAFETY',
  'BUSINESS_REGULATION',
  'RECORDED_CASE',
  'COORDINATOR_MANAGEMENT',
  'SUPERVISION',
  'STATISTICS',
  'SUBJECT_ACCESS',
  'SYSTEM_SUPPORT',
] as const;

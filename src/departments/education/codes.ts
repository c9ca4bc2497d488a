/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  SchoolLicenceState: ['LICENSED', 'PROVISIONAL', 'UNLICENSED', 'CLOSED'],
  SchoolLicenceKind: ['NEW', 'RENEW', 'CHANGE', 'CLOSE'],
  SchoolLicenceStatus: ['SUBMITTED', 'REVIEW', 'SITE_CHECK', 'GRANTED', 'REFUSED', 'CLOSING', 'CLOSED'],
  SchoolInspectionArea: ['TEACHING', 'SAFETY', 'HYGIENE', 'FINANCE', 'STAFF'],
  SchoolIssue: [
    'TEACHERS_UNQUALIFIED',
    'UNSAFE_BUILDING',
    'FIRE_SAFETY',
    'CANTEEN_HYGIENE',
    'SCHOOL_BUS',
    'FEES',
  ],
  PrincipalCourse: ['QUALIFICATION', 'ADVANCED', 'SAFETY'],
  EnrolmentStatus: ['APPLIED', 'PLACED', 'ENROLLED', 'TRANSFERRED', 'LEFT', 'WAITING'],
  EnrolmentProof: ['PERMIT_VALID', 'LEASE_FILED', 'VACCINATION_CARD'],
} as const;

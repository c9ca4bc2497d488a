/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  CertificateCheckResult: ['VALID', 'MISSING', 'MISMATCH', 'EXPIRED', 'NOT_APPLICABLE'],
  FamilyPlanningServiceKind: ['COUNSELLING', 'FREE_SUPPLIES', 'CHECK_UP', 'HEALTHY_BIRTH_ADVICE'],
  PregnancyNoticeStatus: ['DRAFT', 'INFORMED', 'SENT', 'ACKNOWLEDGED', 'WITHDRAWN'],
  FamilyPlanningTopic: ['CONTRACEPTION', 'HEALTHY_BIRTH', 'REPRODUCTIVE_HEALTH', 'RIGHTS_AND_SERVICES'],
} as const;

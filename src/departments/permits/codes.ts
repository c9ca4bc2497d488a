export { listOf, oneOf } from '../../store/code-check.ts';

export const permitTypes = ['TALENT', 'EMPLOYMENT', 'DEPENDENT', 'STUDY', 'TEMPORARY'] as const;

export const permitActions = ['NEW', 'RENEW', 'CHANGE', 'REPLACE_LOST', 'CANCEL'] as const;

/** Dossier §5.1. */
export const applicationStatuses = [
  'DRAFT',
  'SUBMITTED',
  'SUPPLEMENT_REQUIRED',
  'LAPSED',
  'NOT_ACCEPTED',
  'ACCEPTED',
  'UNDER_REVIEW',
  'OPINIONS_COMPLETE',
  'APPROVED',
  'REJECTED',
  'CARD_PRODUCTION',
  'READY',
  'ISSUED',
  'UNCLAIMED',
  'WITHDRAWN',
] as const;

/** The window's file is closed in these; an unclaimed card can still be handed over for a year. */
export const finalApplicationStatuses = [
  'LAPSED',
  'NOT_ACCEPTED',
  'REJECTED',
  'ISSUED',
  'WITHDRAWN',
] as const;

export const materialKinds = [
  'ID_COPY',
  'PHOTO',
  'RESIDENCE_PROOF',
  'LEASE_FILING',
  'EMPLOYMENT_PROOF',
  'INSURANCE_PROOF',
  'CERTIFICATE_CHECK_RESULT',
  'EDUCATION_PROOF',
  'RELATION_PROOF',
  'OTHER',
] as const;

export const materialStates = ['REQUIRED', 'RECEIVED', 'ACCEPTED', 'DEFICIENT', 'WAIVED'] as const;

export const opinionKinds = ['EMPLOYMENT', 'CERTIFICATE', 'RESIDENCE', 'ONSITE'] as const;

export const opinionResults = ['PENDING', 'SUPPORTED', 'NOT_SUPPORTED', 'NOT_APPLICABLE'] as const;

/** Dossier §5.2. */
export const permitStatuses = [
  'ACTIVE',
  'EXPIRED',
  'LOST',
  'REPLACED',
  'SUSPENDED',
  'CANCELLED',
  'REVOKED',
] as const;

/** The permit lost its force on a day of its own, not by the end of its term. */
export const endedPermitStatuses = ['LOST', 'REPLACED', 'SUSPENDED', 'CANCELLED', 'REVOKED'] as const;

/** The dossier's kinds, and one for each further transition of its state machine (§5.2). */
export const permitEventKinds = [
  'ISSUED',
  'RENEWED',
  'ADDRESS_CHANGED',
  'LOST_REPORTED',
  'FOUND',
  'REPLACED',
  'SUSPENDED',
  'RESUMED',
  'EXPIRED',
  'CANCELLED',
  'REVOKED',
] as const;

/** Why a permit was cancelled (§5.2): left, household registration gained, death, request. */
export const cancellationReasons = ['LEFT_SHANGHAI', 'HUKOU_GAINED', 'DEATH', 'HOLDER_REQUEST'] as const;

/** A permit is revoked for this and nothing else (§5.2). */
export const permitEventReasons = [...cancellationReasons, 'FALSE_MATERIALS'] as const;

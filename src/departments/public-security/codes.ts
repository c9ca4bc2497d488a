export { oneOf } from '../../store/code-check.ts';
export { documentKinds } from '../document-kinds.ts';

/** GB/T 2261.1. */
export const sexes = ['UNKNOWN', 'MALE', 'FEMALE', 'NOT_STATED'] as const;

export const hukouTypes = ['AGRICULTURAL', 'NON_AGRICULTURAL', 'OTHER'] as const;

/** GB/T 2261.2, codes 10 to 90. */
export const maritalStatuses = [
  'UNMARRIED',
  'MARRIED',
  'FIRST_MARRIAGE',
  'REMARRIED',
  'REMARRIED_SAME_SPOUSE',
  'WIDOWED',
  'DIVORCED',
  'NOT_STATED',
] as const;

/** GB/T 4658-2006, tens. */
export const educationLevels = [
  'POSTGRADUATE',
  'UNDERGRADUATE',
  'JUNIOR_COLLEGE',
  'SECONDARY_VOCATIONAL',
  'SENIOR_HIGH',
  'JUNIOR_HIGH',
  'PRIMARY',
  'OTHER',
] as const;

/** GB 4761-84, the edition in force until 2008. */
export const familyRelations = [
  'SELF',
  'HEAD',
  'COLLECTIVE_HEAD',
  'SPOUSE',
  'HUSBAND',
  'WIFE',
  'SON',
  'DAUGHTER',
  'GRANDCHILD',
  'PARENT',
  'FATHER',
  'MOTHER',
  'GRANDPARENT',
  'ELDER_BROTHER',
  'YOUNGER_BROTHER',
  'ELDER_SISTER',
  'YOUNGER_SISTER',
  'OTHER_RELATIVE',
  'DOMESTIC_HELPER',
  'NON_RELATIVE',
] as const;

export const migrantStatuses = ['ACTIVE', 'DEPARTED', 'GAINED_SHANGHAI_HUKOU', 'DECEASED', 'MERGED'] as const;

export const qualityFlags = [
  'ID_CHECKSUM',
  'ID_15_DIGITS_CONVERTED',
  'SEX_MISMATCH',
  'DOB_MISMATCH',
  'PHONE_INVALID',
  'DUP_SUSPECT',
  'ADDRESS_UNRESOLVED',
  'STALE',
  'SOURCES_DISAGREE',
  'NAME_INCOMPLETE',
  'CELL_UNREAD',
] as const;

/** Dossier §5.6. */
export const registrationStatuses = ['OPEN', 'CONFIRMED', 'STALE', 'CLOSED'] as const;

export const stayReasons = ['WORK', 'BUSINESS', 'STUDY', 'JOIN_FAMILY', 'MEDICAL', 'VISIT', 'OTHER'] as const;

export const dwellingRelations = [
  'TENANT',
  'OWNER',
  'EMPLOYER_DORM',
  'SITE_DORM',
  'WITH_RELATIVE',
  'HOTEL',
  'OTHER',
] as const;

export const captureSources = [
  'WINDOW',
  'COORDINATOR_VISIT',
  'EMPLOYER_REPORT',
  'LANDLORD_REPORT',
  'IMPORT',
] as const;

/** Dossier §5.6. */
export const importBatchStatuses = [
  'BUILT',
  'SENT',
  'VALIDATED',
  'LOADED',
  'PARTLY_LOADED',
  'FAILED',
] as const;

export const policeCaseKinds = ['ADMINISTRATIVE', 'CRIMINAL'] as const;

/** Dossier §5.4: a row starts at ACCEPTED; reports are not kept here, and there is no mediation. */
export const policeCaseStatuses = [
  'ACCEPTED',
  'INVESTIGATING',
  'SUSPENDED',
  'DECIDED',
  'UNDER_REMEDY',
  'EXECUTING',
  'CLOSED',
  'REOPENED',
  'TRANSFERRED',
  'ANNULLED',
] as const;

export const partyRoles = ['VICTIM', 'SUBJECT', 'WITNESS', 'REPORTER'] as const;

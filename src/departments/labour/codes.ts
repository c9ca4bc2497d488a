// Codes that a check constraint holds the columns to; the SDL's enums carry the same values and say what they mean.

export const employerKinds = [
  'ENTERPRISE',
  'CONSTRUCTION_NONLOCAL',
  'INSTITUTION',
  'INDIVIDUAL_BUSINESS',
  'HOUSEHOLD_EMPLOYER',
  'OTHER',
] as const;
export const contractForms = [
  'WRITTEN_FIXED',
  'WRITTEN_OPEN',
  'TASK_BASED',
  'DE_FACTO',
  'SELF_EMPLOYED',
] as const;
export const employmentStatuses = ['ACTIVE', 'ENDED', 'TERMINATED', 'DISPUTED'] as const;
export const serviceKinds = ['JOB_REFERRAL', 'VOCATIONAL_TRAINING', 'RIGHTS_ADVICE'] as const;
export const serviceOutcomes = ['PLACED', 'COMPLETED', 'UNDER_WAY', 'WITHDRAWN'] as const;
export const insuranceSchemes = ['GENERAL', 'CONSTRUCTION_NONLOCAL'] as const;
export const insuranceBenefits = ['WORK_INJURY', 'ACCIDENT', 'HOSPITAL', 'OLD_AGE_SUBSIDY'] as const;
export const insuranceStatuses = ['ENROLLED', 'SUSPENDED', 'ENDED'] as const;
export const paymentStates = ['DUE', 'PAID', 'LATE', 'WAIVED'] as const;
export const inspectionTriggers = ['ROUTINE', 'COMPLAINT', 'JOINT_ACTION', 'REFERRAL'] as const;
export const labourFindings = [
  'NO_CONTRACT',
  'UNPAID_WAGES',
  'NO_INSURANCE',
  'OVERTIME',
  'CHILD_LABOUR',
  'ID_DOCS_WITHHELD',
  'UNSAFE',
  'NONE',
] as const;

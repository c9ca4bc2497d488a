/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  Establishment: ['CIVIL_SERVICE', 'INSTITUTION', 'CONTRACT'],
  AcademicDegree: ['DOCTOR', 'MASTER', 'BACHELOR', 'NONE'],
  TalentCard: ['A', 'B'],
  TalentServiceKind: ['HOUSING', 'SPOUSE_JOB', 'CHILD_SCHOOL'],
} as const;

/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  QualificationGrade: ['SPECIAL', 'FIRST', 'SECOND', 'THIRD', 'LABOUR_SUB'],
  SiteStatus: ['PLANNED', 'ACTIVE', 'SUSPENDED', 'COMPLETED'],
  SiteHazard: ['FALL', 'SCAFFOLD', 'ELECTRIC', 'EXCAVATION', 'CRANE', 'FIRE', 'PPE', 'NONE'],
  TrainingTopic: ['SAFETY', 'SKILL', 'LAW'],
} as const;

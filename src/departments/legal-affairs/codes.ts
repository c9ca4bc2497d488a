/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  LegalCheckSubject: ['COMPETENCE', 'BASIS', 'PROCEDURE', 'FACTS', 'REMEDY_NOTICE'],
  NormativeDocumentStatus: ['IN_FORCE', 'AMENDED', 'REPEALED'],
} as const;

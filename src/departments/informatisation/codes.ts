/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  SystemStatus: ['PLANNED', 'RUNNING', 'DEGRADED', 'DOWN', 'RETIRED'],
  ExchangeResult: ['SUCCEEDED', 'PARTLY', 'FAILED'],
  MatchMethod: ['EXACT_ID', 'PERMIT_NO', 'NAME_DOB_HUKOU', 'MANUAL'],
  QualityRule: ['ID_CHECKSUM', 'SEX_MISMATCH', 'DUPLICATE', 'ADDRESS_UNRESOLVED', 'STALE', 'UNMATCHED'],
} as const;

/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  AidSource: ['SELF', 'POLICE_GUIDED', 'CITIZEN', 'HOSPITAL'],
  AidVulnerability: ['MINOR', 'ELDERLY', 'DISABLED', 'ILL'],
  AidService: ['FOOD', 'SHELTER', 'MEDICAL', 'CONTACT_FAMILY', 'TRAVEL_VOUCHER'],
  AidLeaveReason: [
    'OWN_WISH',
    'WENT_HOME',
    'FETCHED_BY_FAMILY',
    'TO_HOSPITAL',
    'TO_WELFARE_HOME',
    'HELPED_SELF',
  ],
  AidStatus: ['REQUESTED', 'ASSESSED', 'IN_AID', 'LEFT', 'NOT_ELIGIBLE'],
  MarriageKind: ['MARRIAGE', 'DIVORCE', 'REISSUE'],
} as const;

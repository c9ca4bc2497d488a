/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  DisputeKind: ['WAGE', 'LEASE', 'INJURY', 'NEIGHBOUR', 'FAMILY', 'CONSUMER', 'OTHER'],
  MediationResult: ['AGREED', 'FAILED', 'WITHDRAWN'],
  MediationStatus: ['REPORTED', 'ACCEPTED', 'MEDIATING', 'AGREED', 'FAILED', 'CLOSED'],
  LegalAidMatter: [
    'WAGES',
    'WORK_INJURY',
    'FAMILY_SUPPORT',
    'CRIMINAL_DEFENCE',
    'STATE_COMPENSATION',
    'OTHER',
  ],
  LegalAidOutcome: ['WON', 'SETTLED', 'LOST', 'ENDED_EARLY'],
  LegalAidStatus: ['APPLIED', 'GRANTED', 'REFUSED', 'ASSIGNED', 'CLOSED'],
  LegalTopic: ['LABOUR_RIGHTS', 'TENANCY', 'FAMILY', 'LEGAL_AID', 'PUBLIC_ORDER'],
} as const;

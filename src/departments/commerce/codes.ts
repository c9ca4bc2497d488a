/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  BusinessKind: ['INDIVIDUAL_BUSINESS', 'PRIVATE_ENTERPRISE', 'PARTNERSHIP', 'OTHER'],
  BusinessLicenceStatus: ['IN_FORCE', 'SUSPENDED', 'CANCELLED', 'REVOKED'],
  QualificationResult: ['CONFIRMED', 'NOT_CONFIRMED', 'MORE_NEEDED'],
  SmallPremisesKind: ['BATH_HOUSE', 'HAIR_BEAUTY_SALON', 'HOSTEL', 'INTERNET_CAFE'],
  PremisesFinding: [
    'NO_LICENCE',
    'BEYOND_SCOPE',
    'COUNTERFEIT',
    'SANITATION_REFERRED',
    'FIRE_REFERRED',
    'NONE',
  ],
  CommerceCaseKind: ['UNLICENSED', 'UNDERGROUND_PROCESSING', 'COUNTERFEIT', 'OTHER'],
} as const;

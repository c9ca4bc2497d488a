/** Posts in units, as in the SDL's PostRole: who holds one the organisation knows, how many there are, personnel. */
export const postRoles = [
  'HEAD',
  'CHIEF_EXECUTIVE',
  'LEADER',
  'DEPUTY_LEADER',
  'DIRECTOR',
  'DEPUTY_DIRECTOR',
  'FULL_TIME_DEPUTY',
  'LEADER_IN_CHARGE',
  'MEMBER',
  'STAFF',
] as const;

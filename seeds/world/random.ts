/**
 * A number from 0 to 2³²−1 that follows from its arguments alone: the district is the same wherever and in
 * whatever order it is made.
 */
export function hash(seed: number, kind: number, index: number, field: number): number {
  let h = (seed ^ Math.imul(kind, 0x9e3779b1)) >>> 0;
  h = Math.imul(h ^ index, 0x85ebca6b) >>> 0;
  h ^= h >>> 13;
  h = Math.imul(h ^ Math.imul(field, 0xc2b2ae35), 0x27d4eb2f) >>> 0;
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d) >>> 0;
  h ^= h >>> 12;
  h = Math.imul(h, 0x297a2d39) >>> 0;
  return (h ^ (h >>> 15)) >>> 0;
}

const hex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
const h32 = (n: number) => `${hex[n >>> 24]}${hex[(n >>> 16) & 255]}${hex[(n >>> 8) & 255]}${hex[n & 255]}`;

/** Kinds of records that have ids of their own; a number each, never used twice. */
export const kinds = {
  migrant: 1,
  registration: 2,
  pastRegistration: 3,
  document: 4,
  household: 5,
  householdMember: 6,
  guardianship: 7,
  policeCase: 8,
  policeCaseParty: 9,
  importBatch: 10,
  correction: 11,
  permit: 20,
  pastPermit: 21,
  permitEvent: 22,
  application: 23,
  material: 24,
  opinion: 25,
  dwelling: 30,
  lease: 31,
  occupancy: 32,
  filing: 33,
  propertyInspection: 34,
  employer: 40,
  employment: 41,
  employmentService: 42,
  enrolment: 43,
  contribution: 44,
  labourInspection: 45,
  arrearsCase: 46,
  complainant: 47,
  referral: 48,
  appointment: 50,
  account: 51,
  grant: 52,
  coordinator: 60,
  allocation: 61,
  assignment: 62,
  secondment: 63,
  task: 64,
  visit: 65,
  assessment: 66,
  pay: 67,
  payStandard: 68,
  familyPlanningRecord: 100,
  certificate: 101,
  certificateCheck: 102,
  familyPlanningService: 103,
  pregnancyNotice: 104,
  jointCheck: 105,
  familyPlanningActivity: 106,
  maternalRecord: 107,
  childHealthRecord: 108,
  infectiousReport: 109,
  outbreak: 110,
  outbreakGrant: 111,
  siteVisit: 112,
  healthEducation: 113,
  unlicensedPractice: 114,
  school: 115,
  schoolLicence: 116,
  schoolInspection: 117,
  principalTraining: 118,
  childEnrolment: 119,
  aidCase: 120,
  marriage: 121,
  adoption: 122,
  constructionEnterprise: 123,
  site: 124,
  subcontract: 125,
  safetyInspection: 126,
  siteTraining: 127,
  trainingAttendance: 128,
  constructionPenalty: 129,
  siteDispute: 130,
  disputeWorker: 131,
  licence: 132,
  qualificationCheck: 133,
  premises: 134,
  market: 135,
  premisesInspection: 136,
  commerceCase: 137,
  rightsCase: 138,
  mediation: 139,
  legalAid: 140,
  legalEducation: 141,
  governanceMatter: 150,
  governanceAction: 151,
  safetyActivity: 152,
  youthActivity: 153,
  youthHelpPlan: 154,
  liaisonOffice: 155,
  liaisonContact: 156,
  liaisonMatter: 157,
  legalReview: 158,
  normativeDocument: 159,
  coordinatorBudget: 160,
  budgetLine: 161,
  expenditureReview: 162,
  staffingPost: 163,
  talentApplication: 164,
  talentFamilyMember: 165,
  talentService: 166,
  policyMeasure: 167,
  coordinationMatter: 168,
  supervisionInspection: 169,
  unitAssessment: 170,
  planItem: 171,
  populationStudy: 172,
  informationSystem: 173,
  exchangeJob: 174,
  crosswalk: 175,
  qualityIssue: 176,
  fieldReport: 177,
} as const;
export type SeedKind = keyof typeof kinds;

/** First instant of 2007 in milliseconds: ids are UUIDs of version 7 whose time part grows with the index. */
const epoch = 1167609600000;

/** Id of the n-th record of a kind that belongs to an index; grows with the index. */
export function seedId(kind: SeedKind, index: number, n = 0): string {
  const at = epoch + index;
  const high = Math.floor(at / 65536);
  const low = at % 65536;
  const tail = hash(2007, kinds[kind], index, n + 1000);
  const number = kinds[kind];
  return `${h32(high)}-${hex[low >>> 8]}${hex[low & 255]}-7${hex[number]}${(n & 15).toString(16)}-8${hex[(n >>> 4) & 255]}0-${h32(tail)}${hex[(index >>> 8) & 255]}${hex[index & 255]}`;
}

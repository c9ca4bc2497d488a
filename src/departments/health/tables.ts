export { childHealthRecords, maternalRecords } from './tables/care.ts';
export { unlicensedPracticeCases } from './tables/cases.ts';
export { infectiousReports, outbreakGrants, outbreakResponses } from './tables/disease.ts';
export { epidemicSiteVisits, healthEducationSessions } from './tables/sanitation.ts';

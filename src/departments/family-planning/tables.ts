export { familyPlanningActivities, jointCheckActions } from './tables/activities.ts';
export { certificateChecks, marriageFertilityCertificates } from './tables/certificates.ts';
export { familyPlanningRecords, familyPlanningServices, pregnancyNotices } from './tables/services.ts';

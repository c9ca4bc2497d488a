export { constructionEnterprises, constructionPenalties } from './tables/enterprises.ts';
export { constructionSites, safetyInspections, siteSubcontracts } from './tables/sites.ts';
export { siteTrainings, trainingAttendances } from './tables/training.ts';
export { disputeWorkers, siteWageDisputes } from './tables/wages.ts';

export { migrantCrosswalks } from './tables/crosswalk.ts';
export { dataExchangeJobs, dataQualityIssues, informationSystems } from './tables/systems.ts';

export { commerceCases } from './tables/cases.ts';
export { businessLicences, qualificationChecks } from './tables/licences.ts';
export { markets, premisesInspections, smallPremises } from './tables/premises.ts';

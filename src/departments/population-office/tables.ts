export { assessments } from './tables/assessments.ts';
export { coordinationMatters, policyMeasures, supervisionInspections } from './tables/coordination.ts';

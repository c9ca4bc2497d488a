export { applicationMaterials, departmentOpinions, permitApplications } from './tables/applications.ts';
export { permitEvents, residencePermits } from './tables/permits.ts';

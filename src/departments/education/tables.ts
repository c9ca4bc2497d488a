export { childEnrolments } from './tables/enrolments.ts';
export { migrantSchools, principalTrainings, schoolInspections, schoolLicences } from './tables/schools.ts';

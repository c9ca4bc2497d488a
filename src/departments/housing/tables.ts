export { dwellings } from './tables/dwellings.ts';
export { leaseFilings } from './tables/filings.ts';
export { propertyInspections } from './tables/inspections.ts';
export { leaseOccupancies, leases } from './tables/leases.ts';

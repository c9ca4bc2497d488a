export * from './tables/cases.ts';
export * from './tables/employment.ts';
export * from './tables/insurance.ts';

export * from './tables/field.ts';
export * from './tables/personnel.ts';
export * from './tables/roster.ts';
export * from './tables/tasks.ts';

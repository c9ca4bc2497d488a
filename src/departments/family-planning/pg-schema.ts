import { pgSchema } from 'drizzle-orm/pg-core';

/** The family planning commission's store. Outside tables.ts: the migrator makes the schema before the first migration. */
export const familyPlanning = pgSchema('family_planning');

import { pgSchema } from 'drizzle-orm/pg-core';

/** The coordinators' store. Outside tables.ts: the migrator makes the schema before the first migration. */
export const coordinatorsSchema = pgSchema('coordinators');

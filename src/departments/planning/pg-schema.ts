import { pgSchema } from 'drizzle-orm/pg-core';

/** Planning and research of three offices: its store. Outside tables: the migrator makes the schema before the first migration. */
export const planning = pgSchema('planning');

import { pgSchema } from 'drizzle-orm/pg-core';

/** The district's population office: its store. Outside tables: the migrator makes the schema before the first migration. */
export const populationOffice = pgSchema('population_office');

import { pgSchema } from 'drizzle-orm/pg-core';

/** The district's personnel bureau: its store. Outside tables: the migrator makes the schema before the first migration. */
export const personnel = pgSchema('personnel');

import { pgSchema } from 'drizzle-orm/pg-core';

/** The district's cooperation office: its store. Outside tables: the migrator makes the schema before the first migration. */
export const cooperation = pgSchema('cooperation');

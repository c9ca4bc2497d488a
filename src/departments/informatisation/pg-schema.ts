import { pgSchema } from 'drizzle-orm/pg-core';

/** The district's informatisation commission: its store. Outside tables: the migrator makes the schema before the first migration. */
export const informatisation = pgSchema('informatisation');

import { pgSchema } from 'drizzle-orm/pg-core';

/** The construction and transport commission's store. Outside tables.ts: the migrator makes the schema before the first migration. */
export const construction = pgSchema('construction');

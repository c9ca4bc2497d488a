import { pgSchema } from 'drizzle-orm/pg-core';

/** The justice bureau's store. Outside tables.ts: the migrator makes the schema before the first migration. */
export const justice = pgSchema('justice');

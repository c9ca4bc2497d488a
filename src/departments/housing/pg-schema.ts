import { pgSchema } from 'drizzle-orm/pg-core';

/** The housing bureau's store. Outside tables.ts: the migrator makes the schema before the first migration. */
export const housing = pgSchema('housing');

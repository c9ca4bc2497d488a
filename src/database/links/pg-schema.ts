import { pgSchema } from 'drizzle-orm/pg-core';

/** Stands on every server that holds a store. Outside tables.ts: the migrator makes the schema. */
export const access = pgSchema('access');

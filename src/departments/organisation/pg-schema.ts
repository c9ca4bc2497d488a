import { pgSchema } from 'drizzle-orm/pg-core';

/** The organisation's store. Outside tables.ts: the migrator makes the schema before the first migration. */
export const organisation = pgSchema('organisation');

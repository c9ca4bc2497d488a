import { pgSchema } from 'drizzle-orm/pg-core';

/** The education bureau's store. Outside tables.ts: the migrator makes the schema before the first migration. */
export const education = pgSchema('education');

import { pgSchema } from 'drizzle-orm/pg-core';

/** The access log's schema; it stands on one server. Outside tables.ts: the migrator makes the schema. */
export const audit = pgSchema('audit');

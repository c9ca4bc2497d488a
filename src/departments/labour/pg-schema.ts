import { pgSchema } from 'drizzle-orm/pg-core';

/** The labour bureau's store. Outside tables: the migrator makes the schema before the first migration. */
export const labour = pgSchema('labour');

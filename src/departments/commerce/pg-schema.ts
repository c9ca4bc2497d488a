import { pgSchema } from 'drizzle-orm/pg-core';

/** The industry and commerce sub-bureau's store. Outside tables.ts: the migrator makes the schema before the first migration. */
export const commerce = pgSchema('commerce');

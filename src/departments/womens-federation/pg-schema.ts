import { pgSchema } from 'drizzle-orm/pg-core';

/** The women's federation's store. Outside tables.ts: the migrator makes the schema before the first migration. */
export const womensFederation = pgSchema('womens_federation');

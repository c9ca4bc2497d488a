import { pgSchema } from 'drizzle-orm/pg-core';

/** Published statistics: their store. Outside tables: the migrator makes the schema before the first migration. */
export const statistics = pgSchema('statistics');

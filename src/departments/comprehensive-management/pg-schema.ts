import { pgSchema } from 'drizzle-orm/pg-core';

/** The comprehensive-management office's store. Outside tables: the migrator makes the schema before the first migration. */
export const comprehensiveManagement = pgSchema('comprehensive_management');

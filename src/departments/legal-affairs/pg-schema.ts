import { pgSchema } from 'drizzle-orm/pg-core';

/** The district's legal affairs office: its store. Outside tables: the migrator makes the schema before the first migration. */
export const legalAffairs = pgSchema('legal_affairs');

import { pgSchema } from 'drizzle-orm/pg-core';

/** The civil affairs bureau's store. Outside tables.ts: the migrator makes the schema before the first migration. */
export const civilAffairs = pgSchema('civil_affairs');

import { pgSchema } from 'drizzle-orm/pg-core';

/**
 * The police's own store (dossier §3.1). Outside tables/, because
 * drizzle-kit would add a `create schema` to the migration, and the migrator has made the schema by then.
 */
export const publicSecurity = pgSchema('public_security');

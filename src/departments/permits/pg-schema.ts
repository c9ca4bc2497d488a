import { pgSchema } from 'drizzle-orm/pg-core';

/**
 * Residence permits and their files (dossier §3.2): issued by the police, accepted at the windows. Outside tables/, because
 * drizzle-kit would add a `create schema` to the migration, and the migrator has made the schema by then.
 */
export const permits = pgSchema('permits');

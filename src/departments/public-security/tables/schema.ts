import { pgSchema } from 'drizzle-orm/pg-core';

/** The police's own store (dossier §3.1). */
export const publicSecurity = pgSchema('public_security');

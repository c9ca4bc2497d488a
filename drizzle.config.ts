import { defineConfig } from 'drizzle-kit';
import { readStore } from './src/config.ts';

/** Migrations of one store, from the tables of its department: `npm run migrations:generate`. */
const store = readStore(process.env);

/** Tables that stand on every server. */
const shared: Record<string, string> = {
  access: './src/database/*/tables.ts',
  imports: './src/import/tables.ts',
  // One server only: migrated as the store of the department that reads it.
  audit: './src/audit/tables.ts',
};

export default defineConfig({
  dialect: 'postgresql',
  schema: shared[store] ?? `./src/departments/${store.replaceAll('_', '-')}/tables*`,
  out: `./migrations/${store}`,
  migrations: { prefix: 'timestamp' },
});

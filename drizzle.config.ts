import { defineConfig } from 'drizzle-kit';
import { readStore } from './src/config.ts';

/** Migrations of one store, from the tables of its department: `npm run migrations:generate`. */
const store = readStore(process.env);

export default defineConfig({
  dialect: 'postgresql',
  schema:
    store === 'access' ? './src/access/tables.ts' : `./src/departments/${store.replaceAll('_', '-')}/tables*`,
  out: `./migrations/${store}`,
  migrations: { prefix: 'timestamp' },
});

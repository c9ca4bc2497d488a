import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { departments } from '../../src/departments/index.ts';

// What `npm run migrations:generate` would find: a table that was changed without its migration.

const root = join(import.meta.dirname, '../..');
// Its ES module build requires Node's own modules in a way that ES modules cannot.
const { generateDrizzleJson, generateMigration } = createRequire(import.meta.url)(
  'drizzle-kit/api',
) as typeof import('drizzle-kit/api');

/** Where the tables of a store stand, as `drizzle.config.ts` finds them. */
function filesOf(store: string): string[] {
  const shared: Record<string, readonly string[]> = {
    access: readdirSync(join(root, 'src/database'))
      .map((folder) => `database/${folder}`)
      .filter((folder) => existsSync(join(root, 'src', folder, 'tables.ts'))),
    imports: ['import'],
    audit: ['audit'],
  };
  if (shared[store]) return shared[store].map((folder) => `src/${folder}/tables.ts`);
  const folder = `src/departments/${store.replaceAll('_', '-')}`;
  const parts = existsSync(join(root, folder, 'tables')) ? readdirSync(join(root, folder, 'tables')) : [];
  return [`${folder}/tables.ts`, ...parts.map((file) => `${folder}/tables/${file}`)];
}

it.each(['access', 'imports', ...departments.map(({ store }) => store)])(
  'the migrations of %s make what its tables say',
  async (store) => {
    const meta = join(root, 'migrations', store, 'meta');
    const last = readdirSync(meta)
      .filter((file) => file.endsWith('_snapshot.json'))
      .sort()
      .at(-1)!;
    const made = JSON.parse(readFileSync(join(meta, last), 'utf8')) as ReturnType<typeof generateDrizzleJson>;
    const tables: Record<string, unknown> = {};
    for (const file of filesOf(store)) Object.assign(tables, await import(join(root, file)));
    expect(await generateMigration(made, generateDrizzleJson(tables, made.id))).toEqual([]);
  },
);

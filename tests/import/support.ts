import { join } from 'node:path';
import { departments } from '../../src/departments/index.ts';
import { type ImportReport, importFile, monthOf } from '../../src/import/import-file.ts';
import { openText } from '../../src/import/reading/text-blocks.ts';
import { productDepartments, productLinkReaders } from '../../src/schema.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createPools, type Pools } from '../../src/store/pools.ts';
import { createTestDatabase } from '../support/database.ts';
import type { FileKind } from './synthetic-rows.ts';

/**
 * Empty tables of every department, in a database of the test's own.
 * @param apart stores that have another database for themselves
 */
export async function createStores(
  apart: readonly string[] = [],
): Promise<{ pools: Pools; url: string; close(): Promise<void> }> {
  const isTogether = apart.length === 0;
  const database = await createTestDatabase(isTogether ? 'tables' : 'nothing');
  const other = isTogether ? database : await createTestDatabase('nothing');
  const urlOf = (store: string) => (apart.includes(store) ? other.url : database.url);
  if (!isTogether)
    await migrate({
      urlOf,
      stores: departments.map(({ store }) => store),
      folder: join(import.meta.dirname, '../../migrations'),
      log: () => {},
    });
  const pools = createPools({ urls: urlOf, statementTimeoutMs: 60_000 });
  return {
    pools,
    url: database.url,
    async close() {
      await pools.close();
      await database.drop();
      if (other !== database) await other.drop();
    },
  };
}

export async function importPath(
  pools: Pools,
  kind: FileKind,
  path: string,
  month?: string,
): Promise<ImportReport> {
  const file = await openText(path);
  return importFile({
    pools,
    monthlyFile: departments.find(({ monthlyFile }) => monthlyFile?.kind.name === kind)!.monthlyFile!,
    stores: productDepartments(),
    linkReaders: productLinkReaders(),
    file,
    month: monthOf(file.name, month),
    day: '2007-04-01',
  });
}

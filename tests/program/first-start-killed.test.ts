import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { sharedDatabaseUrl } from '../support/database.ts';
import { testSize } from '../support/global-setup.ts';
import { until } from '../support/until.ts';
import { connectToFolder, createDataFolder, type DataFolder, rowCounts } from './data-folders.ts';
import { answering, type Laihu, startLaihu } from './laihu-process.ts';

describe('a first start that is killed', { timeout: 600_000 }, () => {
  let folder: DataFolder;
  let laihu: Laihu | undefined;
  beforeEach(() => {
    folder = createDataFolder();
  });
  afterEach(async () => {
    await laihu?.kill();
    await folder.remove();
  });

  const options = () => ({
    args: ['--demo', '--size', String(testSize)],
    env: { LAIHU_DATA: folder.path },
  });

  /** The rows that a start gives which nobody disturbs: the district of the other tests. */
  async function undisturbed(): Promise<Record<string, number>> {
    const sql = connectTo(sharedDatabaseUrl(), { max: 1 });
    try {
      return await rowCounts(sql);
    } finally {
      await sql.end();
    }
  }

  async function counts(): Promise<Record<string, number>> {
    const sql = connectToFolder(folder.path);
    try {
      return await rowCounts(sql);
    } finally {
      await sql.end();
    }
  }

  it('again and again, wherever it was, and at last before the links are made, gives a complete district', async () => {
    for (const line of [
      'Making a database',
      'Migrated permits',
      'public_security.residence_registrations',
      'housing.leases',
      'coordinators.visits',
    ]) {
      laihu = await startLaihu(options());
      await laihu.says(line);
      await laihu.kill();
    }
    laihu = await startLaihu(options());
    await laihu.says('coordinators.coordinators');
    const sql = connectToFolder(folder.path);
    const blocker = await sql.reserve();
    await blocker`begin`;
    await blocker`lock table access.links in access exclusive mode`;
    await until(async () => {
      const [row] = await blocker`
        select count(*)::int as n from pg_locks where not granted and relation = 'access.links'::regclass`;
      return row?.n > 0;
    });
    await laihu.kill();
    await sql.end({ timeout: 0 }).catch(() => {});
    laihu = await answering(options());
    expect(await counts()).toEqual(await undisturbed());
  });
});

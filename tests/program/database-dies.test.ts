import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRunning } from '../../src/store/embedded/folder-lock.ts';
import { until } from '../support/until.ts';
import { createDataFolder, type DataFolder } from './data-folders.ts';
import { answering, ask, type Laihu, postgresOf } from './laihu-process.ts';

const units = '{ orgUnits(first: 1) { totalCount } }';

describe('when the database of the data folder dies under the program', { timeout: 180_000 }, () => {
  let folder: DataFolder;
  let laihu: Laihu;
  beforeAll(async () => {
    folder = createDataFolder();
    laihu = await answering({ args: ['--demo', '--empty'], env: { LAIHU_DATA: folder.path } });
  });
  afterAll(async () => {
    await laihu?.kill();
    await folder?.remove();
  });

  const postmaster = () =>
    Number(readFileSync(join(folder.path, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  const kill = () => process.kill(postmaster(), 'SIGKILL');
  const times = (text: string) => laihu.stdout().split(text).length - 1;
  const answers = async () => {
    const { json } = await ask(laihu.url, 'HLR', units).catch(() => ({ json: {} }));
    return json.data?.orgUnits?.totalCount;
  };

  it('it is started again, at the same place, and requests are answered again', async () => {
    expect(await answers()).toBe(89);
    const first = postmaster();
    kill();
    await laihu.says('The database of the data folder runs again.');
    expect(postmaster()).not.toBe(first);
    await until(answers, (units) => units === 89);
    await until(async () => (await fetch(`${laihu.url}/readyz`)).status === 200);
    expect(laihu.stdout()).toContain('has ended by itself; it is started again.');
  });

  it('three times a minute; then the program ends with a sentence and leaves nothing', async () => {
    for (let n = 2; n <= 3; n++) {
      kill();
      await until(() => times('runs again.') === n);
    }
    kill();
    const { code, stderr } = await laihu.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/again and again.*postgres\.log, then start Laihu again\.\n$/);
    await until(() => postgresOf(folder.path).filter(isRunning).length === 0);
  });
});

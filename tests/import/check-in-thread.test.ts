import { appendFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkInThread } from '../../src/import/check-in-thread.ts';
import { ImportRefused } from '../../src/import/import-refused.ts';
import { openText } from '../../src/import/reading/text-blocks.ts';
import { createFolder, fileKinds, kindOf, rowOf, writeFile } from './files.ts';
import { generateFile } from './generate-file.ts';

const textOf = (lines: readonly Uint8Array[]) => Buffer.concat(lines).toString();
const workFor = async (path: string) => ({
  file: await openText(path),
  kind: kindOf('public-security').module,
  kinds: fileKinds.map(({ module }) => module),
  month: '2007-03',
  ids: 2,
});

it('gives accepted rows behind their ids, and refused rows apart', async () => {
  const path = writeFile('public-security', [
    rowOf('public-security', {}),
    rowOf('public-security', { 登记编号: 'PT200703000002', 姓名: '' }),
  ]);
  const loaded: string[] = [];
  const refused: string[] = [];
  const checked = await checkInThread(await workFor(path), {
    load: async (lines) => void loaded.push(textOf(lines)),
    refuse: async (lines) => void refused.push(textOf(lines)),
  });
  expect(checked.tally).toMatchObject({ rows: 2, accepted: 1, refused: 1, rejected: { NAME_MISSING: 1 } });
  expect(loaded).toHaveLength(1);
  expect(loaded[0]).toMatch(/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\t){2}2\tf\tPT200703000001\t/);
  expect(refused).toHaveLength(1);
  expect(refused[0]).toMatch(/^3\tNAME_MISSING\t姓名\tPT200703000002,/);
});

it('reads on while slices are loaded, and gives them in the order of the file, one at a time', async () => {
  const path = `${createFolder()}/many.csv`;
  const said = generateFile(path, 'public-security', { rows: 90_000, month: '2007-03' });
  const lines: number[] = [];
  let loading = 0;
  const checked = await checkInThread(await workFor(path), {
    refuse: async () => {},
    async load(slice) {
      loading += 1;
      expect(loading).toBe(1);
      for (const line of textOf(slice).split('\n').slice(0, -1)) lines.push(Number(line.split('\t')[2]));
      await new Promise((resolve) => setTimeout(resolve, 20));
      loading -= 1;
    },
  });
  expect(checked.tally).toMatchObject({ rows: said.rows, accepted: said.accepted, rejected: said.rejected });
  expect(lines).toHaveLength(said.accepted);
  expect(lines).toEqual(lines.toSorted((a, b) => a - b));
});

it('throws what loading throws', async () => {
  const path = writeFile('public-security', [rowOf('public-security', {})]);
  const failing = checkInThread(await workFor(path), {
    load: () => Promise.reject(new Error('no room')),
    refuse: async () => {},
  });
  await expect(failing).rejects.toThrow('no room');
});

it('throws the refusal of a file that turns out to be none in the middle', async () => {
  const path = writeFile('public-security', [rowOf('public-security', {})]);
  const work = await workFor(path);
  appendFileSync(path, Buffer.from([0xff, 0xff, 0x0a]));
  const refused = checkInThread(work, { load: async () => {}, refuse: async () => {} });
  await expect(refused).rejects.toThrow(ImportRefused);
  await expect(refused).rejects.toThrow(/^Line 3 of .* is not valid GB18030/);
});

it('says in a sentence that the file is gone', async () => {
  const path = writeFile('public-security', [rowOf('public-security', {})]);
  const work = await workFor(path);
  const gone = checkInThread(
    { ...work, file: { ...work.file, path: `${path}.gone` } },
    { load: async () => {}, refuse: async () => {} },
  );
  await expect(gone).rejects.toThrow(/^\S+\.gone is not there: .*\.$/);
});

import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pools } from '../../src/store/pools.ts';
import { createFolder, rowOf, writeFile } from './files.ts';
import { createStores, importPath } from './support.ts';
import { type FileKind, headings } from './synthetic-rows.ts';

let stores: Awaited<ReturnType<typeof createStores>>;
let pools: Pools;
beforeAll(async () => {
  stores = await createStores();
  pools = stores.pools;
});
afterAll(() => stores.close());

/** The sentence with which a file is refused, after a look that nothing has come of it. */
async function refusal(kind: FileKind, path: string, month?: string): Promise<string> {
  const sentence = await importPath(pools, kind, path, month).then(
    () => 'It was imported.',
    (error: Error) => error.message,
  );
  const [left] = await pools.ownerOf('housing')`select
    (select count(*)::int from housing.leases) + (select count(*)::int from public_security.migrants)
    + (select count(*)::int from labour.employments) + (select count(*)::int from imports.batches)
    + (select count(*)::int from imports.refused_rows) as rows`;
  expect(left?.rows).toBe(0);
  expect(sentence.split(/(?<=[.!?]) /)).toHaveLength(1);
  return sentence;
}

const good = () => writeFile('housing', [rowOf('housing')]);

/** A file of these bytes. */
function raw(bytes: string | Buffer, name = 'housing-2007-03.csv'): string {
  const path = join(createFolder(), name);
  writeFileSync(path, bytes);
  return path;
}
const asUtf8 = (text: string) => Buffer.from(text);
const housingText = (rows = [rowOf('housing')]) =>
  [headings.housing, ...rows].map((r) => `${r.join(',')}\n`).join('');

/** Bytes that this process has read so far, from Linux; elsewhere 0. */
const bytesRead = (): number =>
  existsSync('/proc/self/io') ? Number(/^rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]) : 0;

describe('a file is refused in one sentence and nothing changes', () => {
  it("that is another department's", async () => {
    expect(await refusal('labour', good())).toContain('is a file of housing');
  });
  it('that lacks a column', async () => {
    const head = headings.housing.filter((heading) => heading !== '月租金');
    const row = rowOf('housing').slice(1);
    expect(await refusal('housing', writeFile('housing', [row], { head }))).toContain(
      'lacks the column 月租金',
    );
  });
  it('that has a column twice, or one that nobody knows', async () => {
    const twice = [...headings.housing, '月租金'];
    expect(await refusal('housing', writeFile('housing', [], { head: twice }))).toContain('月租金 twice');
    const unknown = [...headings.housing, '宗教'];
    expect(await refusal('housing', writeFile('housing', [], { head: unknown }))).toContain('"宗教"');
  });
  it('that is no CSV: a workbook, a picture, prose, a program, nothing', async () => {
    expect(await refusal('housing', raw(Buffer.from('504b030414000600', 'hex')))).toContain('Excel workbook');
    expect(await refusal('housing', raw(Buffer.from('89504e470d0a1a0a0000', 'hex')))).toContain('a picture');
    expect(await refusal('housing', raw(Buffer.from('7f454c4602010000', 'hex')))).toContain('binary data');
    expect(await refusal('housing', raw('A letter.\nWith lines.\n'))).toContain('none of the headings');
    expect(await refusal('housing', raw('{"leases": []}'))).toContain('none of the headings');
    expect(await refusal('housing', raw(''))).toContain('is empty');
    expect(await refusal('housing', raw('\n\n'))).toContain('none of the headings');
    expect(await refusal('housing', raw(asUtf8(housingText().replaceAll(',', ';'))))).toContain('commas');
  });
  it('with a quotation mark that is never closed', async () => {
    const path = raw(asUtf8(`${housingText()}"HL200703000009,x\n${'y\n'.repeat(50_000)}`));
    expect(await refusal('housing', path)).toContain('after line 2');
  });
  it('in another encoding', async () => {
    expect(await refusal('housing', raw(Buffer.from(`\ufeff${housingText()}`, 'utf16le')))).toContain(
      'UTF-16',
    );
    expect(await refusal('housing', raw(Buffer.from('ff80ff0a', 'hex')))).toContain(
      'neither in GB18030 nor in UTF-8',
    );
  });
  it('that is damaged in the middle, and the sentence names the line', async () => {
    const rows = Array.from({ length: 3000 }, (_, n) =>
      rowOf('housing', { 合同备案号: `HL2007031${String(n).padStart(5, '0')}` }),
    );
    const path = writeFile('housing', rows);
    const bytes = readFileSync(path);
    let at = 0;
    for (let line = 1; line < 2001; line++) at = bytes.indexOf(0x0a, at) + 1;
    bytes[at + 3] = 0xff;
    expect(await refusal('housing', raw(bytes))).toContain('Line 2001 of');
  });
  it('of three gigabytes, without reading it', async () => {
    const path = good();
    truncateSync(path, 3 * 1024 ** 3);
    const before = bytesRead();
    expect(await refusal('housing', path)).toContain('3.0 GB');
    expect(bytesRead() - before).toBeLessThan(50_000_000);
  });
  it('that is not there, or a folder', async () => {
    expect(await refusal('housing', join(createFolder(), 'none-2007-03.csv'))).toContain('There is no file');
    const folder = join(createFolder(), 'x-2007-03.csv');
    mkdirSync(folder);
    expect(await refusal('housing', folder)).toContain('is not a file');
  });
  it('whose month nobody says, or says wrongly', async () => {
    const path = writeFile('housing', [rowOf('housing')], { name: 'leases.csv' });
    expect(await refusal('housing', path)).toContain('--period');
    expect(await refusal('housing', path, '2007-13')).toContain('is no month');
  });
});

it('takes UTF-8 with and without byte order mark, columns in any order, and a month that is said', async () => {
  const own = await createStores();
  try {
    const order = headings.housing.toReversed();
    const bare = raw(
      asUtf8([order, rowOf('housing').toReversed()].map((r) => `${r.join(',')}\r\n`).join('')),
      'a.csv',
    );
    const marked = raw('\ufeff', 'b.csv');
    appendFileSync(marked, housingText([rowOf('housing', { 合同备案号: 'HL200703000002' })]));
    expect(await importPath(own.pools, 'housing', bare, '2007-03')).toMatchObject({ rows: 1, accepted: 1 });
    expect(await importPath(own.pools, 'housing', marked, '2007-03')).toMatchObject({ rows: 1, accepted: 1 });
  } finally {
    await own.close();
  }
});

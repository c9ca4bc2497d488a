import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findRefused, refusedAsCsv } from '../../src/import/refused-rows.ts';
import { createFolder, kindOf, rowOf, writeFile } from './files.ts';
import { createStores, importPath } from './support.ts';

let stores: Awaited<ReturnType<typeof createStores>>;
beforeAll(async () => {
  stores = await createStores();
});
afterAll(() => stores.close());

const list = () => findRefused(stores.pools.ownerOf('housing'), kindOf('housing'));

it('refused rows are kept as written, exported with their fault, and taken when they come back corrected', async () => {
  const rows = [
    rowOf('housing'),
    rowOf('housing', { 合同备案号: 'HL200703000002', 月租金: '面议', 出租人: '黄"某",甲' }),
    rowOf('housing', { 合同备案号: 'HL200703000003', 止租日: '2005-01-01' }),
  ];
  await importPath(stores.pools, 'housing', writeFile('housing', rows));
  const refused = await list();
  expect(refused?.rows).toMatchObject([
    { line: 3, code: 'AMOUNT_INVALID', column: '月租金' },
    { line: 4, code: 'ENDS_BEFORE_START', column: '止租日' },
  ]);
  expect(refused?.rows[0]?.text).toContain('"黄""某"",甲"');

  const exported = refusedAsCsv(refused!);
  expect(exported.startsWith('\ufeff合同备案号,')).toBe(true);
  expect(exported.split('\r\n')[0]).toMatch(/,备案状态,行号,错误代码,错误栏目$/);
  const path = join(createFolder(), 'corrected.csv');
  writeFileSync(path, exported.replace('面议', '800.00').replace('2005-01-01', '2009-01-01'));
  expect(await importPath(stores.pools, 'housing', path, '2007-03')).toMatchObject({
    rows: 2,
    accepted: 2,
    rejected: {},
  });
  expect((await list())?.rows).toEqual([]);
  const [count] = await stores.pools.ownerOf('housing')`select count(*)::int as leases from housing.leases`;
  expect(count).toEqual({ leases: 3 });
  expect(readFileSync(path, 'utf8')).toContain('AMOUNT_INVALID');
});

it('a corrected file that still has faults is exported with the columns once', async () => {
  const path = join(createFolder(), 'again.csv');
  const row = rowOf('housing', { 合同备案号: 'HL200703000009', 月租金: '面议' });
  await importPath(stores.pools, 'housing', writeFile('housing', [row]));
  writeFileSync(path, refusedAsCsv((await list())!));
  await importPath(stores.pools, 'housing', path, '2007-03');
  const headings = refusedAsCsv((await list())!).split('\r\n')[0]!;
  expect(headings.match(/行号/g)).toHaveLength(1);
});

it('formulas are none in an exported file, and come back as the department wrote them', async () => {
  const began = [
    '=1+1',
    '+86',
    '-500',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    "'=1",
    "''=1",
    '＝1',
    '\u200b=1',
    '=HYPERLINK("x",A1)',
  ];
  const cells = [...began, "'plain", "it's", '黄"某",甲', '-', '=', "'"];
  const rows = cells.map((cell, n) =>
    rowOf('housing', {
      合同备案号: `HL2007040000${String(n).padStart(2, '0')}`,
      出租人: cell,
      月租金: '面议',
    }),
  );
  const options = { name: 'formulas-2007-03.csv', utf8: true };
  await importPath(stores.pools, 'housing', writeFile('housing', rows, options));
  const first = (await list())!;
  expect(first.rows).toHaveLength(cells.length);
  const exported = refusedAsCsv(first);
  const table: string[][] = parse(exported, { bom: true, record_delimiter: '\r\n' });
  for (const cell of table.flat()) expect(cell).not.toMatch(/^[\s\u200b]*[=+\-@＝＋－＠]|^[\t\r\n]/);

  const path = join(createFolder(), 'back.csv');
  writeFileSync(path, exported);
  await importPath(stores.pools, 'housing', path, '2007-03');
  const second = (await list())!;
  const landlord = (list: typeof first) =>
    list.rows.map(({ text }) => (parse(text, { relax_column_count: true }) as string[][])[0]![8]);
  expect(landlord(second)).toEqual(cells);
  expect(refusedAsCsv(second)).toBe(exported);
});

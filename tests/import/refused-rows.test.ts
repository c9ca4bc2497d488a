import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findRefused, refusedAsCsv } from '../../src/import/refused-rows.ts';
import { createFolder, createStores, importPath, kindOf, rowOf, writeFile } from './support.ts';

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

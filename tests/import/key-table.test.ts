import { expect, it } from 'vitest';
import { KeyTable } from '../../src/import/key-table.ts';
import { SeenRows } from '../../src/import/seen-rows.ts';

it('400,000 keys each of serials, identity numbers and pairs are told apart, and each is found again', () => {
  const keysOf: readonly ((n: number) => string)[] = [
    (n) => `PT200703${String(n).padStart(6, '0')}`,
    (n) => `3499991985${String(n * 7).padStart(7, '0')}`,
    (n) => `PDY${String(n % 1000).padStart(5, '0')}-X|34999919850612${String(n).padStart(7, '0')}`,
  ];
  const table = new KeyTable();
  let known = 0;
  for (const key of keysOf)
    for (let n = 0; n < 400_000; n++) if (table.put(key(n), n) !== undefined) known += 1;
  expect(known).toBe(0);
  let wrong = 0;
  for (const key of keysOf) for (let n = 0; n < 400_000; n += 97) if (table.put(key(n), -1) !== n) wrong += 1;
  expect(wrong).toBe(0);
});

it('a row is new, repeated or different', () => {
  const rows = new SeenRows();
  expect([
    rows.see('a', '1'),
    rows.see('b', '1'),
    rows.see('a', '1'),
    rows.see('a', '2'),
    rows.see('', ''),
  ]).toEqual(['new', 'new', 'repeated', 'different', 'new']);
});

it('remembers a row of a file of millions with less than fifty bytes', () => {
  const before = process.memoryUsage();
  const rows = new SeenRows();
  for (let n = 0; n < 1_000_000; n++) rows.see(`PT200703${n}`, String(n));
  const after = process.memoryUsage();
  // Typed arrays are counted apart from the heap; garbage of the heap is no matter here.
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(50_000_000);
  expect(rows.see('PT2007030', '0')).toBe('repeated');
});

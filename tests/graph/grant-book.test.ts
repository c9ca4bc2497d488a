import { expect, test } from 'vitest';
import type { Grant } from '../../src/contract/policy/grants.ts';
import { GrantBook } from '../../src/graph/grants/book.ts';
import { createViewer } from '../../src/identity/viewer.ts';

const viewer = createViewer({ department: 'EDU', unit: 'PT-EDU', sub: 'u-1' });
const grant: Grant = {
  record: 'Lease',
  id: '1',
  group: 'LEASE_TERMS',
  viewer: viewer.department,
  unit: 'PT-EDU',
  purpose: 'EDUCATION',
  until: '2007-03-15',
};
const day = '2007-03-01';

test('grants are of the unit, the viewer and the purpose', async () => {
  const others: readonly Partial<Grant>[] = [{ unit: 'PT-PER' }, { purpose: 'AID' }, { viewer: 'PERSONNEL' }];
  const book = new GrantBook(async () => [grant, ...others.map((other) => ({ ...grant, ...other }))]);
  expect(await book.of(viewer, 'EDUCATION', day)).toEqual([grant]);
});

test('they are read once a second at most, anew on another day, and at once after a change', async () => {
  let now = 0;
  const days: string[] = [];
  const book = new GrantBook(
    async (today) => {
      days.push(today);
      return [grant];
    },
    { nowMs: () => now },
  );
  const of = (today: string) => book.of(viewer, 'EDUCATION', today);
  await of(day);
  now = 999;
  await of(day);
  expect(days).toEqual([day]);
  now = 1000;
  await of(day);
  expect(days).toEqual([day, day]);
  await of('2007-03-02');
  book.changed();
  await of('2007-03-02');
  expect(days).toEqual([day, day, '2007-03-02', '2007-03-02']);
});

test('nobody has a grant while the store does not answer', async () => {
  let fails = false;
  const book = new GrantBook(
    async () => {
      if (fails) throw new Error('down');
      return [grant];
    },
    { freshForMs: 0 },
  );
  expect(await book.of(viewer, 'EDUCATION', day)).toEqual([grant]);
  fails = true;
  expect(await book.of(viewer, 'EDUCATION', day)).toEqual([]);
  fails = false;
  expect(await book.of(viewer, 'EDUCATION', day)).toEqual([grant]);
});

test('a store that hangs holds a request up once', async () => {
  const { promise, resolve } = Promise.withResolvers<Grant[]>();
  const book = new GrantBook(() => promise, { freshForMs: 0 });
  // Both are answered although the store never has been.
  expect(await book.of(viewer, 'EDUCATION', day)).toEqual([]);
  expect(await book.of(viewer, 'EDUCATION', day)).toEqual([]);
  resolve([grant]);
  await promise;
});

import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { beyondUnit, longOnes, unitTests, wayBeyond } from './unit-tests.ts';

const root = join(import.meta.dirname, '../..');

it('a test that opens a database through a helper of a helper is no unit test, and the way is named', () =>
  expect(wayBeyond(root, 'tests/departments/housing.test.ts')?.at(-1)).toMatch(
    /^(src\/store\/connect|tests\/support\/database)\.ts$/,
  ));

it('a test of pure functions is one', () =>
  expect(unitTests(root)).toContain('tests/identifiers/citizen-id.test.ts'));

it.each([
  'tests/support/database.ts',
  'src/schema.ts',
  'src/store/connect.ts',
  'src/store/embedded/index.ts',
])('%s stands under the name that is looked for', (path) => {
  expect(existsSync(join(root, path))).toBe(true);
  expect(beyondUnit.some((form) => form.test(path))).toBe(true);
});

it('a long test is one that would be a unit test', () => {
  for (const test of longOnes) expect(wayBeyond(root, test)).toBeUndefined();
});

it('a unit test that connects to a database fails', () =>
  expect(() => connect({ port: 5432, host: '127.0.0.1' })).toThrow('tests/support/database.ts'));

it('a unit test may talk to a server of its own', async () => {
  const server = createServer((socket) => socket.end('here'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const answer = await new Promise((resolve, reject) =>
    connect({ port, host: '127.0.0.1' })
      .once('data', (data) => resolve(String(data)))
      .once('error', reject),
  );
  expect(answer).toBe('here');
  server.close();
});

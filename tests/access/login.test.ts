import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// The tests of this folder are asked twice, with both walls and with the program's rules alone (vitest.config.ts).
// That means something only while the connections are really those of the viewers, or really the owner's.

let graph: TestGraph;

beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph.close());

test('connections are those of the viewers behind both walls, and the owner’s behind one', async () => {
  const [owner] = await graph.pools.ownerOf(
    'housing',
  )`select current_user as name, rolsuper or rolbypassrls as passes
    from pg_roles where rolname = current_user`;
  expect(owner?.passes).toBe(true);
  for (const { code, name } of viewers) {
    const { department: viewer, unit } = viewerOf(code);
    const pool = await graph.pools.acquire('housing', {
      viewer,
      unit,
      subdistrict: '',
      station: '',
      holder: unit,
      person: '',
      posts: '',
      today: '2007-03-01',
    });
    const [who] = await pool.sql`select current_user as name`;
    graph.pools.release(pool);
    expect(who?.name).toBe(inject('login') === 'owner' ? owner?.name : `laihu_${name.toLowerCase()}`);
  }
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewers } from '../../../src/identity/viewers.ts';
import type { ConnectionIdentity } from '../../../src/store/pools.ts';
import { takeTurn } from '../../../src/store/turn.ts';
import { createTestGraph, type TestGraph, testDay } from '../../support/graph.ts';
import { storedTables } from '../alone/readable.ts';

// On a connection that several identities share, a setting that none of them has is empty and not, as at its start,
// unknown. Neither may open a row.

let graph: TestGraph;
beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph.close());

const nobody = { unit: '', subdistrict: '', station: '', holder: '', person: '', posts: '', today: testDay };
const counts = `select ${storedTables
  .map(({ name }, i) => `(select count(*)::int from "${name.replace('.', '"."')}") as "${i}"`)
  .join(', ')}`;
const statement = { text: counts, params: [], options: { prepare: false, simple: true }, onSent: () => {} };

async function sharedBy(identity: ConnectionIdentity) {
  const pool = await graph.pools.share('housing', identity);
  graph.pools.release(pool!);
  return pool!.sql;
}

test.each(viewers.map(({ name }) => name))(
  'to %s no row is open for what an identity lacks',
  async (viewer) => {
    const sql = await sharedBy({ viewer, ...nobody });
    await sql.unsafe('begin');
    await sql.unsafe(`select set_config('laihu.today', $1, true)`, [testDay]);
    const unknown = await sql.unsafe(counts);
    await sql.unsafe('commit');
    expect(await sql.unsafe(`select current_setting('laihu.unit', true) as unit`)).toEqual([{ unit: null }]);
    const empty = await takeTurn(sql, { viewer, ...nobody }, statement);
    expect(await sql.unsafe(`select current_setting('laihu.unit', true) as unit`)).toEqual([{ unit: '' }]);
    expect(empty).toEqual(unknown);
  },
);

test('between turns a sub-district’s connection reads no migrant, in a turn those of its own', async () => {
  const subdistrict = '310107103';
  const unit = `PT-SUB-${subdistrict.slice(6)}`;
  const sql = await sharedBy({ viewer: 'SUBDISTRICT', ...nobody });
  const codes = `select distinct subdistrict_code as code from public_security.migrants`;
  expect(await sql.unsafe(codes)).toEqual([]);
  const identity = { viewer: 'SUBDISTRICT', ...nobody, unit, holder: unit, subdistrict };
  expect(await takeTurn(sql, identity, { ...statement, text: codes })).toEqual([{ code: subdistrict }]);
  expect(await sql.unsafe(codes)).toEqual([]);
});

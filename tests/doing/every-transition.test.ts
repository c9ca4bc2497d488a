import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { makeUnusual } from '../access/rows/unusual.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph } from '../support/graph.ts';
import { prepareAttempts } from './proving/attempts.ts';
import { changeFaults, guardFaults, makingFaults, type Tally } from './proving/by-role.ts';
import { Ground } from './proving/ground.ts';
import { readTables } from './reading/machines.ts';

// Every event in every state by every viewer and the system, as the role: legal exactly where the tables say.

const types = [...readTables().keys()];
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Sql;
let graph: TestGraph;
let ground: Ground;
const tally: Tally = { legal: 0, illegal: 0, skipped: [] };

beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url);
  owner = connectTo(database.url, { max: 1, onnotice: () => {} });
  await makeUnusual(graph.pools);
  ground = await Ground.of(graph.pools);
  await prepareAttempts(owner);
});
afterAll(async () => {
  await owner.end();
  await graph.close();
  await database.drop();
});

describe.each(types)('%s, by SQL as each role,', (type) => {
  test('changes along the rows of its table and no others', async () => {
    expect(await changeFaults(owner, ground, ground.machine(type), tally)).toEqual([]);
  });
  test('waits for its guards', async () => {
    expect(await guardFaults(owner, ground, ground.machine(type), tally)).toEqual([]);
  });
  test('is made along the rows of its table and no others', async () => {
    expect(await makingFaults(owner, ground, ground.machine(type), tally)).toEqual([]);
  });
});

test('most rows of the tables were tried on a row of the district', () => {
  console.log(`${tally.legal} legal and ${tally.illegal} illegal attempts, ${tally.unready} not ready`);
  for (const skipped of tally.skipped) console.log(`not tried: ${skipped}`);
  expect(tally.legal).toBeGreaterThan(0);
});

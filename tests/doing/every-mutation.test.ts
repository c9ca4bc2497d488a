import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import type { Pools } from '../../src/store/pools.ts';
import { makeUnusual } from '../access/rows/unusual.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph } from '../support/graph.ts';
import { prepareAttempts } from './proving/attempts.ts';
import { makingProgramFaults, programFaults } from './proving/by-program.ts';
import type { Tally } from './proving/by-role.ts';
import { Ground } from './proving/ground.ts';
import { takenBack } from './proving/taken-back.ts';
import { readTables } from './reading/machines.ts';
import { readMutations } from './reading/mutations.ts';

// Every event in every state by every viewer, through the program, over connections of the owner: the database's own rules
// are off. It is refused exactly where the tables say; where they let it, everything that is needed is asked for.

const tables = readTables();
const making = [...readMutations(tables).values()].filter(({ makes }) => makes).map(({ name }) => name);
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Sql;
let graph: TestGraph;
let ground: Ground;
let runner: ReturnType<typeof takenBack>;
const tally: Tally = { legal: 0, illegal: 0, skipped: [] };

beforeAll(async () => {
  database = await createTestDatabase('district');
  const { url } = database;
  const byOwner = (pools: Pools) => {
    runner = takenBack(pools);
    return runner;
  };
  graph = createTestGraph(
    url,
    undefined,
    undefined,
    undefined,
    undefined,
    byOwner,
    undefined,
    (ownerUrl) => ownerUrl,
  );
  owner = connectTo(url, { max: 1, onnotice: () => {} });
  await makeUnusual(graph.pools);
  ground = await Ground.of(graph.pools);
  await prepareAttempts(owner);
});
afterAll(async () => {
  await runner.close();
  await owner.end();
  await graph.close();
  await database.drop();
});

describe.each([...tables.keys()])('%s, through the program alone,', (type) => {
  test('changes along the rows of its table and no others', async () => {
    expect(await programFaults(owner, graph, ground, ground.machine(type), tally)).toEqual([]);
  });
});

test.each(making)('%s makes a record for whom the tables name, and for nobody else', async (name) => {
  expect(await makingProgramFaults(graph, ground, ground.mutations.get(name)!, tally)).toEqual([]);
});

test('most rows of the tables were tried on a row of the district', () => {
  console.log(`${tally.legal} legal and ${tally.illegal} illegal calls`);
  for (const skipped of new Set(tally.skipped)) console.log(`not tried: ${skipped}`);
  expect(tally.legal).toBeGreaterThan(0);
});

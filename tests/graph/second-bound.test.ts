import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewerLogin } from '../../src/database/wall/login.ts';
import { ObjectMeter } from '../../src/graph/limits/object-meter.ts';
import { CursorCodec } from '../../src/graph/reads/cursors.ts';
import { ReadEngine } from '../../src/graph/reads/engine.ts';
import { RequestReads } from '../../src/graph/reads/request-reads.ts';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { createPools, type Pools } from '../../src/store/pools.ts';
import { createRunner, type StatementTrace } from '../../src/store/statements.ts';
import { sharedDatabaseUrl } from '../support/database.ts';
import { productGraph, testDay, viewerOf } from '../support/graph.ts';

// What was predicted is not asked here: objects are counted as they come, by each kind of field that answers some.

let pools: Pools;
let engine: ReadEngine;
const graph = productGraph();

beforeAll(() => {
  pools = createPools({
    urls: sharedDatabaseUrl,
    statementTimeoutMs: 10_000,
    connectionsPerPool: 1,
    maxConnections: 40,
    login: viewerLogin,
  });
  engine = new ReadEngine({
    model: graph.model,
    wall: graph.wall,
    runner: createRunner(pools, { deadlineMs: 10_000 }),
    codec: new CursorCodec('a secret of the test run'),
    sameServer: () => true,
    today: () => testDay,
  });
});
afterAll(() => pools.close());

async function run(code: ViewerCode, source: string, limit: number, document = parse(source)) {
  const viewer = viewerOf(code);
  const statements: StatementTrace = [];
  const reads = new RequestReads(engine, viewer, statements, undefined, new ObjectMeter(limit));
  const result = await graph.executor.execute({
    reading: graph.executor.read({ document }),
    context: {
      viewer,
      reads,
      purpose: graph.purposes.usualOf(viewer.department),
      client: null,
    },
  });
  // What one statement has written is text.
  const data = result.data && (JSON.parse(JSON.stringify(result.data)) as Record<string, unknown>);
  return { ...result, data, objects: reads.objects.objects, statements };
}

/** The objects of an answer, counted in the answer itself. */
function objectsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + objectsIn(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + objectsIn(Object.values(value));
}

const documents: readonly (readonly [string, ViewerCode, string])[] = [
  ['rows of a page', 'POP', '{ orgUnits(first: 30) { nodes { id } } }'],
  ['rows of a page under two names', 'POP', '{ orgUnits(first: 20) { a: nodes { id } b: nodes { id } } }'],
  ['edges', 'POP', '{ orgUnits(first: 20) { edges { cursor node { id } } pageInfo { endCursor } } }'],
  ['nested pages', 'PSB', '{ migrants(first: 10) { nodes { permits(first: 5) { nodes { id } } } } }'],
  ['links, the same record again and again', 'HLR', '{ leases(first: 40) { nodes { dwelling { id } } } }'],
  ['lists without pages', 'PSB', '{ households(first: 20) { nodes { members { id migrant { id } } } } }'],
  ['value objects', 'HLR', '{ leases(first: 20) { nodes { a: landlord { name } b: landlord { name } } } }'],
  ['what the contract says of itself', 'POP', '{ accessMatrix { groups { cells { viewer } } } }'],
  [
    'statistics',
    'POP',
    '{ statistics(measure: LEASES_IN_FORCE, by: [SUBDISTRICT]) { cells { value } snapshots { month } } }',
  ],
  [
    'a document of which something is refused',
    'HLR',
    '{ leases(first: 30) { nodes { id tenant { name ethnicity } } } }',
  ],
];

describe('the second bound', () => {
  it.each(documents)('counts %s as they stand in the answer', async (_, code, source) => {
    const document = parse(source);
    for (let i = 0; i < 4; i++) {
      const { data, objects } = await run(code, source, 20_000, document);
      const answered = objectsIn(data) - 1;
      expect(answered).toBeGreaterThan(5);
      // A link that leads nowhere for this viewer was looked for all the same.
      expect(objects).toBeGreaterThanOrEqual(answered);
      expect(objects).toBeLessThanOrEqual(answered * 1.5);
    }
  });

  it.each(documents)('ends a request at the limit, by whatever road, over %s', async (_, code, source) => {
    const { objects } = await run(code, source, 20_000);
    const document = parse(source);
    for (let i = 0; i < 4; i++) {
      const { data, errors } = await run(code, source, objects - 1, document);
      expect(data).toBeNull();
      expect(errors).toHaveLength(1);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COSTLY', limit: objects - 1 });
      expect(errors?.[0]?.extensions.path).toMatch(/^[a-zA-Z.]+$/);
      expect((await run(code, source, objects, document)).data).not.toBeNull();
    }
  });

  it('counts what provenance reads beside the answer, the same in every run', async () => {
    const source =
      '{ migrants(first: 20) { nodes { id provenance { name { value } mobilePhone { value } } } } }';
    const document = parse(source);
    const counts: number[] = [];
    for (let i = 0; i < 5; i++) {
      const { data, errors, objects } = await run('PSB', source, 20_000, document);
      expect(errors).toBeUndefined();
      // Each record is read again for its values, at least.
      expect(objects).toBeGreaterThanOrEqual(objectsIn(data) - 1 + 20);
      counts.push(objects);
    }
    expect(new Set(counts).size).toBe(1);
    const few = await run('PSB', source, counts[0]! - 1, document);
    expect([few.data, few.errors?.map(({ extensions }) => extensions.code)]).toEqual([
      null,
      ['QUERY_TOO_COSTLY'],
    ]);
  });

  it('reads nothing more once it is passed', async () => {
    const source =
      '{ migrants(first: 50) { nodes { id permits(first: 5) { nodes { id events { id } } } } } }';
    const { statements } = await run('PSB', source, 20);
    expect(statements).toHaveLength(1);
  });
});

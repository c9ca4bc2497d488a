import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createGraph } from '../../src/schema.ts';
import { connectTo } from '../../src/store/connect.ts';
import type { Pools } from '../../src/store/pools.ts';
import { createRunner, type Runner } from '../../src/store/statements.ts';
import { inTransaction } from '../../src/store/transaction.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { until } from '../support/until.ts';

// One statement reads several departments; a department that does not answer still takes nothing but its own fields.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let graph: TestGraph;
let runner: Runner;

beforeAll(async () => {
  database = await createTestDatabase('district');
  const fusedAtOnce = createGraph(undefined, undefined, 1);
  const make = (pools: Pools) => {
    runner = createRunner(pools, { deadlineMs: 1500 });
    return runner;
  };
  graph = createTestGraph(database.url, undefined, fusedAtOnce, undefined, undefined, make);
});
afterAll(async () => {
  await graph?.close();
  await database?.drop();
});

const persons = '{ migrants(first: 2) { nodes { id name leases(first: 1) { nodes { id } } } } }';

it('answers all but the department whose table is locked, again and again, and all when it is free', {
  timeout: 90_000,
}, async () => {
  const viewer = viewerOf('PSB');
  const whole = await graph.ask(viewer, persons);
  expect(whole.errors).toEqual([]);
  expect(whole.statements).toHaveLength(1);
  const names = whole.data.migrants.nodes.map(({ name }: { name: string }) => name);
  const holder = connectTo(database.url, { max: 1, onnotice: () => {} });
  await inTransaction(holder, async (tx) => {
    await tx`lock table housing.leases in access exclusive mode`;
    for (let i = 0; i < 8; i++) {
      const { data, errors } = await graph.ask(viewer, persons);
      expect(data.migrants.nodes.map(({ name }: { name: string }) => name)).toEqual(names);
      expect(data.migrants.nodes.map(({ leases }: { leases: unknown }) => leases)).toEqual([null, null]);
      expect(errors.map(({ path }) => path?.join('.'))).toEqual([
        'migrants.nodes.0.leases',
        'migrants.nodes.1.leases',
      ]);
      for (const { originalError } of errors)
        expect(originalError).toMatchObject({ name: 'StoreUnavailable', store: 'housing' });
    }
    expect([runner.isRefusing('public_security'), runner.isRefusing('housing')]).toEqual([false, true]);
  });
  await holder.end();
  await until(async () => (await graph.ask(viewer, persons)).errors.length === 0);
  expect((await graph.ask(viewer, persons)).data).toEqual(whole.data);
});

it('holds up no document that does not read it', { timeout: 60_000 }, async () => {
  const viewer = viewerOf('PSB');
  const patient = createTestGraph(
    database.url,
    undefined,
    createGraph(undefined, undefined, 1),
    undefined,
    undefined,
    (pools) => createRunner(pools, { deadlineMs: 40_000 }),
  );
  const others = '{ migrants(first: 2) { nodes { id name } } }';
  const ended: string[] = [];
  const ask = (document: string, name: string) =>
    patient.ask(viewer, document).then(({ errors, statements }) => {
      ended.push(`${name}: ${statements.length}`);
      return errors;
    });
  const holder = connectTo(database.url, { max: 1, onnotice: () => {} });
  let waiting: Promise<unknown>[] = [];
  await inTransaction(holder, async (tx) => {
    await tx`lock table housing.leases in access exclusive mode`;
    waiting = Array.from({ length: 4 }, () => ask(persons, 'waits'));
    await until(async () => (await tx`select from pg_locks where not granted`).length > 0);
    await Promise.all(Array.from({ length: 4 }, () => ask(others, 'reads')));
    expect(ended).toEqual(Array.from({ length: 4 }, () => 'reads: 1'));
  });
  await holder.end();
  expect((await Promise.all(waiting)).flat()).toEqual([]);
  await patient.close();
});

it('is no matter of one asker’s fault: after a bad cursor others are still answered by one statement', async () => {
  const viewer = viewerOf('PSB');
  const document = parse('query ($after: String) { migrants(first: 1, after: $after) { nodes { id } } }');
  const { errors } = await graph.askDocument(viewer, { document, variables: { after: 'none of ours' } });
  expect(errors[0]?.extensions.code).toBe('BAD_CURSOR');
  const { statements } = await graph.askDocument(viewer, { document, variables: {} });
  expect(statements.map(({ text }) => text.includes('from (select) "z"'))).toEqual([true]);
});

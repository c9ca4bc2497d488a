import type { Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import type { Viewer } from '../../src/identity/viewer.ts';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { connectTo } from '../../src/store/connect.ts';
import type { Pools } from '../../src/store/pools.ts';
import type { RawRow } from '../access/reading/district.ts';
import { Scope } from '../access/reading/scope.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph } from '../support/graph.ts';
import { Seeded } from '../support/seeded.ts';
import { Ground, type Machine } from './proving/ground.ts';
import { heldBy } from './proving/guards.ts';
import { takenBack } from './proving/taken-back.ts';
import { enumOf, isOpen, leaves, makes, type Row } from './reading/machines.ts';
import { capital } from './reading/mutations.ts';
import { isWithin } from './reading/territory.ts';

// What a record says that can be done with it is what is accepted, and a work list is all that awaits: by brute force.

const pairs = 1000;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Sql;
let graph: TestGraph;
let ground: Ground;
let runner: ReturnType<typeof takenBack>;

beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url, undefined, undefined, undefined, undefined, (pools: Pools) => {
    runner = takenBack(pools);
    return runner;
  });
  owner = connectTo(database.url, { max: 1, onnotice: () => {} });
  ground = await Ground.of(graph.pools);
});
afterAll(async () => {
  await runner.close();
  await owner.end();
  await graph.close();
  await database.drop();
});

/** With all posts that some row asks of the viewer, or none. */
function actorOf(code: ViewerCode, withPosts: boolean): Viewer {
  const posts = [...ground.tables.values()]
    .flat()
    .filter((row) => row.viewers.includes(code))
    .flatMap((row) => row.posts);
  const viewer = ground.viewer(code);
  return {
    ...viewer,
    posts: (withPosts ? [...new Set([...viewer.posts, ...posts])] : []) as Viewer['posts'],
  };
}

const scopes = new Map<string, Scope>();
/** With the rows about which it is only asked. */
function scopeOf(viewer: Viewer): Scope {
  const key = `${viewer.department} ${viewer.posts}`;
  const known = scopes.get(key) ?? new Scope(ground.oracle, ground.district, viewer);
  scopes.set(key, known);
  return known;
}

const stateOf = ({ state }: Machine, row: RawRow): string | null =>
  state ? ((row[state] as string | null) ?? null) : null;

/** The rows of the table by which a viewer may change a stored row, guards apart. */
const openOn = (machine: Machine, row: RawRow, viewer: Viewer, code: ViewerCode): readonly Row[] =>
  machine.rows.filter(
    (each) =>
      leaves(each, stateOf(machine, row)) &&
      isOpen(each, code, viewer.posts) &&
      isWithin(each, row, viewer, scopeOf(viewer), ground.district),
  );

interface Action {
  readonly event: string;
  readonly mutation: string;
  readonly inputEvent: string | null;
  readonly to: string | null;
  readonly needs: readonly string[];
  readonly awaited: boolean;
  readonly adverse: boolean;
  readonly clause: string;
  readonly missing: readonly { readonly message: string }[];
}

test(`of ${pairs} pairs of a viewer and a record, what can be done is what the tables say, and what is accepted`, async () => {
  const random = new Seeded(12);
  const machines = ground.machines.filter(({ type }) => ground.district.rows(type).length > 0);
  const faults: string[] = [];
  let offered = 0;
  let tried = 0;
  while (tried < pairs) {
    const machine = random.pick(machines);
    // Half of them are pairs of which something can be expected.
    const actors = [...new Set(machine.rows.flatMap((row) => row.viewers))] as ViewerCode[];
    const code =
      random.chance(0.7) && actors.length > 0 ? random.pick(actors) : random.pick(viewers.map((v) => v.code));
    const viewer = actorOf(code, random.chance(0.8));
    const seen = ground.district
      .rows(machine.type)
      .filter(({ id }) => scopeOf(viewer).sees(machine.type, id));
    const row = random.pick(
      seen.length > 0 && random.chance(0.9) ? seen : ground.district.rows(machine.type),
    );
    tried += 1;
    offered += await pairFaults(machine, row, viewer, code, faults);
  }
  console.log(`${tried} pairs, ${offered} actions offered`);
  expect(faults).toEqual([]);
  expect(offered).toBeGreaterThan(0);
});

async function pairFaults(
  machine: Machine,
  row: RawRow,
  viewer: Viewer,
  code: ViewerCode,
  faults: string[],
): Promise<number> {
  const { type } = machine;
  const id = encodeNodeId(type, row.id);
  const where = `${type} ${row.id} (${stateOf(machine, row)}) for ${code} (${viewer.posts})`;
  const answer = await graph.ask(
    viewer,
    `{ node(id: "${id}") { ... on ${type} { availableActions { event mutation inputEvent to needs awaited adverse clause missing { message } } } } }`,
  );
  const sees = scopeOf(viewer).sees(type, row.id);
  const actions: readonly Action[] = answer.data?.node?.availableActions ?? [];
  const isWithheld = answer.errors.length > 0;
  const open = sees ? openOn(machine, row, viewer, code) : [];
  const told = (all: readonly object[]) => all.map((one) => JSON.stringify(one)).sort();
  const should = open.map(({ event, mutation, to, input, awaited, adverse, clause }) => ({
    event,
    mutation,
    inputEvent: ground.mutations.get(mutation)!.choosesEvent ? enumOf(event) : null,
    to: to || null,
    needs: input.filter(({ required }) => required).map(({ field }) => field),
    awaited,
    adverse,
    clause,
  }));
  const is = actions.map(({ missing: _, ...rest }) => rest);
  if (!isWithheld && told(is).join() !== told(should).join())
    faults.push(`${where}: says ${told(is)}, should ${told(should)}`);
  // Each event of the machine is tried, offered or not.
  const calls = new Map(
    machine.rows
      .filter((each) => each.mutation !== '' && !makes(each))
      .map(({ mutation, event }) => [`${mutation} ${event}`, { mutation, event }] as const),
  );
  for (const { mutation: name, event } of calls.values()) {
    const { choosesEvent } = ground.mutations.get(name)!;
    const offered = actions.find((action) => action.event === event && action.mutation === name);
    // What is offered is asked for as the record says.
    const asked = offered ? offered.inputEvent : choosesEvent ? enumOf(event) : null;
    const input = {
      id,
      expectedVersion: Number(row.recordVersion),
      ...(asked !== null && { event: asked }),
    };
    const { data, errors } = await graph.ask(
      viewer,
      `mutation($input: ${capital(name)}Input!) { ${name}(input: $input) { committed userErrors { code } } }`,
      { input },
    );
    const refusal = errors[0]?.extensions.code;
    const isAccepted = refusal !== 'NOT_YOURS' && refusal !== 'BAD_TRANSITION';
    if (isWithheld) continue;
    if (isAccepted !== (offered !== undefined))
      faults.push(`${where}: ${event} is ${offered ? '' : 'not '}offered, but got ${refusal ?? 'through'}`);
    else if (offered) {
      if (refusal)
        faults.push(`${where}: ${event} is offered, but got ${String(refusal)} ${errors[0]?.message}`);
      const notReady = (data?.[name]?.userErrors ?? []).filter(
        (e: { code: string }) => e.code === 'NOT_READY',
      ).length;
      // A condition on the row as it becomes is told when it is known what it becomes.
      if (offered.missing.length > 0 && offered.missing.length !== notReady)
        faults.push(`${where}: ${event} misses ${offered.missing.length}, but ${notReady} were told`);
    }
  }
  return actions.length;
}

test.each(viewers.map(({ code }) => code))(
  '%s finds in its work list all that awaits it, and nothing else',
  async (code) => {
    const viewer = actorOf(code, true);
    const scope = scopeOf(viewer);
    const should = new Map<string, number>();
    const each = new Set<string>();
    for (const machine of ground.machines) {
      const duties = machine.rows.filter(
        (row) => row.awaited && !makes(row) && isOpen(row, code, viewer.posts),
      );
      if (duties.length === 0) continue;
      for (const stored of ground.district.rows(machine.type)) {
        if (!scope.sees(machine.type, stored.id)) continue;
        const events = new Set<string>();
        for (const row of duties) {
          if (!leaves(row, stateOf(machine, stored))) continue;
          if (!isWithin(row, stored, viewer, scope, ground.district)) continue;
          const isReady = await Promise.all(
            row.guards.map(async (name) => {
              const held = await heldBy(owner, ground, machine.type, name, viewer);
              return !held || held.has(stored.id);
            }),
          );
          if (isReady.every(Boolean)) events.add(row.event);
        }
        for (const event of events) {
          const kind = `${machine.type} ${event}`;
          should.set(kind, (should.get(kind) ?? 0) + 1);
          each.add(`${encodeNodeId(machine.type, stored.id)} ${event}`);
        }
      }
    }
    const { data, errors } = await graph.ask(
      viewer,
      '{ myWork { total items { id event since } counts { kind event count } } }',
    );
    expect(errors).toEqual([]);
    const { total, items, counts } = data.myWork as {
      total: number;
      items: { id: string; event: string; since: string }[];
      counts: { kind: string; event: string; count: number }[];
    };
    const is = new Map<string, number>();
    for (const { kind, event, count } of counts)
      is.set(`${kind} ${event}`, (is.get(`${kind} ${event}`) ?? 0) + count);
    expect(Object.fromEntries([...is].sort())).toEqual(Object.fromEntries([...should].sort()));
    expect(total).toBe(each.size);
    expect(items.length).toBe(Math.min(100, each.size));
    expect(items.filter(({ id, event }) => !each.has(`${id} ${event}`))).toEqual([]);
    expect(items.map(({ since }) => since)).toEqual(items.map(({ since }) => since).sort());
  },
);

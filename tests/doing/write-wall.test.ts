import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { connectTo } from '../../src/store/connect.ts';
import { storedTables } from '../access/alone/readable.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph } from '../support/graph.ts';
import { letThrough, noRow, prepareAttempts, tryStatements } from './proving/attempts.ts';
import { Ground, type Machine, type Placed } from './proving/ground.ts';
import { otherRights, rightsByTables, rightsInDatabase } from './proving/write-rights.ts';
import { isOpen, leaves, makes, type Row, readTables } from './reading/machines.ts';
import { rightsOf, storedIn } from './reading/rights.ts';
import { isWithin } from './reading/territory.ts';

// What a viewer's role cannot write, whatever SQL it sends (docs/doing.md, The second wall).

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Sql;
let graph: TestGraph;
let ground: Ground;
/** How often each question was asked. */
const asked = new Map<string, number>();
const count = (question: string) => asked.set(question, (asked.get(question) ?? 0) + 1);

beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url);
  owner = connectTo(database.url, { max: 1, onnotice: () => {} });
  ground = await Ground.of(graph.pools);
  await prepareAttempts(owner);
});
afterAll(async () => {
  await owner.end();
  await graph.close();
  await database.drop();
});

test('each role may insert and update the columns that its rows of the tables write, and no others', async () => {
  const [should, is] = [rightsByTables(ground), await rightsInDatabase(owner)];
  const tooMany = [...is].filter((right) => !should.has(right)).sort();
  const tooFew = [...should].filter((right) => !is.has(right)).sort();
  expect({ tooMany, tooFew }).toEqual({ tooMany: [], tooFew: [] });
});

test('no role deletes, empties or bends a table', async () => {
  const own = (await otherRights(owner)).filter((right) => !right.startsWith('laihu_system '));
  expect(own).toEqual([]);
});

/** One legal change of a record type by an actor: the row in its state, and what makes it. */
interface Change {
  readonly machine: Machine;
  readonly placed: Placed;
  readonly row: Row;
  readonly was: string | null;
  readonly version: number;
}

const quote = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** A state from which a row of the table leaves. */
const stateFor = ({ state }: Machine, { from }: Row, { row }: Pick<Placed, 'row'>): string | null =>
  state && from[0] !== '*' ? (from[0] ?? null) : state ? String(row[state]) : null;

/** What the owner sets first. */
function preparing({ machine, placed, was }: Pick<Change, 'machine' | 'placed' | 'was'>): string[] {
  const { type, state } = machine;
  const sets = { ...placed.crafted, ...(state && was !== null && { [ground.column(type, state)]: was }) };
  const parts = Object.entries(sets).map(([column, value]) => `"${column}" = ${quote(value)}`);
  return parts.length === 0
    ? []
    : [`update ${ground.held(type)} set ${parts.join(', ')} where id = ${quote(placed.row.id)}`];
}

/** A legal change of each record type, found by trying. */
async function changeOf(type: string): Promise<Change | undefined> {
  const machine = ground.machine(type);
  for (const { code } of viewers)
    for (const placed of ground.placed(machine, code).found)
      for (const row of placed.within) {
        if (!isOpen(row, code, placed.posts)) continue;
        const was = stateFor(machine, row, placed);
        const change = { machine, placed, row, was, version: Number(placed.row.recordVersion) };
        if ((await attempt(change, [update(change), event(change)])) === letThrough) return change;
      }
  return undefined;
}

function update({ machine, placed, row }: Change, more = ''): string {
  const state =
    machine.state && row.to ? `, "${ground.column(machine.type, machine.state)}" = ${quote(row.to)}` : '';
  return `update ${ground.held(machine.type)} set as_of = now()${state}${more} where id = ${quote(placed.row.id)}`;
}

function event(
  { machine, placed, row, was, version }: Change,
  faked: Partial<Record<'version' | 'event' | 'viewer' | 'unit' | 'record' | 'from' | 'to', string>> = {},
): string {
  const { viewer, settings } = ground.trier(placed);
  const values = [
    quote(machine.type),
    quote(faked.record ?? placed.row.id),
    faked.version ?? String(version + 1),
    quote(faked.event ?? row.event),
    faked.from ? quote(faked.from) : was === null ? 'null' : quote(was),
    faked.to ? quote(faked.to) : row.to || was ? quote(row.to || was!) : 'null',
    quote(faked.viewer ?? viewer),
    quote(faked.unit ?? settings.unit ?? ''),
    quote('somebody'),
  ];
  return `insert into access.record_events (record_type, record_id, version, event, from_state, to_state, viewer, acting_unit, person) values (${values.join(', ')})`;
}

const attempt = (
  change: Change,
  statements: readonly string[],
  declared = change.row.event,
  before: readonly string[] = [],
) =>
  tryStatements(owner, ground.trier(change.placed), declared, statements, [...preparing(change), ...before]);

/** A value of a column's type that a stored one is not. */
function anotherValue(stored: unknown, kind: string): string {
  if (stored !== null && stored !== undefined) return 'null';
  if (kind.endsWith('[]')) return `'{}'`;
  if (/^(integer|bigint|smallint|numeric)/.test(kind)) return '1';
  if (/^(date|timestamp)/.test(kind)) return 'now()';
  return { boolean: 'true', uuid: 'gen_random_uuid()', jsonb: `'{}'` }[kind] ?? `'x'`;
}

describe.each([...readTables().keys()])('%s, by a role that may change it,', (type) => {
  test('needs its event, once, as it is, and its next version', async () => {
    const change = await changeOf(type);
    if (!change) return;
    count('changes');
    const { row, version } = change;
    const says: Record<string, string> = {
      nothing: await attempt(change, [update(change)]),
      'the same event of the change before': await attempt(change, [update(change)], row.event, [
        event(change, { version: String(version) }),
      ]),
      'an undeclared event': await attempt(change, [update(change), event(change)], ''),
      'a foreign event': await attempt(
        change,
        [update(change), event(change, { event: 'anotherEvent' })],
        row.event,
      ),
      'an event from another state': await attempt(change, [
        update(change),
        event(change, { from: 'NOWHERE' }),
      ]),
      'an event to another state': await attempt(change, [update(change), event(change, { to: 'NOWHERE' })]),
      'an event alone': await attempt(change, [event(change)]),
      'an event of a later version': await attempt(change, [
        update(change),
        event(change, { version: String(version + 2) }),
      ]),
      'an event of another record': await attempt(change, [
        update(change),
        event(change, { record: randomUUID() }),
      ]),
      'an event of another viewer': await attempt(change, [
        update(change),
        event(change, { viewer: 'NOBODY' }),
      ]),
      'an event of another unit': await attempt(change, [update(change), event(change, { unit: 'PT-XXX' })]),
      'a skipped version': await attempt(change, [
        update(change, `, record_version = ${version + 5}`),
        event(change),
      ]),
      'a version that stays': await attempt(change, [
        update(change, `, record_version = ${version}`),
        event(change),
      ]),
    };
    const done = Object.entries(says).filter(([, code]) => !/^(LH00[13]|42501)/.test(code));
    expect(done).toEqual([]);
  });

  test('writes no other column', async () => {
    const change = await changeOf(type);
    if (!change) return;
    const { placed, machine } = change;
    const { role } = ground.trier(placed);
    const columns = await owner<{ name: string }[]>`
      select attname as name from pg_attribute where attrelid = ${ground.held(type)}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`;
    const should = rightsByTables(ground);
    for (const { name } of columns) {
      if (should.has(`${role} UPDATE ${ground.held(type).replaceAll('"', '')}.${name}`)) continue;
      count('columns');
      const outcome = await attempt(change, [update(change, `, "${name}" = null`), event(change)]);
      expect(`${machine.type}.${name} ${outcome}`).toMatch(/ 42501$/);
    }
  });

  test('writes by an event no column of another one', async () => {
    const machine = ground.machine(type);
    const rights = (rows: readonly Row[]) =>
      rightsOf(ground.oracle, ground.district, type, rows, machine.state).update;
    const types = await owner<{ name: string; kind: string }[]>`
      select attname as name, format_type(atttypid, null) as kind from pg_attribute where attrelid = ${ground.held(type)}::regclass and attnum > 0`;
    const kinds = new Map(types.map(({ name, kind }) => [name, kind]));
    for (const { code } of viewers) {
      const open = machine.rows.filter((row) => row.viewers.includes(code));
      const tried = new Set<Row>();
      for (const placed of ground.placed(machine, code).found)
        for (const row of placed.within) {
          const others = rights(open).filter((column) => !rights([row]).includes(column));
          if (others.length === 0 || tried.has(row) || !isOpen(row, code, placed.posts)) continue;
          const was = stateFor(machine, row, placed);
          const change = { machine, placed, row, was, version: Number(placed.row.recordVersion) };
          // What is ready and what is not: columns are asked before conditions.
          if (!/^(PT000|LH002)/.test(await attempt(change, [update(change), event(change)]))) continue;
          tried.add(row);
          const [held] = await owner.unsafe(`select * from ${ground.held(type)} where id = $1`, [
            placed.row.id,
          ]);
          const stored: Record<string, unknown> = { ...held, ...placed.crafted };
          for (const column of others) {
            count('columns of other events');
            const value = anotherValue(stored[column], kinds.get(column) ?? '');
            const outcome = await attempt(change, [
              update(change, `, "${column}" = ${value}`),
              event(change),
            ]);
            expect(`${row.where} ${code} ${column} ${outcome}`).toMatch(/ LH001$/);
          }
        }
    }
  });

  test('passes no event off as another', async () => {
    const machine = ground.machine(type);
    const declare = (name: string) => `select set_config('laihu.event', ${quote(name)}, true)`;
    for (const { code } of viewers)
      for (const placed of ground.placed(machine, code).found)
        for (const row of placed.within)
          for (const other of placed.within) {
            if (row.event === other.event || !isOpen(row, code, placed.posts)) continue;
            const was = stateFor(machine, row, placed);
            const becomes = ({ to }: Row) => to || (was ?? '');
            if (!isOpen(other, code, placed.posts) || becomes(row) !== becomes(other) || !leaves(other, was))
              continue;
            const change = { machine, placed, row, was, version: Number(placed.row.recordVersion) };
            const told = { ...change, row: other };
            if ((await attempt(told, [update(told), event(told)])) !== letThrough) continue;
            count('events as others');
            const declaredFirst = [declare(other.event), update(change)];
            expect({
              where: `${row.where} ${code} as ${other.event}`,
              'by its name': await attempt(change, [...declaredFirst, event(change)]),
              'and declared afterwards': await attempt(change, [
                ...declaredFirst,
                declare(row.event),
                event(change),
              ]),
            }).toMatchObject({ 'by its name': 'LH003', 'and declared afterwards': 'LH003' });
          }
  });

  test('writes no row outside of its territory', async () => {
    const machine = ground.machine(type);
    for (const { code } of viewers) {
      const open = machine.rows.filter((row) => !makes(row) && row.viewers.includes(code));
      if (open.length === 0) continue;
      const posts = open.flatMap((row) => row.posts);
      const viewer = ground.viewer(code, posts);
      const scope = ground.scope(viewer);
      for (const row of open) {
        const stored = ground.district
          .rows(type)
          .find((each) => !isWithin(row, each, viewer, scope, ground.district));
        if (!stored) continue;
        count('rows outside');
        const placed: Placed = { actor: code, posts, row: stored, crafted: {}, within: new Set() };
        const was = stateFor(machine, row, placed);
        const change = { machine, placed, row, was, version: Number(stored.recordVersion) };
        // Another row of the table may do the same to it.
        const legal = open.some(
          (other) =>
            other.event === row.event &&
            leaves(other, was) &&
            isWithin(other, stored, viewer, scope, ground.district),
        );
        const outcome = await attempt(change, [update(change), event(change)]);
        if (!legal) expect(`${row.where} ${code} ${outcome}`).toMatch(/ (LH006|42501|PT001)$/);
      }
    }
  });

  test('links to no record that it does not see', async () => {
    const { oracle, district } = ground;
    const machine = ground.machine(type);
    for (const { code } of viewers) {
      for (const placed of ground.placed(machine, code).found.slice(0, 2)) {
        const viewer = ground.viewer(code, placed.posts);
        for (const row of placed.within) {
          if (!isOpen(row, code, placed.posts)) continue;
          const was = stateFor(machine, row, placed);
          for (const { field } of row.input) {
            const link = oracle.type(type).fields.get(field);
            if (link?.kind !== 'link' || link.list) continue;
            const scope = ground.scope(viewer);
            const unseen = district.rows(link.target).find(({ id }) => !scope.sees(link.target, id));
            const [property = ''] = storedIn(oracle, type, field);
            if (!unseen || unseen.id === placed.row[property]) continue;
            count('links');
            const change = { machine, placed, row, was, version: Number(placed.row.recordVersion) };
            const outcome = await attempt(change, [
              update(change, `, "${ground.column(type, property)}" = ${quote(unseen.id)}`),
              event(change),
            ]);
            expect(`${row.where} ${code} ${field} ${outcome}`).toMatch(/ (LH004|42501)$/);
          }
        }
      }
    }
  });
});

describe('what is kept of writes', () => {
  const kept = [
    `insert into access.done_requests (unit, person, key, body, record_type, record_id, version, event) select u, 'somebody', 'k' || u, 'b', 'Nothing', '1', 1, 'nothing' from unnest(array['PT-PSB', 'PT-HLR']) u`,
    `insert into access.outbox (record_type, record_id, version, effect, store, happened) values ('Nothing', '1', 1, 'nothing', 'permits', '{}')`,
  ];
  const as = (code: ViewerCode) => {
    const [row] = ground.machines.flatMap(({ type }) => ground.district.rows(type).slice(0, 1));
    return ground.trier({
      actor: code,
      posts: [],
      row: row!,
      crafted: {},
      within: new Set(),
    });
  };

  test.each(viewers.map(({ code }) => code))(
    '%s reads and writes of keys and events only its own',
    async (code) => {
      for (const text of kept) await owner.unsafe(`${text} on conflict do nothing`);
      const who = as(code);
      const unit = who.settings.unit ?? '';
      const says = (statement: string) => tryStatements(owner, who, 'nothing', [statement]);
      expect(await says(`select 1 from access.done_requests where unit <> ${quote(unit)}`)).toBe(noRow);
      expect(
        await says(
          `insert into access.done_requests (unit, person, key, body, record_type, record_id, version, event) values ('PT-XXX', 'x', 'x', 'x', 'x', 'x', 1, 'x')`,
        ),
      ).toBe('42501');
      for (const table of ['done_requests', 'record_events', 'outbox'])
        for (const statement of [
          `delete from access.${table}`,
          `update access.${table} set version = 9`,
          `truncate access.${table}`,
        ])
          expect(`${statement} ${await says(statement)}`).toMatch(/ 42501$/);
      expect(await says('select 1 from access.outbox')).toBe('42501');
      expect(
        await says(
          `insert into access.outbox (record_type, record_id, version, effect, store, happened) values ('x', 'x', 1, 'x', 'x', '{}')`,
        ),
      ).toBe('42501');
    },
  );

  test.each(viewers.map(({ code }) => code))(
    '%s reads no event of a record that it does not see',
    async (code) => {
      const viewer = ground.viewer(code);
      const scope = ground.scope(viewer);
      for (const { type } of ground.machines) {
        // A row of two types is seen as either.
        const types = storedTables.find((table) => table.types.includes(type))?.types ?? [type];
        const unseen = ground.district
          .rows(type)
          .find(({ id }) => !types.some((each) => scope.sees(each, id)));
        if (!unseen) continue;
        count('events');
        await owner`insert into access.record_events (record_type, record_id, version, event, viewer, acting_unit, person)
        values (${type}, ${unseen.id}, 0, 'nothing', 'SYSTEM', 'system', 'system') on conflict do nothing`;
        const outcome = await tryStatements(owner, as(code), '', [
          `select 1 from access.record_events where record_type = ${quote(type)} and record_id = ${quote(unseen.id)}`,
        ]);
        expect(`${type} ${outcome}`).toBe(`${type} ${noRow}`);
      }
    },
  );
});

test('each of it was asked of some record', () => {
  console.log(Object.fromEntries(asked));
  for (const question of [
    'changes',
    'columns',
    'columns of other events',
    'events as others',
    'rows outside',
    'events',
  ])
    expect(`${question} ${(asked.get(question) ?? 0) > 0}`).toBe(`${question} true`);
});

import { Placeholder, type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { expect } from 'vitest';
import { departments } from '../../../src/departments/index.ts';
import type { ViewerCode } from '../../../src/identity/viewers.ts';
import { nameOrder } from '../../../src/store/name-order.ts';
import { testDay } from '../../support/graph.ts';
import { compareErrors, leaks, type Refusal, rootRefusal } from '../asking/access-report.ts';
import { keyOf, rawValue } from '../asking/expectation.ts';
import { expectNoProblems } from '../asking/no-problems.ts';
import type { Setting } from '../asking/setup.ts';
import { type Coordinate, orderName } from '../reading/contract.ts';
import type { RawRow } from '../reading/district.ts';
import type { Scope } from '../reading/scope.ts';
import type { Surface } from './surface.ts';

/** An order value of a type and who may not use it. */
interface OrderValue {
  readonly name: string;
  readonly field: Coordinate | null;
  /** The field of the related records whose smallest value orders. */
  readonly of: Coordinate | null;
}

function orderValues({ oracle }: Setting, type: string): OrderValue[] {
  const byField = [...oracle.type(type).fields.values()].flatMap((field) =>
    field.orders.map((of) => ({
      name: orderName(field.name, of),
      field,
      of: of === '' ? null : (oracle.type(field.target).fields.get(of) ?? null),
    })),
  );
  return [{ name: 'ID', field: null, of: null }, ...byField];
}

function refusalOf({ oracle }: Setting, viewer: ViewerCode, type: string, { name, field, of }: OrderValue) {
  if (!field) return null;
  const refused = oracle.argumentRefusal(viewer, field) ?? (of && oracle.argumentRefusal(viewer, of));
  return refused && { coordinate: `${type}OrderField.${name}`, ...refused };
}

const dialect = new PgDialect();
const sequences = new Map<string, Promise<readonly string[]>>();

/** The ids of all rows of a type in the order of an expression, as PostgreSQL sorts them. */
function sequence(
  { district, graph }: Setting,
  type: string,
  value: SQL | null,
  direction: 'asc' | 'desc',
): Promise<readonly string[]> {
  const { table, where } = district.source(type);
  const id = sql.raw(`"id" ${direction}`);
  const order = value ? sql`${value} ${sql.raw(`${direction} nulls last`)}, ${id}` : id;
  const query = sql`select "id" from ${table}${where ? sql` where ${where}` : sql``} order by ${order}`;
  const { sql: text, params } = dialect.sqlToQuery(query);
  const key = `${text}`;
  const store = departments.find((d) => type in d.records)?.store ?? '';
  const known = sequences.get(key);
  if (known !== undefined) return known;
  const values = params.map((p) => (p instanceof Placeholder ? testDay : p));
  const made = graph.pools
    .ownerOf(store)
    .unsafe(text, values as never[])
    .then((rows) => rows.map((row) => String(row.id)));
  sequences.set(key, made);
  return made;
}

/** Ordered by the readings of surnames (tests/graph/name-order.test.ts). */
const personNames: ReadonlySet<string> = new Set([
  'Migrant.name',
  'Coordinator.name',
  'LiaisonContact.name',
  'Appointment.holderName',
  'UserAccount.holderName',
]);

function expressionOf({ district }: Setting, type: string, field: Coordinate): SQL {
  const source = district.source(type);
  if (field.kind === 'computed') return sql`${source.computed?.[field.name]?.({}) ?? sql`null`}`;
  const column = (source.table as unknown as Record<string, SQL>)[field.name]!;
  if (personNames.has(`${type}.${field.name}`)) return nameOrder(column);
  // Names are looked up in the order of their pinyin.
  return field.target === 'String' && /name$/i.test(field.name)
    ? sql`${column} collate "zh-x-icu"`
    : sql`${column}`;
}

async function expectedIds(
  setting: Setting,
  type: string,
  value: OrderValue,
  direction: 'asc' | 'desc',
  scope: Scope,
) {
  const { field, of } = value;
  const all = await sequence(
    setting,
    type,
    field && !of ? expressionOf(setting, type, field) : null,
    direction,
  );
  const ids = all.filter((id) => scope.sees(type, id));
  if (!field || !of) return field ? valuedFirst(setting, type, field, direction, scope, ids) : ids;
  const smallest = new Map(ids.map((id) => [id, smallestRelated(setting, field, of, id, scope)]));
  const way = direction === 'asc' ? 1 : -1;
  // The sort is stable: ties stay in the order of the id.
  return [...ids].sort((a, b) => {
    const [x, y] = [smallest.get(a) ?? null, smallest.get(b) ?? null];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return x < y ? -way : x > y ? way : 0;
  });
}

/** Rows that do not have the value for the viewer stand last, by their ids, with those in which it is not recorded. */
function valuedFirst(
  { district }: Setting,
  type: string,
  field: Coordinate,
  direction: 'asc' | 'desc',
  scope: Scope,
  ids: readonly string[],
): string[] {
  const rows = new Map(ids.map((id) => [id, district.row(type, id)!]));
  if ([...rows.values()].every((row) => scope.has(field, row))) return [...ids];
  const valued = ids.filter(
    (id) => scope.has(field, rows.get(id)!) && rawValue(field, rows.get(id)!) !== null,
  );
  const others = ids.filter((id) => !valued.includes(id)).sort();
  return [...valued, ...(direction === 'asc' ? others : others.reverse())];
}

function smallestRelated(
  { district }: Setting,
  field: Coordinate,
  of: Coordinate,
  id: string,
  scope: Scope,
): string | null {
  const related = district.by(field.target, field.by).get(id) ?? [];
  const values = related
    .filter((row: RawRow) => scope.sees(field.target, row.id))
    .map((row) => row[of.name] as string | null)
    .filter((value) => value !== null);
  return values.sort()[0] ?? null;
}

export const orders: Surface = {
  name: 'orders',
  states: '%s are ordered by what is seen in clear in every row, and by nothing else',
  async ask(setting, { code, turn }, type) {
    const { graph, oracle, district } = setting;
    const { many } = oracle.type(type);
    if (!many) return;
    const expected = setting.expect(code);
    const asked = orderValues(setting, type).flatMap((value) =>
      (['asc', 'desc'] as const).map((direction) => ({
        value,
        direction,
        refusal: refusalOf(setting, code, type, value),
      })),
    );
    const root = rootRefusal(oracle, code, type, `Query.${many}`);
    for (const isRefused of [true, false]) {
      // What is allowed is asked one way by one viewer and the other way by the next.
      const part = asked.filter(
        ({ refusal }, i) => (refusal !== null) === isRefused && (isRefused || i % 2 === turn % 2),
      );
      if (part.length === 0 || (root && !isRefused)) continue;
      const lists = part.map(
        ({ value, direction }, i) =>
          `o${i}: ${many}(first: 100, orderBy: { field: ${value.name}, direction: ${direction.toUpperCase()} })
            { nodes { id } pageInfo { startCursor endCursor } }`,
      );
      const answer = await graph.ask(expected.asking, `{ ${lists.join('\n')} }`);
      const loud = new Map<string, Refusal>();
      const problems: string[] = [];
      for (const [i, { value, direction, refusal }] of part.entries()) {
        const got = answer.data[`o${i}`] as { nodes: { id: string }[] } | null;
        if (refusal) {
          if (!refusal.silent) loud.set(refusal.coordinate, refusal);
          const right = refusal.silent && !root ? got?.nodes.length === 0 : got === null;
          if (!right) problems.push(`${value.name}: answered, though refused`);
          continue;
        }
        const ids = (await expectedIds(setting, type, value, direction, expected.scope)).slice(0, 100);
        const gotIds = got?.nodes.map((node) => keyOf(node.id)) ?? [];
        const at = ids.findIndex((id, n) => gotIds[n] !== id);
        if (at >= 0 || gotIds.length !== ids.length)
          problems.push(`${value.name} ${direction}: other rows from place ${at} on`);
      }
      if (root) loud.set(root.coordinate, root);
      const places = part.flatMap(({ refusal }, i) =>
        [root, refusal?.silent ? null : refusal].flatMap((r) =>
          r ? [{ path: `o${i}`, coordinate: r.coordinate }] : [],
        ),
      );
      if (loud.size > 0) expect(answer.statements).toEqual([]);
      for (const row of district.rows(type).slice(0, 30)) expected.withhold(type, row);
      expectNoProblems(problems, compareErrors(answer, [...loud.values()], places), leaks(answer, expected));
    }
  },
};

// "Masked values still sort by the true value unless sorting is refused" (dossier §6.6): no order may tell them.
export const defaultOrders: Surface = {
  name: 'orders by default',
  states: '%s are ordered by the id where the usual order would tell what is masked',
  async ask(setting, { code }, type) {
    const { graph, oracle, district } = setting;
    const { many, fields } = oracle.type(type);
    const { defaultOrder } = district.source(type);
    if (!many || !defaultOrder || rootRefusal(oracle, code, type, '')) return;
    const expected = setting.expect(code);
    const field = fields.get(district.property(type, defaultOrder.column));
    const tells = field && oracle.argumentRefusal(code, field) !== null;
    const answer = await graph.ask(expected.asking, `{ ${many}(first: 100) { nodes { id } } }`);
    const value = tells || !field ? null : expressionOf(setting, type, field);
    const direction = value ? defaultOrder.direction : 'asc';
    const ids = (await sequence(setting, type, value, direction)).filter((id) =>
      expected.scope.sees(type, id),
    );
    expect(answer.data[many].nodes.map((node: { id: string }) => keyOf(node.id))).toEqual(ids.slice(0, 100));
  },
};

import { type SQL, sql } from 'drizzle-orm';
import type { RecordField, RecordModel } from '../../contract/model/record.ts';
import type { FieldAccess } from '../../contract/policy/field-access.ts';
import { mapColumns } from '../../database/columns/map-columns.ts';
import type { SealedValue } from '../../database/columns/planned-column.ts';
import { askedColumn, askedMark, mayBeAsked } from '../../database/rows/asked.ts';
import { namedColumn } from '../../database/rows/scope-sql.ts';
import type { ConditionContext } from './condition-sql.ts';
import type { Selection } from './selection.ts';

/** The select list of a read. */
export interface Projection {
  readonly columns: readonly { readonly property: string; readonly value: SQL }[];
  /** Some values are shown in own rows only: the statement must offer `"own"."own"`. */
  readonly needsOwn: boolean;
}

/** The key of a relation that the viewer may not follow. */
export const noKey: SQL = sql`null`;

/**
 * A derived value as SQL over an alias, as the viewer may read it: the column that holds it, a function where it may
 * not read what it is derived from, else the expression; arguments are parameters `<property>.<argument>`.
 */
export function computedSql(
  field: RecordField & { kind: 'computed' },
  property: string,
  alias: string,
  { plan, viewer }: ConditionContext,
): SQL {
  const { coordinate } = field.rule;
  const column = plan.derived(coordinate);
  if (column) return namedColumn(alias, column);
  const argument = (name: string) => sql`${sql.placeholder(`${property}.${name}`)}`;
  const sealed = plan.sealedFor(coordinate, viewer.department);
  if (sealed) return sealedSql(sealed, alias, argument);
  const sources = plan.sourcesOf(coordinate, viewer.department);
  const args = new Proxy({} as Record<string, SQL>, { get: (_, name) => argument(String(name)) });
  return mapColumns(field.sql(args), ({ name }) => namedColumn(alias, sources?.get(name) ?? name));
}

/** A value by the function that shows it to the viewer, of the row of an alias. */
export function sealedSql(
  { functionName, parameters }: SealedValue,
  alias: string,
  argument: (name: string) => SQL = () => sql`null`,
): SQL {
  const given = parameters.map(({ name, type }) => sql`${argument(name)}${sql.raw(`::${type}`)}`);
  return sql`${sql.raw(functionName)}(${sql.join([namedColumn(alias, 'id'), ...given], sql`, `)})`;
}

/**
 * What a class of viewers gets of a selection: names only the columns that it may read, masked where the
 * matrix says so, and null outside its own rows where the cell says `o`. A column that nobody asked for or
 * that the viewer may not see is not in the statement.
 */
export function projectionOf(
  record: RecordModel,
  selection: Selection,
  context: ConditionContext,
): Projection {
  const { plan, viewer } = context;
  const columns = new Map<string, SQL>();
  const presenceIsOwn = record.access[viewer.department].rows === 'OWN';
  let needsOwn = false;
  const asked = mayBeAsked(record, context);
  const unasked = (value: SQL) => (asked ? sql`case when not ${askedMark('t')} then ${value} end` : value);
  const put = (property: string, value: () => SQL, access: FieldAccess) => {
    if (access.decision === 'REFUSED' || access.mask === 'NULL' || columns.has(property)) return;
    const shown = value();
    // Rows that are seen only as own rows need no second look.
    const asksOwn = access.own && !presenceIsOwn;
    needsOwn ||= asksOwn;
    columns.set(property, asksOwn ? sql`case when "own"."own" then ${shown} end` : shown);
  };
  const read = (coordinate: string, access: FieldAccess) => () => {
    const sealed = plan.sealedFor(coordinate, viewer.department);
    if (sealed) return sealedSql(sealed, 't');
    return namedColumn('t', access.mask ? plan.masked(coordinate) : plan.clear(coordinate));
  };
  const key = namedColumn('t', 'id');
  columns.set('id', key);
  for (const field of selection.fields) {
    const { coordinate } = field.rule;
    const access = field.access[viewer.department];
    const whenAsked = asked && access.decision !== 'CLEAR' ? askedColumn(field) : undefined;
    if (whenAsked) columns.set(propertyOf(field), namedColumn('t', whenAsked));
    else if (field.kind === 'column') put(field.name, read(coordinate, access), access);
    else if (field.kind === 'link') put(propertyOf(field), read(coordinate, access), access);
    else if (field.kind === 'computed')
      put(field.name, () => unasked(computedSql(field, field.name, 't', context)), access);
    else if (field.kind === 'embed')
      for (const part of field.parts) {
        const ofPart = part.access[viewer.department];
        put(`${field.name}.${part.name}`, read(`${coordinate}.${part.name}`, ofPart), ofPart);
      }
    // A relation is followed by this row's key; where the viewer may not follow it, the key is null.
    else if (field.kind === 'many' && access.decision !== 'CLEAR') columns.set(`${field.name}.key`, noKey);
    else if (field.kind === 'many' && access.own)
      put(`${field.name}.key`, () => (field.rule.asked ? key : unasked(key)), access);
  }
  for (const { field, property } of selection.computed)
    if (field.kind === 'computed')
      put(
        property,
        () => unasked(computedSql(field, property, 't', context)),
        field.access[viewer.department],
      );
  return { columns: [...columns].map(([property, value]) => ({ property, value })), needsOwn };
}

/** A link's key has a name of its own: the same column can be a plain field that is ruled otherwise. */
const propertyOf = (field: RecordField): string => (field.kind === 'link' ? `${field.name}.key` : field.name);

/** `expression as "property", …`. */
export function selectList(projection: Projection): SQL {
  return sql.join(
    projection.columns.map(({ property, value }) => sql`${value} as ${sql.raw(`"${property}"`)}`),
    sql`, `,
  );
}

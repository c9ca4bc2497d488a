import type { SQL } from 'drizzle-orm';
import type { Model, RecordField, RecordModel } from '../../contract/model/record.ts';
import { isOpenable } from '../../contract/policy/grants.ts';
import type { GrantLimits } from '../../contract/tables/grant-limits.ts';
import { viewers } from '../../identity/viewers.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { mapColumns } from '../columns/map-columns.ts';
import { snake } from '../columns/planned-column.ts';
import { sqlTypeOf } from '../columns/sql-types.ts';
import { aliased, fromTable, type Scoped } from '../rows/scope-sql.ts';
import { keepStatements } from './kept-grants.ts';
import { definer } from './policy-sql.ts';
import { roleOf } from './roles.ts';
import { boundToSession, parametersOf } from './settings.ts';

// Case-bound grants (dossier §6.5) as PostgreSQL keeps to them: one function for each record type. It runs as
// the owner and shows of a granted record the values of the granted group. Tables, their grants and policies
// know nothing of it, so whoever has no grant runs what would run without grants.

/** A value that the function of a record type shows: its property in a row, and where it comes from. */
export interface GrantedValue {
  readonly property: string;
  readonly field: RecordField;
  readonly type: string;
  /** Over the alias `t`. */
  readonly value: SQL;
}

/** `sealed.granted_lease`. */
export const grantedFunction = (record: RecordModel): string => `sealed.granted_${snake(record.name)}`;

/** The values that a grant can open of a record, whatever the group. */
export function grantedValues(record: RecordModel): GrantedValue[] {
  return [...record.fields.values()].filter((field) => isOpenable(record, field)).flatMap(valuesOf);
}

function valuesOf(field: RecordField): GrantedValue[] {
  switch (field.kind) {
    case 'column':
    case 'link': {
      const property = field.kind === 'link' ? `${field.name}.key` : field.name;
      return [{ property, field, type: field.column.getSQLType(), value: aliased('t', field.column) }];
    }
    case 'embed':
      return field.parts.map(({ name, column }) => ({
        property: `${field.name}.${name}`,
        field,
        type: column.getSQLType(),
        value: aliased('t', column),
      }));
    case 'computed':
      return [{ property: field.name, field, type: sqlTypeOf(field.type), value: derived(field) }];
    default:
      return [];
  }
}

/** A value derived from columns of the row, and perhaps from the day. */
function derived(field: RecordField & { kind: 'computed' }): SQL {
  const value = field.sql({});
  const [other] = parametersOf(value).filter((name) => name !== 'today');
  if (other !== undefined) throw new Error(`${field.rule.coordinate} needs ${other} and has no arguments.`);
  return mapColumns(value, (column) => aliased('t', column));
}

/** Record types and the groups of them that a grant opens. */
export const openedGroups = (model: Model): [type: string, group: string][] =>
  [...model.values()].flatMap((record) =>
    groupsOf(grantedValues(record)).map((group): [string, string] => [record.name, group]),
  );

const groupsOf = (values: readonly GrantedValue[]) => [
  ...new Set(values.map(({ field }) => field.rule.group.name)),
];

/** The functions of a server's stores, and the trigger that keeps `access.grants` where grants are made. */
export function grantStatements(model: Model, stores: ReadonlySet<string>, limits: GrantLimits): string[] {
  const records = [...model.values()].filter(({ store }) => stores.has(store));
  return [
    ...records.flatMap((record) => grantedStatements(record, model, limits)),
    ...(stores.has('organisation') ? keepStatements(openedGroups(model), limits) : []),
  ];
}

function grantedStatements(record: RecordModel, model: Model, limits: GrantLimits): string[] {
  const values = grantedValues(record);
  const groups = groupsOf(values);
  const readers = viewers.filter(({ name }) => groups.some((group) => limits.mayBeGranted(group, name)));
  if (readers.length === 0) return [];
  const columns = values.map(({ property, type }) => `"${property}" ${type}`);
  const shown = values.map(
    ({ field, value, type }) =>
      `case "g"."field_group" when '${field.rule.group.name}' then (${boundToSession(value)})::${type} end`,
  );
  const find = (name: string): Scoped => model.get(name)!.source;
  // The role that has logged in cannot be changed by SQL; the settings are the program's word. The owner may
  // read everything anyway.
  const body = `select "t"."id", "g"."field_group", ${shown.join(', ')}
    from access.grants "g" join ${quotedTableOf(record.source.table)} "t" on "t"."id"::text = "g"."record_id" and "t"."id" = any(ids)
    where "g"."record_type" = '${record.name}' and "g"."record_id" = any(ids::text[])
      and ('laihu_' || lower("g"."viewer") = session_user or session_user = current_user)
      and "g"."unit" = current_setting('laihu.unit', true) and "g"."purpose" = stated
      and "g"."until" >= current_setting('laihu.today', true)::date
      and ${granting(groups, limits)}${inPart(record)}${openShield(record.source, 't', find)}`;
  return definer(
    `${grantedFunction(record)}(stated text, ids ${record.keyType}[])`,
    `returns table ("id" ${record.keyType}, "$group" text, ${columns.join(', ')}) stable`,
    body,
    readers.map(({ name }) => name),
  );
}

/** The groups that may be granted, and to whom, whatever `access.grants` holds. */
function granting(groups: readonly string[], limits: GrantLimits): string {
  const ways = groups.flatMap((group) => {
    const never = viewers.filter(({ name }) => !limits.mayBeGranted(group, name)).map(({ name }) => name);
    if (never.length === viewers.length) return [];
    return `("g"."field_group" = '${group}' and "g"."viewer" <> all('{${never.join(',')}}'::text[]))`;
  });
  return `(${ways.join(' or ')})`;
}

/** A type can be a part of a table. */
function inPart({ source: { where } }: RecordModel): string {
  return where ? ` and ${boundToSession(mapColumns(where, (column) => aliased('t', column)))}` : '';
}

/** A shielded person's rows stay hidden: not even F shows them to anybody but the registrar (dossier §6.3). */
function openShield({ scope }: Scoped, alias: string, find: (record: string) => Scoped): string {
  const { shielded, shieldOpenTo, parent } = scope;
  const seers = [...(shieldOpenTo ?? [])].filter(([, rows]) => rows === 'ALL').map(([name]) => roleOf(name));
  const own = shielded
    ? ` and (not "${alias}"."${shielded.name}" or session_user = any('{${seers.join(',')}}'::text[]))`
    : '';
  const above = parent && find(parent.record);
  const inside = above ? openShield(above, `${alias}p`, find) : '';
  if (!above || inside === '') return own;
  const from = boundToSession(fromTable(above.table, `${alias}p`));
  return `${own} and exists (select 1 from ${from} where "${alias}p"."id" = "${alias}"."${parent.by.name}"${inside})`;
}

import { sql } from 'drizzle-orm';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import { societyUnit } from '../../identity/holders.ts';
import { type ViewerName, viewers } from '../../identity/viewers.ts';
import { tableNameOf } from '../../store/table-name.ts';
import type { ColumnPlan } from '../columns/column-plan.ts';
import type { SealedValue, TablePlan } from '../columns/planned-column.ts';
import { classesOf, type ViewerClass } from '../rows/viewer-class.ts';
import { ownRows, visibleRows } from '../rows/visible-rows.ts';
import { roleOf, viewerRoles } from './roles.ts';
import { boundToSession } from './settings.ts';

/** The schema of the functions by which a viewer reads values that no grant can give. */
export const sealedSchema = 'sealed';
const everyRole = viewerRoles.map(quoted).join(', ');

/** The tables of a server, in a fixed order. */
export function tablesOf(plan: ColumnPlan, stores: ReadonlySet<string>): TablePlan[] {
  return [...plan.tables.values()]
    .filter((table) => stores.has(table.store))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** A policy of row-level security: which roles see which rows. */
export interface RowPolicy {
  readonly name: string;
  readonly roles: readonly string[];
  /** Over the table and the settings of the connection. */
  readonly condition: string;
}

/**
 * The policies by which roles see rows of a table. Roles with the same rows share a policy: each new
 * connection reads all.
 */
export function rowPolicies(table: TablePlan, model: Model): RowPolicy[] {
  return [...Map.groupBy(viewers, (v) => rowsOf(table, v.name, model))]
    .filter(([condition]) => condition !== 'false')
    .map(([condition, seers], i) => ({
      name: `rows ${i + 1}`,
      roles: seers.map((v) => roleOf(v.name)),
      condition,
    }));
}

/**
 * Grants and policies as statements: the rows of each table that each role sees, and the columns that it may
 * name.
 */
export function tableStatements(table: TablePlan, model: Model, owner: string): string[] {
  const name = quotedTable(table.name);
  const statements = policyStatements(name, rowPolicies(table, model), owner);
  const columns = Map.groupBy(viewers, (v) => columnsOf(table, v.name).map(quoted).join(', '));
  for (const [list, readers] of columns)
    if (list)
      statements.push(
        `grant select (${list}) on ${name} to ${readers.map((v) => quoted(roleOf(v.name))).join(', ')}`,
      );
  return statements;
}

/** Row-level security of a table, its owner included. @param name quoted */
export function policyStatements(name: string, policies: readonly RowPolicy[], owner: string): string[] {
  return [
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
    `create policy "owner" on ${name} to ${quoted(owner)} using (true) with check (true)`,
    ...policies.map(
      ({ name: policy, roles, condition }) =>
        `create policy "${policy}" on ${name} for select to ${roles.map(quoted).join(', ')} using (${condition})`,
    ),
  ];
}

/** The columns of a table that a viewer may name. */
export function columnsOf(table: TablePlan, viewer: ViewerName): string[] {
  return [...table.readers]
    .filter(([, readers]) => readers.has(viewer))
    .map(([column]) => column)
    .sort();
}

/**
 * The rows of all record types in a table that a viewer sees. The society and its branches see different
 * rows.
 */
function rowsOf(table: TablePlan, viewer: ViewerName, model: Model): string {
  const name = quotedTable(table.name);
  const ofClass = (c: ViewerClass): string => {
    const parts = new Set<string>();
    for (const record of table.records) {
      const rows = boundToSession(visibleRows(record, 't', c, model));
      if (rows !== 'false' && !rows.startsWith('(false and')) parts.add(rows);
    }
    // A policy names the columns of its table by the table.
    const all = [...parts].map((part) => part.replaceAll('"t".', `${name}.`));
    if (all.length === 0) return 'false';
    return all.includes('true') ? 'true' : all.length === 1 ? all[0]! : `(${all.join(' or ')})`;
  };
  return forEachClass(viewer, ofClass);
}

/** A condition of a viewer's connections: the society's looks at whether it acts as one of its branches. */
export function forEachClass(viewer: ViewerName, ofClass: (viewerClass: ViewerClass) => string): string {
  const [first, second] = classesOf(viewer).map(ofClass);
  if (second === undefined || first === second) return first!;
  const society = `current_setting('laihu.unit', true) = '${societyUnit}'`;
  return `(case when ${society} then ${first} else ${second} end)`;
}

/** The `sealed.*` functions of a server. Each is for one role. */
export function sealedStatements(plan: ColumnPlan, stores: ReadonlySet<string>, model: Model): string[] {
  const values = [...plan.sealed.values()].filter(({ record }) => stores.has(record.store));
  return values.flatMap((value) => sealedFunction(value, model));
}

function sealedFunction(value: SealedValue, model: Model): string[] {
  const { record, viewer, functionName, type, parameters, own } = value;
  const signature = [`row_id ${record.keyType}`, ...parameters.map((p) => `"${p.name}" ${p.type}`)].join(
    ', ',
  );
  const others = Object.fromEntries(parameters.map((p) => [p.name, `"${p.name}"`]));
  const conditions = classesOf(viewer).map((c) => {
    const rows = visibleRows(record, 't', c, model);
    const seen = own ? sql`(${rows} and ${ownRows(record, 't', c, model)})` : rows;
    return boundToSession(seen);
  });
  const society = `current_setting('laihu.unit', true) = '${societyUnit}'`;
  const condition =
    conditions.length === 1
      ? conditions[0]
      : `case when ${society} then ${conditions[0]} else ${conditions[1]} end`;
  const body = `select ${boundToSession(value.value, others)} from ${quotedTable(tableOf(record))} "t" where "t"."id" = row_id and ${condition}`;
  return definer(`${functionName}(${signature})`, `returns ${type} stable`, body, [viewer]);
}

/**
 * A function that runs as the owner. PostgreSQL parses its body once, here, so no search path can redirect
 * its names.
 */
export function definer(
  signature: string,
  returns: string,
  body: string,
  callers: readonly ViewerName[],
): string[] {
  const name = signature.replace(/"(\w+)"/g, '$1');
  const types = name.replace(/\(.*\)$/, '');
  return [
    `create function ${signature} ${returns} language sql security definer parallel unsafe begin atomic ${body}; end`,
    `revoke all on function ${types} from public`,
    `grant execute on function ${types} to ${callers.map((v) => quoted(roleOf(v))).join(', ')}`,
  ];
}

/** Looks up the person with a presented number, if the viewer may learn it (dossier §6.3). */
export function presentStatements(record: RecordModel, property: string, model: Model): string[] {
  const column = record.columns[property];
  const { shielded } = record.source.scope;
  if (!column) throw new Error(`${record.name} has no property ${property}.`);
  const mark = shielded ? `"t"."${shielded.name}"` : 'false';
  const from = `from ${quotedTable(tableOf(record))} "t" where "t"."${column.name}" = number`;
  return viewers.flatMap(({ name, kind }) => {
    const reach = classesOf(name).map((c) => boundToSession(visibleRows(record, 't', c, model)));
    const society = `current_setting('laihu.unit', true) = '${societyUnit}'`;
    const within =
      reach.length === 1 ? reach[0] : `case when ${society} then ${reach[0]} else ${reach[1]} end`;
    const atWindow = kind === 'RECEPTION_CENTRE';
    const find = `select "t"."id", ${mark} ${from}${atWindow ? '' : ` and (${mark} or ${within})`} order by "t"."id" limit 1`;
    // Whoever stands at a window counts as the window's own for the length of a request.
    const note = `insert into access.presented (unit, subject_id, until)
      select current_setting('laihu.unit', true), "t"."id", now() + interval '1 minute' ${from} and not ${mark} order by "t"."id" limit 1
      on conflict (unit, subject_id) do update set until = excluded.until`;
    return definer(
      `${presentFunction(record, property, name)}(number text)`,
      `returns table ("id" ${record.keyType}, "shielded" boolean)`,
      atWindow ? `delete from access.presented p where p.until < now(); ${note}; ${find}` : find,
      [name],
    );
  });
}

/** `sealed.present_migrant_citizen_id_number__housing`. */
export const presentFunction = (record: RecordModel, property: string, viewer: ViewerName): string =>
  `${sealedSchema}.present_${record.name.toLowerCase()}_${record.columns[property]?.name}__${viewer.toLowerCase()}`.slice(
    0,
    sealedSchema.length + 64,
  );

const ownHolder = `holder = current_setting('laihu.holder', true)`;

/**
 * The tables of the schema `access` that the row scope reads, each with the condition for a role's own rows.
 */
export const accessTables: ReadonlyMap<string, string> = new Map([
  ['access.links', ownHolder],
  ['access.areas', ownHolder],
  ['access.presented', `unit = current_setting('laihu.unit', true)`],
  // Everybody's deadlines are counted with it.
  ['access.working_days', 'true'],
]);

export function accessStatements(owner: string): string[] {
  return [...accessTables].flatMap(([table, condition]) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy "owner" on ${table} to ${quoted(owner)} using (true) with check (true)`,
    `create policy "rows 1" on ${table} for select to ${everyRole} using (${condition})`,
    `grant select on ${table} to ${everyRole}`,
  ]);
}

export function schemaStatements(stores: readonly string[]): string[] {
  return [...stores, 'access', sealedSchema].map(
    (schema) => `grant usage on schema ${quoted(schema)} to ${everyRole}`,
  );
}

const tableOf = (record: RecordModel): string => tableNameOf(record.source.table);

function quoted(name: string): string {
  return `"${name}"`;
}

const quotedTable = (name: string): string => name.split('.').map(quoted).join('.');

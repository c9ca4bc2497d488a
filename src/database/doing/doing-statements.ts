import type { DoingPlan, DoneRecord } from '../../contract/doing/doing-plan.ts';
import type { Model } from '../../contract/model/record.ts';
import { viewers } from '../../identity/viewers.ts';
import { quotedTableOf, tableNameOf } from '../../store/table-name.ts';
import { roleOf, systemRole, viewerRoles } from '../wall/roles.ts';
import { doingFunctions } from './doing-functions.ts';
import { writePolicies } from './doing-policies.ts';
import { standingFunctions, workFunctions } from './standing.ts';
import { doneRequests, outbox, recordEvents } from './tables.ts';
import { takeInFunctions } from './taking-in.ts';
import { comparedColumns, writeColumns } from './write-rights.ts';

/** The second wall of writing, for the records of some stores. */
export interface DoingWall {
  readonly plan: DoingPlan;
  readonly model: Model;
}

const allRoles = [...viewerRoles, systemRole];
const list = (roles: readonly string[]) => roles.map((role) => `"${role}"`).join(', ');
const ownUnit = `current_setting('laihu.unit', true)`;

/** A policy of a table of the schema `access` that every role uses. */
interface AccessPolicy {
  readonly table: string;
  readonly name: string;
  readonly command: 'SELECT' | 'INSERT';
  readonly condition: string;
}

/** Who reads and writes events and keys of calls: each unit its own, and events with the records that they tell of. */
const accessPolicies: readonly AccessPolicy[] = [
  {
    table: 'access.record_events',
    name: 'events seen',
    command: 'SELECT',
    condition: `acting_unit = ${ownUnit} or sealed.sees_record(record_type, record_id)`,
  },
  {
    table: 'access.record_events',
    name: 'events made',
    command: 'INSERT',
    condition: `acting_unit = ${ownUnit} and 'laihu_' || lower(viewer) = current_user`,
  },
  ...(['SELECT', 'INSERT'] as const).map((command) => ({
    table: 'access.done_requests',
    name: `own keys ${command.toLowerCase()}`,
    command,
    condition: `unit = ${ownUnit}`,
  })),
];

/** Grants, policies, functions and triggers by which viewers' roles write (docs/doing.md). */
export function doingStatements(
  { plan, model }: DoingWall,
  stores: ReadonlySet<string>,
  owner: string,
): string[] {
  const held = heldRecords(plan, stores);
  return [
    `grant usage on schema ${list([...stores, 'access', 'sealed'])} to "${systemRole}"`,
    // Totals are written by nobody but the trigger that counts.
    `alter function access.count_rows() security definer`,
    `revoke all on function access.count_rows() from public`,
    ...doingFunctions(plan, model, stores),
    ...standingFunctions(plan, model, stores),
    ...workFunctions(plan, model, stores),
    ...takeInFunctions(plan, model, stores),
    ...writePolicies(plan, model, stores).map(
      ({ table, name, command, roles, using, check }) =>
        `create policy "${name}" on "${table.replace('.', '"."')}" for ${command.toLowerCase()} to ${list(roles)}${using === null ? '' : ` using (${using})`}${check === null ? '' : ` with check (${check})`}`,
    ),
    ...held.flatMap(columnGrants),
    ...tablesOf(held).flatMap((table) => [
      `create policy "system" on ${table} for all to "${systemRole}" using (true) with check (true)`,
      `grant select, insert, update on ${table} to "${systemRole}"`,
    ]),
    ...[recordEvents, doneRequests, outbox]
      .map(tableNameOf)
      .flatMap((table) => [
        `alter table ${table} enable row level security`,
        `alter table ${table} force row level security`,
        `create policy "owner" on ${table} to "${owner}" using (true) with check (true)`,
      ]),
    ...accessPolicies.map(
      ({ table, name, command, condition }) =>
        `create policy "${name}" on ${table} for ${command.toLowerCase()} to ${list(allRoles)} ${command === 'SELECT' ? 'using' : 'with check'} (${condition})`,
    ),
    `grant select, insert on access.record_events, access.done_requests to ${list(allRoles)}`,
  ];
}

const heldRecords = ({ records }: DoingPlan, stores: ReadonlySet<string>): DoneRecord[] =>
  [...records.values()].filter(({ record }) => stores.has(record.store));

const tablesOf = (held: readonly DoneRecord[]): string[] => [
  ...new Set(held.map(({ record }) => quotedTableOf(record.source.table))),
];

function columnGrants(done: DoneRecord): string[] {
  const table = quotedTableOf(done.record.source.table);
  return viewers.flatMap(({ name }) => {
    const { insert, update } = writeColumns(done, name);
    const to = `on ${table} to "${roleOf(name)}"`;
    return [
      ...(insert.length > 0 ? [`grant insert (${list(insert)}) ${to}`] : []),
      ...(update.length > 0
        ? [`grant update (${list(update)}), select (${list(comparedColumns)}) ${to}`]
        : []),
    ];
  });
}

/** What the roles hold by these statements, as the catalogue's lint writes it. */
export function doingGrants({ plan }: DoingWall, stores: ReadonlySet<string>): string[] {
  const held = heldRecords(plan, stores);
  const may = (role: string, what: string, place: string) => `${role} may ${what} ${place}`;
  return [
    ...held.flatMap((done) =>
      viewers.flatMap(({ name }) => {
        const table = tableNameOf(done.record.source.table);
        const { insert, update } = writeColumns(done, name);
        const on = (what: string, columns: readonly string[]) =>
          columns.map((column) => may(roleOf(name), what, `${table}.${column}`));
        return [
          ...on('INSERT', insert),
          ...on('UPDATE', update),
          ...(update.length > 0 ? on('SELECT', comparedColumns) : []),
        ];
      }),
    ),
    ...held.flatMap(({ record }) =>
      ['SELECT', 'INSERT', 'UPDATE'].map((what) => may(systemRole, what, tableNameOf(record.source.table))),
    ),
    ...allRoles.flatMap((role) =>
      ['access.record_events', 'access.done_requests'].flatMap((table) => [
        may(role, 'SELECT', table),
        may(role, 'INSERT', table),
      ]),
    ),
  ];
}

/** The policies by these statements: place, name, and command with roles, as the catalogue's lint writes them. */
export function doingPolicies(
  { plan, model }: DoingWall,
  stores: ReadonlySet<string>,
): (readonly [place: string, name: string, to: string])[] {
  const named = (roles: readonly string[]) => [...roles].sort().join(', ');
  const tables = new Set(heldRecords(plan, stores).map(({ record }) => tableNameOf(record.source.table)));
  return [
    ...writePolicies(plan, model, stores).map(
      ({ table, name, command, roles }): readonly [string, string, string] => [
        table,
        name,
        `PERMISSIVE ${command} ${named(roles)}`,
      ],
    ),
    ...[...tables].map((table): readonly [string, string, string] => [
      table,
      'system',
      `PERMISSIVE ALL ${systemRole}`,
    ]),
    ...accessPolicies.map(({ table, name, command }): readonly [string, string, string] => [
      table,
      name,
      `PERMISSIVE ${command} ${named(allRoles)}`,
    ]),
  ];
}

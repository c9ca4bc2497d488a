import { createHash } from 'node:crypto';
import type { Sql } from 'postgres';
import type { Model } from '../../contract/model/record.ts';
import type { GrantLimits } from '../../contract/tables/grant-limits.ts';
import { changeRoles, ensureRole, rolePassword } from '../../store/roles.ts';
import type { ColumnPlan } from '../columns/column-plan.ts';
import type { AddedColumn, TablePlan } from '../columns/planned-column.ts';
import type { CopyingStore } from '../copies/carried.ts';
import { copyStatements } from '../copies/statements.ts';
import { type DoingWall, doingStatements } from '../doing/doing-statements.ts';
import { askedStatements, askedViews } from './asked-views.ts';
import { catalogueDigest } from './catalogue-digest.ts';
import { grantStatements } from './granted.ts';
import {
  accessStatements,
  presentStatements,
  schemaStatements,
  sealedSchema,
  sealedStatements,
  tableStatements,
  tablesOf,
} from './policy-sql.ts';
import { systemRole, viewerRoles } from './roles.ts';
import { type StatisticsWall, statisticsStatements } from './statistics-policy.ts';
import { closeSurroundings } from './surroundings.ts';
import { totalsStatements } from './totals-policy.ts';

/** What the second wall is made from. It is the same on every server. */
export interface Wall {
  readonly plan: ColumnPlan;
  readonly model: Model;
  /** All stores, also those of other servers: what their rows carry of each other is kept true. */
  readonly stores: readonly CopyingStore[];
  /** Record types that are looked up by a presented number: type and property. */
  readonly exactLookups: readonly (readonly [type: string, property: string])[];
  /** What case-bound grants may not do. */
  readonly grantLimits: GrantLimits;
  /** Published statistics, whose rows have groups of their own; left out where nothing is counted. */
  readonly statistics?: StatisticsWall | undefined;
  /** Who may write what; left out where nothing can be done. */
  readonly doing?: DoingWall | undefined;
}

/** A database with the stores it holds. */
export interface WallServer {
  readonly owner: Sql;
  readonly ownerUrl: string;
  readonly stores: readonly string[];
}

/** One program applies a policy at a time. */
const lockKey = 20070302;

/**
 * The statements that make a server's wall once roles and added columns exist. Equal walls have equal
 * statements.
 */
export function wallStatements(wall: Wall, stores: readonly string[], owner: string): string[] {
  const held = new Set(stores);
  return [
    ...schemaStatements(stores),
    ...accessStatements(owner),
    ...tablesOf(wall.plan, held).flatMap((table) => tableStatements(table, wall.model, owner)),
    ...totalsStatements(wall.model, held, owner),
    ...sealedStatements(wall.plan, held, wall.model),
    ...askedStatements(askedViews(wall.plan, held, wall.model)),
    ...grantStatements(wall.model, held, wall.grantLimits),
    ...wall.exactLookups
      .map(([type, property]) => [wall.model.get(type)!, property] as const)
      .filter(([record]) => held.has(record.store))
      .flatMap(([record, property]) => presentStatements(record, property, wall.model)),
    ...(wall.statistics && held.has('statistics') ? statisticsStatements(wall.statistics, owner) : []),
    ...(wall.doing ? doingStatements(wall.doing, held, owner) : []),
    ...copyStatements(wall.stores, held, wall.model, owner),
  ];
}

/**
 * The digest of a policy. It changes whenever a grant, a policy, a function, an added column or a password
 * changes.
 */
function policyDigest(wall: Wall, { stores, ownerUrl }: WallServer, owner: string): string {
  const columns = tablesOf(wall.plan, new Set(stores)).flatMap((table) =>
    [...table.added.values()].map((column) => `${table.name} ${column.name} ${markOf(column)}`),
  );
  const hash = createHash('sha256').update(rolePassword(ownerUrl, 'policy digest'));
  for (const line of [...columns, ...wallStatements(wall, stores, owner)]) hash.update(`${line}\n`);
  return hash.digest('hex');
}

/**
 * Makes roles, grants, policies, functions and added columns of a server what SDL, matrix and row scopes say.
 * All or nothing; everything of an earlier policy is removed.
 * @throws Error when the owner may not make roles or may not bypass row-level security
 */
export async function applyPolicy(wall: Wall, server: WallServer): Promise<void> {
  await requireOwner(server.owner);
  await changeRoles(server.owner, async (tx) => {
    await tx`select pg_advisory_xact_lock(${lockKey})`;
    const [{ owner } = { owner: '' }] = await tx<{ owner: string }[]>`select current_user as owner`;
    for (const role of [...viewerRoles, systemRole]) await ensureRole(tx, server.ownerUrl, role);
    await clear(tx, server.stores);
    for (const table of tablesOf(wall.plan, new Set(server.stores))) await alignColumns(tx, table);
    await closeSurroundings(tx);
    await tx.unsafe(wallStatements(wall, server.stores, owner).join(';\n'));
    const digest = policyDigest(wall, server, owner);
    const catalogues = await catalogueDigest(tx, server.stores);
    await tx`insert into access.policy_digests (policy, catalogues) values (${digest}, ${catalogues})
      on conflict (id) do update set policy = excluded.policy, catalogues = excluded.catalogues, applied_at = now()`;
  });
}

/** How the wall of a server compares with the one that the program would apply. */
export type WallState = 'same' | 'missing' | 'other policy' | 'altered';

export async function wallState(wall: Wall, server: WallServer): Promise<WallState> {
  const { owner, stores } = server;
  const [held] = await owner`select policy, catalogues, current_user as owner from access.policy_digests`;
  if (!held) return 'missing';
  if (held.policy !== policyDigest(wall, server, String(held.owner))) return 'other policy';
  return held.catalogues === (await catalogueDigest(owner, stores)) ? 'same' : 'altered';
}

/** @throws Error in one sentence when the owner may not make roles or may not bypass row-level security */
export async function requireOwner(owner: Sql): Promise<void> {
  const [may] = await owner`
    select rolsuper or rolbypassrls as passes, rolsuper or rolcreaterole as makes from pg_roles
    where rolname = current_user`;
  if (may?.passes && may.makes) return;
  throw new Error(
    'The owner of the database must be allowed to make roles and to bypass row-level security: as a superuser say ALTER ROLE … CREATEROLE BYPASSRLS.',
  );
}

async function clear(tx: Sql, stores: readonly string[]): Promise<void> {
  const schemas = [...stores, 'access'];
  await tx.unsafe(`drop schema if exists ${sealedSchema} cascade; create schema ${sealedSchema}`);
  const policies = await tx<{ drop: string }[]>`
    select format('drop policy %I on %I.%I', policyname, schemaname, tablename) as drop from pg_policies
    where schemaname = any(${schemas}::text[])`;
  const revokes = schemas.map(
    (schema) =>
      `revoke all on all tables in schema "${schema}" from ${[...viewerRoles, systemRole].map((r) => `"${r}"`).join(', ')}`,
  );
  await tx.unsafe([...policies.map((policy) => policy.drop), ...revokes].join(';\n'));
}

/**
 * Adds and drops virtual columns. A column that is right already stays, because a dropped column leaves a
 * gap.
 */
async function alignColumns(tx: Sql, table: TablePlan): Promise<void> {
  const name = table.name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
  const there = await tx<{ column: string; mark: string | null }[]>`
    select attname as column, col_description(attrelid, attnum) as mark from pg_attribute
    where attrelid = ${name}::regclass and attgenerated = 'v' and not attisdropped
      and col_description(attrelid, attnum) like 'laihu %'`;
  const marks = new Map(there.map(({ column, mark }) => [column, mark]));
  const steps: string[] = [];
  for (const [column, mark] of marks) {
    const wanted = table.added.get(column);
    if (!wanted || markOf(wanted) !== mark) steps.push(`alter table ${name} drop column "${column}"`);
  }
  const missing = [...table.added.values()].filter((column) => marks.get(column.name) !== markOf(column));
  if (missing.length > 0)
    steps.push(
      `alter table ${name} ${missing
        .map((c) => `add column "${c.name}" ${c.type} generated always as (${c.expression}) virtual`)
        .join(', ')}`,
      ...missing.map((c) => `comment on column ${name}."${c.name}" is '${markOf(c)}'`),
    );
  if (steps.length > 0) await tx.unsafe(steps.join(';\n'));
}

/**
 * Writes into the catalogue what a column was made from: PostgreSQL stores the expression in another form.
 */
const markOf = ({ type, expression }: AddedColumn): string =>
  `laihu ${createHash('sha256').update(`${type} ${expression}`).digest('hex').slice(0, 16)}`;

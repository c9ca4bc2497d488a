import type { Sql } from 'postgres';

// What PostgreSQL itself tells every role of tables that it may not read, or lets it leave behind: counters of rows, sizes,
// estimates, locks, large objects, temporary tables. Counts of secret records could be read there.

const views = `relkind = 'v' and (relname ~ '^pg_stat' or relname in ('pg_locks', 'pg_prepared_xacts', 'pg_shmem_allocations'))`;
const functions = `(proname ~ '^pg_stat_(get|have|clear|reset)' or proname ~ '^(lo_|pg_advisory|pg_try_advisory|pg_sleep)'
  or proname in ('loread', 'lowrite', 'pg_relation_size', 'pg_total_relation_size', 'pg_table_size', 'pg_indexes_size',
    'pg_database_size', 'pg_tablespace_size', 'pg_lock_status', 'pg_prepared_xact', 'pg_notify', 'pg_blocking_pids',
    'pg_safe_snapshot_blocking_pids', 'pg_cancel_backend', 'pg_terminate_backend', 'pg_sequence_last_value',
    'pg_get_sequence_data', 'pg_relation_filenode', 'pg_relation_filepath', 'pg_export_snapshot', 'currtid2'))`;
/** Estimates of how many rows a table has; everything else of it names what is in the repository. */
const estimates = ['relpages', 'reltuples', 'relallvisible', 'relallfrozen'];

const isOpen = (acl: string, byDefault: string) =>
  `exists (select from aclexplode(coalesce(${acl}, ${byDefault})) where grantee = 0)`;

/** Statements that close what is open to everybody in a database. */
const closing = `
  select format('revoke all on pg_catalog.%I from public', relname) as close from pg_class
    where relnamespace = 'pg_catalog'::regnamespace and ${views} and ${isOpen('relacl', "acldefault('r', relowner)")}
  union all
  select format('revoke execute on function %s from public', oid::regprocedure) from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace and ${functions} and ${isOpen('proacl', "acldefault('f', proowner)")}
  union all
  select format('revoke temporary on database %I from public', datname) from pg_database
    where datname = current_database() and exists (select from
      aclexplode(coalesce(datacl, acldefault('d', datdba))) where grantee = 0 and privilege_type = 'TEMPORARY')
  union all
  select format('revoke select on pg_catalog.pg_class from public; grant select (%s) on pg_catalog.pg_class to public',
      (select string_agg(quote_ident(attname), ', ') from pg_attribute
        where attrelid = 'pg_class'::regclass and attname <> all('{${estimates.join(',')}}')))
    from pg_class where oid = 'pg_class'::regclass and ${isOpen('relacl', "acldefault('r', relowner)")}`;

async function isSuperuser(sql: Sql): Promise<boolean> {
  const [me] = await sql`select rolsuper as super from pg_roles where rolname = current_user`;
  return me?.super === true;
}

async function openings(sql: Sql): Promise<string[]> {
  const rows = await sql.unsafe<{ close: string }[]>(closing);
  return rows.map(({ close }) => close);
}

/** Closes to everybody but superusers what tells of tables, in this database alone; an owner that is none cannot. */
export async function closeSurroundings(tx: Sql): Promise<void> {
  const statements = (await isSuperuser(tx)) ? await openings(tx) : [];
  if (statements.length > 0) await tx.unsafe(statements.join(';\n'));
}

/** One sentence for each thing that is open though the owner could close it: a hole. */
export async function lintSurroundings(sql: Sql): Promise<string[]> {
  if (!(await isSuperuser(sql))) return [];
  return (await openings(sql)).map((close) => `everybody may do what this would end: ${close}`);
}

/** Statements for a superuser, for what stays open because the owner is none. */
export async function openSurroundings(sql: Sql): Promise<string[]> {
  return (await isSuperuser(sql)) ? [] : openings(sql);
}

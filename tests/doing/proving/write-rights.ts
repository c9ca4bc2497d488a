import type { Sql } from 'postgres';
import { type ViewerCode, viewers } from '../../../src/identity/viewers.ts';
import { rightsOf } from '../reading/rights.ts';
import type { Ground } from './ground.ts';

/** `laihu_housing`. */
export const roleOf = (code: ViewerCode): string =>
  `laihu_${viewers.find((viewer) => viewer.code === code)!.name.toLowerCase()}`;

/** The columns that each role may insert and update, by the tables: `role INSERT schema.table.column`. */
export function rightsByTables(ground: Ground): Set<string> {
  const rights = new Set<string>();
  for (const machine of ground.machines)
    for (const { code } of viewers) {
      const open = machine.rows.filter((row) => row.viewers.includes(code));
      const held = ground.held(machine.type).replaceAll('"', '');
      const { insert, update } = rightsOf(ground.oracle, ground.district, machine.type, open, machine.state);
      for (const column of insert) rights.add(`${roleOf(code)} INSERT ${held}.${column}`);
      for (const column of update) rights.add(`${roleOf(code)} UPDATE ${held}.${column}`);
    }
  return rights;
}

/** The same as PostgreSQL has it, in every table of every schema; the keeping of events and keys apart. */
export async function rightsInDatabase(owner: Sql): Promise<Set<string>> {
  const rows = await owner<{ right: string }[]>`
    select r.rolname || ' ' || kind || ' ' || n.nspname || '.' || c.relname || '.' || a.attname as right
    from pg_roles r cross join unnest(array['INSERT', 'UPDATE']) kind
    join pg_class c on c.relkind in ('r', 'p', 'v', 'm') join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where r.rolname = any(${viewers.map(({ code }) => roleOf(code))}) and n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname || '.' || c.relname not in ('access.record_events', 'access.done_requests')
      and has_column_privilege(r.oid, c.oid, a.attnum, kind)`;
  return new Set(rows.map(({ right }) => right));
}

/** Rights to take rows away, to empty tables or to bend them: nobody has any. */
export async function otherRights(owner: Sql): Promise<string[]> {
  const rows = await owner<{ right: string }[]>`
    select r.rolname || ' ' || kind || ' ' || n.nspname || '.' || c.relname as right
    from pg_roles r cross join unnest(array['DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) kind
    join pg_class c on c.relkind in ('r', 'p') join pg_namespace n on n.oid = c.relnamespace
    where r.rolname like 'laihu\\_%' and n.nspname not in ('pg_catalog', 'information_schema')
      and has_table_privilege(r.oid, c.oid, kind)`;
  return rows.map(({ right }) => right);
}

import { sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import { departments } from '../../../src/departments/index.ts';
import type { Viewer } from '../../../src/identity/viewer.ts';
import { testDay } from '../../support/graph.ts';
import { makes } from '../reading/machines.ts';
import type { Ground, Machine } from './ground.ts';

const dialect = new PgDialect();
const known = new WeakMap<Ground, Map<string, ReadonlySet<string> | undefined>>();

function guardOf(type: string, name: string) {
  const [guard] = departments.flatMap(({ doing }) => doing?.guards?.[type]?.[name] ?? []);
  if (!guard) throw new Error(`No department says what ${name} of ${type} is.`);
  return guard;
}

/** The condition over the alias `t`, with what the viewer's connections say written into it. */
function conditionOf({ holds }: ReturnType<typeof guardOf>, viewer: Viewer): string {
  const { sql: text, params } = dialect.sqlToQuery(
    holds((column) => sql`"t".${sql.identifier(column.name)}`),
  );
  const settings: Record<string, string | null> = {
    unit: viewer.unit,
    person: viewer.person,
    today: testDay,
    subdistrict: viewer.subdistrict,
    station: viewer.station,
  };
  return text.replace(/\$(\d+)/g, (_, n: string) => {
    const parameter = params[Number(n) - 1];
    const { name } = (parameter ?? {}) as { name?: string };
    const value = name ? (settings[name] ?? null) : parameter;
    return value === null ? 'null' : `'${String(value).replaceAll("'", "''")}'`;
  });
}

/** Those of some guards that do not hold for a row as it stands now. */
export async function missingOf(
  owner: Sql,
  ground: Ground,
  type: string,
  id: string,
  names: readonly string[],
  viewer: Viewer,
): Promise<readonly string[]> {
  const asked = names.filter((name) => guardOf(type, name).after !== true);
  if (asked.length === 0) return [];
  const columns = asked.map(
    (name, i) => `coalesce((${conditionOf(guardOf(type, name), viewer)}), false) as "${i}"`,
  );
  const [row] = await owner.unsafe(
    `select ${columns.join(', ')} from ${ground.held(type)} "t" where "t".id = $1`,
    [id],
  );
  return asked.filter((_, i) => row?.[String(i)] !== true);
}

/**
 * Ids of the records for which a guard's own condition holds, asked by the owner: the one thing that no table says.
 * Undefined for a guard of the row as it becomes.
 */
export async function heldBy(
  owner: Sql,
  ground: Ground,
  type: string,
  name: string,
  viewer: Viewer,
): Promise<ReadonlySet<string> | undefined> {
  const asked = known.get(ground) ?? new Map<string, ReadonlySet<string> | undefined>();
  known.set(ground, asked);
  const key = `${type} ${name} ${viewer.unit} ${viewer.person}`;
  if (asked.has(key)) return asked.get(key);
  const guard = guardOf(type, name);
  const condition = conditionOf(guard, viewer);
  const rows = guard.after
    ? undefined
    : await owner.unsafe(`select "t".id::text as id from ${ground.held(type)} "t" where (${condition})`);
  const made = rows && new Set(rows.map(({ id }) => String(id)));
  asked.set(key, made);
  return made;
}

/**
 * What the tables say that PostgreSQL looks at: `laihu_housing INSERT – file isNew` for each actor, state and guard.
 * Whether a new row meets a guard is seen by few rows of the district, so that it is looked at is read from the catalogue.
 */
export function guardsByTable({ rows }: Machine, roleOf: (actor: string) => string): Set<string> {
  return new Set(
    rows.flatMap((row) =>
      (row.viewers.length > 0 ? row.viewers : ['SYSTEM']).flatMap((actor) =>
        row.from.flatMap((state) =>
          row.guards.map(
            (guard) =>
              `${roleOf(actor)} ${makes(row) ? 'INSERT –' : `UPDATE ${state}`} ${row.event} ${guard}`,
          ),
        ),
      ),
    ),
  );
}

/** The same as the triggers of a table have it. */
export async function guardsInDatabase(owner: Sql, held: string, record: string): Promise<Set<string>> {
  const triggers = await owner<{ text: string; body: string }[]>`
    select pg_get_triggerdef(t.oid) as text, p.prosrc as body from pg_trigger t join pg_proc p on p.oid = t.tgfoid
    where t.tgrelid = ${held}::regclass and not t.tgisinternal and p.proname ~ ${`^guard_(after_)?[0-9]+_${record}$`}`;
  const found = new Set<string>();
  for (const { text, body } of triggers) {
    const roles = [...text.matchAll(/'(laihu_\w+)'/g)].map(([, role = '']) => role);
    const checks =
      /if what = '(\w+)' and tg_op = '(\w+)'(?: and old\."\w+" in \(([^)]*)\))? then\s+if not [\s\S]*?constraint = '(\w+)'/g;
    for (const [, event = '', on = '', states, guard = ''] of body.matchAll(checks)) {
      const held = states
        ? [...states.matchAll(/'(\w+)'/g)].map(([, s = '']) => s)
        : [on === 'INSERT' ? '–' : '*'];
      for (const role of roles)
        for (const state of held) found.add(`${role} ${on} ${state} ${event} ${guard}`);
    }
  }
  return found;
}

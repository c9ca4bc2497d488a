import { sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import { departments } from '../../../src/departments/index.ts';
import type { Viewer } from '../../../src/identity/viewer.ts';
import { testDay } from '../../support/graph.ts';
import type { Ground } from './ground.ts';

const dialect = new PgDialect();
const known = new WeakMap<Ground, Map<string, ReadonlySet<string> | undefined>>();

const guardOf = (type: string, name: string) =>
  departments.flatMap(({ doing }) => doing?.guards?.[type]?.[name] ?? [])[0];

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
  if (!guard) throw new Error(`No department says what ${name} of ${type} is.`);
  const query = dialect.sqlToQuery(guard.holds((column) => sql`"t".${sql.identifier(column.name)}`));
  const settings: Record<string, string | null> = {
    unit: viewer.unit,
    person: viewer.person,
    today: testDay,
    subdistrict: viewer.subdistrict,
    station: viewer.station,
  };
  const values = query.params.map((parameter) => {
    const { name: placeholder } = (parameter ?? {}) as { name?: string };
    return placeholder ? (settings[placeholder] ?? null) : parameter;
  });
  const rows = guard.after
    ? undefined
    : await owner.unsafe(
        `select "t".id::text as id from ${ground.held(type)} "t" where (${query.sql})`,
        values as never[],
      );
  const made = rows && new Set(rows.map(({ id }) => String(id)));
  asked.set(key, made);
  return made;
}

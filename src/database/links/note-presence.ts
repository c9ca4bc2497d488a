import type { Sql } from 'postgres';

/**
 * Notes who stands at a window, on a server that does not hold the register: what the register's own function notes where
 * it finds the number (`wall/policy-sql.ts`). Only the owner can do it, for no role becomes a window's by an id alone.
 * @param owner of any store on that server
 */
export async function notePresence(owner: Sql, unit: string, persons: readonly string[]): Promise<void> {
  await owner`
    with gone as (delete from access.presented where until < now() and not subject_id = any(${persons as string[]}::uuid[]))
    insert into access.presented (unit, subject_id, until)
      select ${unit}, id, now() + interval '1 minute' from unnest(${persons as string[]}::uuid[]) as p(id) order by id
      on conflict (unit, subject_id) do update set until = excluded.until`;
}

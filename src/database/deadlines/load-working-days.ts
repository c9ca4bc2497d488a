import type { Sql } from 'postgres';
import type { WorkingDays } from '../../contract/deadlines/working-days.ts';

/** Makes the calendar of a database what `schema/working-days.tsv` says; writes nothing where it is. */
export async function loadWorkingDays(owner: Sql, { rows }: WorkingDays): Promise<void> {
  const days = rows.map(({ day }) => day);
  const worked = rows.map(({ kind }) => String(kind === 'WORKED'));
  await owner`
    with calendar as (select day::date, is_worked::boolean
        from unnest(${days}::text[], ${worked}::text[]) c(day, is_worked)),
      gone as (delete from access.working_days w where not exists (select from calendar c where c.day = w.day))
    insert into access.working_days as w (day, is_worked) select day, is_worked from calendar
    on conflict (day) do update set is_worked = excluded.is_worked where w.is_worked <> excluded.is_worked`;
}

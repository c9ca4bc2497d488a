import { quotedTableOf } from '../../store/table-name.ts';
import type { CopyingStore } from '../copies/carried.ts';

/** A table whose rows open neighbourhoods to coordinators. */
export interface AreaSource {
  readonly store: string;
  /** Quoted. */
  readonly name: string;
  readonly holder: string;
  /** The columns that say all of it. */
  readonly columns: readonly string[];
  /**
   * The areas as `holder`, `code` and `until`, up to the place where `and …` and `group by 1, 2` are put.
   * @param day SQL of the day; what begins later opens nothing yet
   */
  select(day: string): string;
}

/** The tables of some stores whose rows open neighbourhoods. */
export const areasOf = (stores: readonly CopyingStore[]): AreaSource[] =>
  stores.flatMap(({ store, records }) =>
    Object.values(records).flatMap(({ table, copies }) => {
      if (!copies?.areas) return [];
      const { holder, neighbourhoods, startsOn, endsOn } = copies.areas;
      const name = quotedTableOf(table);
      return [
        {
          store,
          name,
          holder: holder.name,
          columns: [holder, neighbourhoods, startsOn, endsOn].map((column) => column.name),
          select: (day: string) =>
            `select "t"."${holder.name}"::text as holder, c.code, case when bool_or("t"."${endsOn.name}" is null) then null else max("t"."${endsOn.name}") end as "until"
              from ${name} "t", unnest("t"."${neighbourhoods.name}") c(code) where "t"."${startsOn.name}" <= ${day}`,
        },
      ];
    }),
  );

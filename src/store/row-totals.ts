import { bigint, boolean, index, pgSchema, text, unique } from 'drizzle-orm/pg-core';

/**
 * How many rows a table with `personTerritory()` holds, by what the row scope of most viewers looks at: a count of
 * millions of rows is then a sum of a few. `access.count_rows` keeps it, as a trigger of the counted table, in the
 * transaction that changes the rows; both have the same snapshot, so a total is never wrong.
 * @param table the counted one; the totals' name is made from it, and the trigger knows it so
 */
export const rowTotals = (store: string, table: string) =>
  pgSchema(store).table(
    `${table}_totals`,
    {
      subdistrictCode: text('subdistrict_code'),
      stationCode: text('station_code'),
      shielded: boolean('shielded').notNull(),
      total: bigint('total', { mode: 'number' }).notNull(),
    },
    (t) => [
      unique(`${table}_totals_group`).on(t.subdistrictCode, t.stationCode, t.shielded).nullsNotDistinct(),
      index(`${table}_totals_station`).on(t.stationCode),
    ],
  );

import { type SQL, sql } from 'drizzle-orm';

/** What a row brings besides its text: counted over rows, or lines put together. */
export interface Fact {
  readonly column: string;
  readonly kind: 'sum' | 'lines';
  readonly value: SQL;
}

/** Column that says how often the answer cannot be given so: a null where none may be, a list that is too long. */
export const faultsColumn = 'faults';

/** `"alias"."column"`. */
export const ref = (alias: string, column: string): SQL => sql.raw(`"${alias}"."${column}"`);

/** `value as "column"`. */
export const named = (value: SQL, column: string): SQL => sql`${value} as ${sql.raw(`"${column}"`)}`;

/** Facts of a source under its alias, for whoever it is joined to. */
export const passedOn = (facts: readonly Fact[], alias: string): Fact[] =>
  facts.map((fact) => ({ ...fact, value: ref(alias, fact.column) }));

/** Facts over rows. @param shown which of the rows count */
export function aggregates(facts: readonly Fact[], shown?: SQL): SQL[] {
  const filter = shown ? sql` filter (where ${shown})` : sql``;
  return facts.map(({ column, kind, value }) =>
    named(
      kind === 'sum'
        ? sql`coalesce(sum(${value})${filter}, 0)::int`
        : sql`string_agg(${value}, E'\n')${filter}`,
      column,
    ),
  );
}

/** One fact for all faults. */
export function mergedFaults(facts: readonly Fact[]): Fact[] {
  const faults = facts.filter(({ column }) => column === faultsColumn);
  const others = facts.filter(({ column }) => column !== faultsColumn);
  if (faults.length === 0) return others;
  const value = sql.join(
    faults.map((fact) => sql`coalesce(${fact.value}, 0)`),
    sql` + `,
  );
  return [...others, { column: faultsColumn, kind: 'sum', value: sql`(${value})` }];
}

import { makes, type Row } from './machines.ts';

/** A mutation as its rows of the tables make it. */
export interface ReadMutation {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly makes: boolean;
  readonly changes: boolean;
  /** The caller has to say which event is meant. */
  readonly choosesEvent: boolean;
  /** Records that are made beside the one that the mutation is called after. */
  readonly parts: readonly string[];
  /** The records that it acts on, parts apart. */
  readonly records: readonly string[];
}

/** The mutations of all tables, by name. */
export function readMutations(
  tables: ReadonlyMap<string, readonly Row[]>,
): ReadonlyMap<string, ReadMutation> {
  const rows = [...tables.values()].flat().filter(({ mutation }) => mutation !== '');
  return new Map(
    [...Map.groupBy(rows, ({ mutation }) => mutation)].map(([name, own]) => [name, mutationOf(name, own)]),
  );
}

function mutationOf(name: string, rows: readonly Row[]): ReadMutation {
  const events = (some: readonly Row[]) => new Set(some.map(({ event }) => event)).size;
  const making = rows.filter(makes);
  const changing = rows.filter((row) => !makes(row));
  const made = [...new Set(making.map(({ record }) => record))];
  const main = made.find((record) => name.endsWith(record)) ?? made[0];
  const parts = events(making) === 1 && changing.length === 0 ? made.filter((record) => record !== main) : [];
  return {
    name,
    rows,
    makes: making.length > 0,
    changes: changing.length > 0,
    choosesEvent: events(making) > 1 || events(changing) > 1,
    parts,
    records: [...new Set(rows.map(({ record }) => record))].filter((record) => !parts.includes(record)),
  };
}

export const small = (name: string): string => name.replace(/^./, (letter) => letter.toLowerCase());
export const capital = (name: string): string => name.replace(/^./, (letter) => letter.toUpperCase());

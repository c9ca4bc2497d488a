import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Fill, FillFault, Values } from '../contract/doing/department-doing.ts';

// Fills that several departments need.

const territory = ['subdistrictCode', 'stationCode', 'neighbourhoodCode'] as const;
type Placed = PgTable & { readonly [K in (typeof territory)[number] | 'id']: PgColumn };

export const faultAt = (path: readonly string[], en: string, zh: string): FillFault => ({ path, en, zh });

/** A column of an own table by the property of the linked row that has its place. */
interface PlaceLink {
  /** The property of the row that is filled. */
  readonly by: string;
  readonly table: Placed;
  /** The store of the table. */
  readonly store: string;
  /** More properties that the row takes from the linked one: own property → column. */
  readonly more?: Readonly<Record<string, PgColumn>>;
}

/**
 * A new row lies where the record lies to which it belongs.
 * @param links where the row has its place from, by record type; the first link that is given counts
 */
export function placeOfLinked(links: Readonly<Record<string, readonly PlaceLink[]>>): Fill {
  const more = Object.values(links).flatMap((of) => of.flatMap((link) => Object.keys(link.more ?? {})));
  return {
    sets: [...territory, ...new Set(more)],
    async fill({ record, given, row }, system) {
      for (const { by, table, store, more: others = {} } of links[record] ?? []) {
        const id = given[by] ?? row?.[by];
        if (id == null) continue;
        const [found] = await system.rows(store, selected(table, id, { ...placeColumns(table), ...others }));
        if (found) return found;
      }
      return {};
    },
  };
}

const placeColumns = (table: Placed) =>
  Object.fromEntries(territory.map((property) => [property, table[property]]));

function selected(table: Placed, id: unknown, columns: Readonly<Record<string, PgColumn>>): SQL {
  const list = Object.entries(columns).map(
    ([property, column]) => sql`${column} as ${sql.identifier(property)}`,
  );
  return sql`select ${sql.join(list, sql`, `)} from ${table} where ${table.id} = ${id}`;
}

const neighbourhoodForm = /^310107\d{6}$/;

/** A record that lies where its own address says. */
interface Addressed {
  readonly table: Placed;
  /** The field of the input that is the address. */
  readonly field: string;
}

/**
 * The police station of an address: that of other rows of its neighbourhood, which the stations divide among themselves.
 * A new record needs a neighbourhood, and one of its sub-district.
 * @param of by record type, all of one store
 */
export function stationOf(store: string, of: Readonly<Record<string, Addressed>>): Fill {
  const places = [...new Set(Object.values(of).map(({ table }) => table))];
  return {
    sets: ['subdistrictCode', 'stationCode'],
    async fill({ record, given, row }, system) {
      const field = of[record]?.field ?? 'address';
      const { neighbourhoodCode: code, subdistrictCode } = given;
      if (code == null) {
        if (row) return {};
        return faultAt([field, 'neighbourhoodCode'], 'The neighbourhood is needed.', '请填写居委会代码。');
      }
      if (!neighbourhoodForm.test(String(code)))
        return faultAt(
          [field, 'neighbourhoodCode'],
          'This is no neighbourhood of the district, twelve digits.',
          '居委会代码须为本区十二位代码。',
        );
      if (subdistrictCode != null && !String(code).startsWith(String(subdistrictCode)))
        return faultAt(
          [field, 'neighbourhoodCode'],
          'The neighbourhood does not lie in the sub-district.',
          '居委会不属于该街道、镇。',
        );
      const known = places.map(
        (table) =>
          sql`select ${table.stationCode} as station from ${table} where ${table.neighbourhoodCode} = ${code} and ${table.stationCode} is not null`,
      );
      const [found] = await system.rows<{ station: string }>(
        store,
        sql`select station from (${sql.join(known, sql` union all `)}) known group by station order by count(*) desc limit 1`,
      );
      return { subdistrictCode: String(code).slice(0, 9), stationCode: found?.station ?? null };
    },
  };
}

/**
 * The next number of a row: a prefix and a serial. Where somebody else takes it meanwhile, the write is tried anew.
 * @param prefix for the day on which the number is given
 */
export function nextNumber(
  store: string,
  property: string,
  column: PgColumn,
  prefix: (today: string) => string,
  digits: number,
): Fill {
  return {
    sets: [property],
    async fill({ today }, system) {
      return { [property]: await numberAfter(store, column, prefix(today), digits, system) };
    },
  };
}

/** The number after the last one that has a prefix. */
async function numberAfter(
  store: string,
  column: PgColumn,
  prefix: string,
  digits: number,
  system: { rows<T extends Values>(store: string, query: SQL): Promise<readonly T[]> },
): Promise<string> {
  const form = `^${prefix}[0-9]{${digits}}$`;
  const [last] = await system.rows<{ serial: string | null }>(
    store,
    sql`select max(right(${column}, ${sql.raw(String(digits))}))::text as serial from ${column.table} where ${column} like ${`${prefix}%`} and ${column} ~ ${form}`,
  );
  return `${prefix}${String(Number(last?.serial ?? 0) + 1).padStart(digits, '0')}`;
}

/** Whoever was asked before stays asked: the units that are given are added to those of the row. */
export const keepUnits = (property: string): Fill => ({
  sets: [property],
  async fill({ given, row }) {
    const before = (row?.[property] ?? []) as readonly string[];
    const now = (given[property] ?? []) as readonly string[];
    return { [property]: [...new Set([...before, ...now])] };
  },
});

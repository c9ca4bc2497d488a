import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { type PgColumn, type PgTable, PgTimestampString } from 'drizzle-orm/pg-core';
import { type Deadline, stoppedClock } from '../../contract/deadlines/expression.ts';
import type { RecordSource } from '../../contract/model/record-source.ts';
import { tableNameOf } from '../../store/table-name.ts';

/** A deadline in SQL, and of which type it is. */
export interface DueSql {
  readonly due: SQL;
  readonly type: 'day' | 'instant';
  /** The district's day of it. */
  readonly day: SQL;
  /** A day from which the deadline lies so many days ahead at least: what an index finds before anything is counted. */
  readonly begin: { readonly day: SQL; readonly days: number };
}

/** Calendar days of which no term has fewer. */
const leastDays = { d: 1, wd: 1, m: 28, h: 0 } as const;

/** The district's day of an instant. */
const districtDaySql = (instant: SQL | PgColumn): SQL => sql`(${instant} at time zone 'Asia/Shanghai')::date`;

/**
 * A deadline over a record's columns; `dueOf` says the same of a row in hand.
 * @param table of the record
 * @param clocks of the record: deadlines that are no columns
 * @throws Error in a sentence when the property is no day and no instant of the table
 */
export function deadlineSql(
  { text, property, term }: Deadline,
  table: PgTable,
  clocks: RecordSource['clocks'] = {},
): DueSql {
  const columns: Readonly<Record<string, PgColumn>> = getTableColumns(table);
  const clock = clocks[property]?.();
  const column = clock ?? columns[property];
  const isInstant = clock !== undefined || column instanceof PgTimestampString;
  if (!column || (!isInstant && (column as PgColumn).columnType !== 'PgDateString'))
    throw new Error(
      `${text}: ${tableNameOf(table)} has no day or instant ${property}; name one, such as ${datesOf(columns)}`,
    );
  const day = isInstant ? districtDaySql(column as SQL | PgColumn) : sql`${column}`;
  const begin = { day, days: term ? term.count * leastDays[term.unit] : 0 };
  if (isInstant && (!term || term.unit === 'h')) {
    const due = term
      ? sql`(${column} + make_interval(hours => ${sql.raw(String(term.count))}))`
      : sql`${column}`;
    return { due, type: 'instant', day: districtDaySql(due), begin };
  }
  if (term?.unit === 'h') {
    const due = sql`(${column} + make_interval(hours => ${sql.raw(String(term.count))})) at time zone 'Asia/Shanghai'`;
    return { due: sql`(${due})`, type: 'instant', day: districtDaySql(sql`(${due})`), begin };
  }
  const due = term ? added(day, term.count, term.unit as 'd' | 'wd' | 'm', columns) : day;
  return { due, type: 'day', day: due, begin };
}

function added(
  day: SQL,
  count: number,
  unit: 'd' | 'wd' | 'm',
  columns: Readonly<Record<string, PgColumn>>,
): SQL {
  const number = sql.raw(String(count));
  if (unit === 'd') return sql`(${day} + ${number})`;
  if (unit === 'm') return sql`(${day} + make_interval(months => ${number}))::date`;
  const [since, more] = [columns[stoppedClock.since], columns[stoppedClock.workingDays]];
  const term = more ? sql`${number} + ${more}` : number;
  const due = sql`access.add_working_days(${day}, ${term})`;
  return since ? sql`case when ${since} is null then ${due} end` : due;
}

const datesOf = (columns: Readonly<Record<string, PgColumn>>): string =>
  Object.keys(columns)
    .filter((name) => /(On|At|To|By)$/.test(name))
    .join(', ');

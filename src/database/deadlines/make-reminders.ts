import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { type PgColumn, PgDialect, type PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import type { Addressee, ReminderRule } from '../../contract/deadlines/reminders.ts';
import type { RecordSource } from '../../contract/model/record-source.ts';
import { columnOf, conditionSql } from './conditions.ts';
import { deadlineSql } from './deadline-sql.ts';

/** A reminder with the place of its records. */
export interface PlacedReminder {
  readonly rule: ReminderRule;
  readonly store: string;
  readonly source: RecordSource;
  /** The department of the store: whom it goes to in the end. */
  readonly unit: string;
}

/** Where record types are stored, as departments say it. */
export interface RecordStore {
  readonly store: string;
  readonly unit: string;
  readonly records: Readonly<Record<string, RecordSource>>;
}

const dialect = new PgDialect();
/** Rows of a statement: a transaction stays short, also when a year has passed at once. */
const most = 5000;

/**
 * Joins reminders with the tables of their records.
 * @throws Error that names every fault: a record, property or deadline that there is not
 */
export function placeReminders(
  rules: readonly ReminderRule[],
  stores: readonly RecordStore[],
): readonly PlacedReminder[] {
  const faults: string[] = [];
  const placed = rules.flatMap((rule) => {
    const home = stores.find(({ records }) => rule.record in records);
    const source = home?.records[rule.record];
    if (!home || !source) {
      faults.push(`${rule.kind}: there is no record ${rule.record}`);
      return [];
    }
    const reminder = { rule, store: home.store, unit: home.unit, source };
    try {
      makeStatement(reminder, '2007-03-01');
    } catch (error) {
      faults.push(`${rule.kind}: ${(error as Error).message}`);
    }
    return [reminder];
  });
  if (faults.length > 0)
    throw new Error(`The table of reminders (schema/reminders.tsv) has faults:\n${faults.join('\n')}`);
  return placed;
}

/**
 * Makes the reminders that are due and not yet made, of all records or of one: rows of `access.reminders`, and nothing
 * else (dossier 0.6). What is due follows from the record alone, so it does not matter who asks, or how often.
 * @param owner of the database in which the record's store is
 * @param today the district's day
 * @returns how many were made
 */
export async function makeReminders(
  owner: Sql,
  reminder: PlacedReminder,
  today: string,
  id?: string,
): Promise<number> {
  const { sql: text, params } = dialect.sqlToQuery(makeStatement(reminder, today, id));
  let made = 0;
  for (;;) {
    const { count } = await owner.unsafe(text, params as never[]);
    made += count;
    if (count < most) return made;
  }
}

/** The next day after today on which a record's reminder will be due; null for none. */
export async function nextReminder(
  owner: Sql,
  reminder: PlacedReminder,
  today: string,
  id: string,
): Promise<string | null> {
  const { table, due, where } = dueOf(reminder);
  const leads = sql.raw(`array[${reminder.rule.leads.join(', ')}]`);
  const { sql: text, params } = dialect.sqlToQuery(sql`
    select min(${due} - l.lead)::text as day from ${table} cross join unnest(${leads}) l(lead)
    where ${where} and ${idOf(table)} = ${id}::uuid and ${due} - l.lead > ${today}::date`);
  const [row] = await owner.unsafe(text, params as never[]);
  return (row?.day as string | null | undefined) ?? null;
}

function makeStatement(reminder: PlacedReminder, today: string, id?: string): SQL {
  const { rule, unit } = reminder;
  const { table, due, begin, where } = dueOf(reminder);
  const day = sql`${today}::date`;
  const leads = sql.raw(`array[${rule.leads.join(', ')}]`);
  const latest = Math.max(...rule.leads);
  const ahead = (days: number) => sql`${day} + ${sql.raw(`(${days})`)}`;
  const conditions = [
    where,
    sql`${begin.day} <= ${ahead(latest - begin.days)}`,
    sql`${due} <= ${ahead(latest)}`,
    ...(id ? [sql`${idOf(table)} = ${id}::uuid`] : []),
  ];
  return sql`
    insert into access.reminders (record, record_id, kind, lead_days, due_on, unit)
    select ${rule.record}, r.id, ${rule.kind}, l.lead, r.due, r.unit
    from (select ${idOf(table)} as id, ${due} as due, ${unitOf(rule.to, table, unit)} as unit
        from ${table} where ${sql.join(conditions, sql` and `)}) r
      cross join unnest(${leads}) l(lead)
    where r.due - l.lead <= ${day} and not exists (select from access.reminders made
      where made.kind = ${rule.kind} and made.record_id = r.id and made.lead_days = l.lead and made.due_on = r.due)
    limit ${sql.raw(String(most))}
    on conflict do nothing`;
}

/** The table of a reminder's records, their deadline, and which of them count. */
function dueOf({ rule, source }: PlacedReminder) {
  const { table, where, clocks } = source;
  const { day, begin } = deadlineSql(rule.deadline, table, clocks);
  const conditions = rule.while.map((condition) => conditionSql(condition, table));
  return { table, due: day, begin, where: sql.join([where ?? sql`true`, ...conditions], sql` and `) };
}

/** A place's unit is not told of a person whose whereabouts are shielded: that would say where. */
function unitOf(to: readonly Addressee[], table: PgTable, department: string): SQL {
  const columns: Readonly<Record<string, PgColumn>> = getTableColumns(table);
  const units = to.map(({ unit, property }) => {
    if (!property) return sql`${unit}`;
    const column = columnOf(table, property);
    if (!unit) return sql`${column}`;
    const own = sql`${`${unit}-`} || right(${column}, 3)`;
    return columns.shielded ? sql`case when not ${columns.shielded} then ${own} end` : own;
  });
  return sql`coalesce(${sql.join([...units, sql`${department}`], sql`, `)})`;
}

const idOf = (table: PgTable): PgColumn => columnOf(table, 'id');

import { getTableUniqueName, type SQL, sql } from 'drizzle-orm';
import { type PgTable, PgTimestampString } from 'drizzle-orm/pg-core';
import type { RetentionRule } from '../../contract/deadlines/retention.ts';
import type { RowScope } from '../../contract/model/row-scope.ts';
import { columnOf, conditionSql, propertySql, type Reference, referencesOf } from './conditions.ts';
import type { RecordStore } from './make-reminders.ts';

/** A term with the table of its records. Types that are parts of one table have one term together. */
export interface PlacedRetention {
  readonly rule: RetentionRule;
  /** The types that the table holds. */
  readonly records: readonly string[];
  readonly store: string;
  readonly table: PgTable;
  /** The rows of other tables, and of its own, that name rows of this one. */
  readonly namedBy: readonly (Reference & { readonly from: PgTable })[];
}

/** The store of the access log, which nothing changes. */
const log = 'audit';

/**
 * Joins the terms with the tables of the record types.
 * @returns in the order in which rows can go: those that name others first
 * @throws Error that names every fault: a record type without a line or with a wrong one
 */
export function placeRetention(
  rules: readonly RetentionRule[],
  stores: readonly RecordStore[],
): readonly PlacedRetention[] {
  const faults: string[] = [];
  const known = new Set(stores.flatMap(({ records }) => Object.keys(records)));
  for (const { record, where } of rules)
    if (!known.has(record))
      faults.push(`${where}: there is no such record; correct the name or remove the line`);
  const placed = stores.flatMap(({ store, records }) => {
    const tables = new Set(Object.values(records).map(({ table }) => table));
    return [...tables].flatMap((table) => {
      const names = Object.keys(records).filter((name) => records[name]!.table === table);
      const own = names.map((name) => rules.find(({ record }) => record === name));
      names.forEach((name, i) => {
        if (!own[i])
          faults.push(`schema/retention.tsv: ${name} has no line; say how long it is kept, or KEEP`);
      });
      const [rule, ...others] = own.filter((line) => line !== undefined);
      if (!rule) return [];
      for (const other of others)
        if (termOf(other) !== termOf(rule))
          faults.push(`${other.where}: is a part of the table of ${rule.record}; give both the same term`);
      const namedBy = [...tables].flatMap((from) =>
        referencesOf(from)
          .filter(({ to }) => to === table)
          .map((reference) => ({ ...reference, from })),
      );
      const term = { rule, records: names, store, table, namedBy };
      faults.push(
        ...lintTerm(
          term,
          names.map((name) => records[name]!),
        ).map((what) => `${rule.where}: ${what}`),
      );
      return [term];
    });
  });
  if (faults.length > 0) throw new Error(`The table of retention has faults:\n${faults.join('\n')}`);
  return namersFirst(placed);
}

const termOf = ({ record: _, where: _place, reason: _why, ...term }: RetentionRule): string =>
  JSON.stringify(term);

interface Carrying {
  readonly carries?: { readonly subjects?: RowScope['subjects'] } | undefined;
}

function lintTerm({ rule, store, table }: PlacedRetention, sources: readonly Carrying[]): string[] {
  const faults: string[] = [];
  const tried = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      faults.push((error as Error).message);
    }
  };
  if (rule.action === 'KEEP') return faults;
  if (columnOf(table, 'id').getSQLType() !== 'uuid') faults.push('has no id of its own; write KEEP');
  if (store === log) faults.push('the access log is kept for ever; write KEEP');
  tried(() => endOf(rule, table));
  for (const condition of rule.while) tried(() => conditionSql(condition, table));
  for (const { property, value } of rule.clears)
    tried(() => {
      if (columnOf(table, property).notNull && value === null)
        throw new Error(
          `${property} may not be empty; give a value that tells nothing, such as ${property}=无`,
        );
    });
  if (rule.action === 'ANONYMISE')
    for (const subject of sources.flatMap(({ carries }) => carries?.subjects ?? []))
      if (
        subject !== columnOf(table, 'id') &&
        !rule.clears.some((c) => columnOf(table, c.property) === subject)
      )
        faults.push(`${subject.name} still says who it is; add it to clears`);
  return faults;
}

/** The day on which a record's term is over. @throws Error in a sentence when its beginning is no day or instant */
export function endOf({ from, years }: RetentionRule, table: PgTable): SQL {
  const { column, sql: value } = propertySql(table, from);
  const isInstant = column instanceof PgTimestampString;
  if (!isInstant && column.columnType !== 'PgDateString')
    throw new Error(`${from} is no day or instant; name one, such as closedOn`);
  const day = isInstant ? sql`(${value} at time zone 'Asia/Shanghai')::date` : value;
  return sql`(${day} + make_interval(years => ${sql.raw(String(years))}))::date`;
}

/** A row goes after those that name it. */
function namersFirst(terms: readonly PlacedRetention[]): PlacedRetention[] {
  const sorted: PlacedRetention[] = [];
  const begun = new Set<PlacedRetention>();
  const visit = (term: PlacedRetention) => {
    if (begun.has(term)) return;
    begun.add(term);
    for (const { from } of term.namedBy) {
      const namer = terms.find(({ table }) => table === from);
      if (namer) visit(namer);
    }
    sorted.push(term);
  };
  for (const term of [...terms].sort((a, b) => nameOf(a).localeCompare(nameOf(b)))) visit(term);
  return sorted;
}

const nameOf = ({ table }: PlacedRetention): string => getTableUniqueName(table);

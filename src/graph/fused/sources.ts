import { type SQL, sql } from 'drizzle-orm';
import type { RecordModel } from '../../contract/model/record.ts';
import { namedColumn } from '../../database/rows/scope-sql.ts';
import { type ConditionContext, fromSql } from '../reads/condition-sql.ts';
import type { ReadEngine } from '../reads/engine.ts';
import type { ReadColumn } from '../reads/filter.ts';
import type { ReadList } from '../reads/list.ts';
import { readOrder } from '../reads/order.ts';
import { follow } from '../reads/relation.ts';
import type { Selection } from '../reads/selection.ts';
import { matchingSql, pageSql, recordSql } from '../reads/statement.ts';
import { ConnectionText, type RowText } from './connection.ts';
import { aggregates, type Fact, faultsColumn, mergedFaults, named, passedOn, ref } from './facts.ts';
import type { Ledger, ReadPlace } from './ledger.ts';
import { mapParameters } from './parameters.ts';
import type { LinkPlace, ListPlace, Member, PagePlace } from './shape.ts';

/** Values that are joined to a row: their text, the source that offers it, and the facts of the source. */
export interface Source {
  readonly text: SQL;
  readonly source: SQL;
  readonly facts: readonly Fact[];
}

export interface FusedParts {
  readonly engine: ReadEngine;
  readonly context: ConditionContext;
  /** Whether a parameter is the same wherever it stands: those of the viewer's scope, arguments of derived fields. */
  readonly isShared: (name: string) => boolean;
  /** The arguments of each list, as the request has them. */
  readonly lists: ReadonlyMap<PagePlace, ReadList>;
  /** Rows whose ids the access log wants. */
  readonly isNamed: (record: RecordModel, by: string | null) => boolean;
}

/** Writes the object of a row under an alias. */
export type WriteRow = (
  place: ReadPlace,
  selection: Selection,
  members: readonly Member[],
  row: string,
) => RowText;

/** The prefix of the parameters of a page. */
export const prefixOf = (page: number): string => `p${page}.`;
/** The parameter of a record of `Query`. */
export const idOfRoot = (name: string): string => `id.${name}`;

/** Whether a page has to know how it goes on: it reads one row more than it shows. */
export const looksFurther = (place: PagePlace, list: ReadList): boolean =>
  list.asked.filter !== undefined || place.members.some(({ value }) => value.kind === 'pageInfo');

/** The reads of a statement, as lateral joins: a record by its id, all records of a parent, a page. */
export class Sources {
  readonly #parts: FusedParts;
  readonly #ledger: Ledger;
  readonly #rowText: WriteRow;

  constructor(parts: FusedParts, ledger: Ledger, rowText: WriteRow) {
    this.#parts = parts;
    this.#ledger = ledger;
    this.#rowText = rowText;
  }

  /** A record by its id, as a source with one row or none. */
  record(place: LinkPlace, id: SQL): { alias: string; source: SQL; facts: readonly Fact[] } {
    const { record, selection, members } = place;
    const row = this.#ledger.alias('r');
    const alias = this.#ledger.alias('c');
    const inner = recordSql(
      record,
      sql`"t"."id" = ${id}${sql.raw(`::${record.keyType}`)}`,
      selection,
      this.#parts.context,
    );
    const { read, facts: own } = this.#rows(record, null, row, 0);
    const { text, joins, facts } = this.#rowText(read, selection, members, row);
    const all = [...own, ...facts];
    const columns = all.map(({ column, value }) => named(value, column));
    // `offset 0` keeps the planner from joining the record by a hash, which would undo the order of the rows.
    const source = sql`left join lateral (select ${text} as "j", ${sql.join(columns, sql`, `)} from (${inner}) ${sql.raw(`"${row}"`)} ${sql.join([...joins], sql` `)} offset 0) ${sql.raw(`"${alias}"`)} on true`;
    return { alias, source, facts: passedOn(all, alias) };
  }

  list(place: ListPlace, parent: SQL): Source {
    const { field, record, selection, members } = place;
    const { context, engine } = this.#parts;
    const { relation } = follow(engine, field);
    const row = this.#ledger.alias('r');
    const alias = this.#ledger.alias('c');
    const most = sql.raw(String(field.atMost));
    const window = { order: readOrder(record, null, context), reversed: false, from: 'start' } as const;
    const page = pageSql(record, ofParentBy(relation.column, parent), selection, window, undefined, context);
    const inner = mapParameters(page, (name) =>
      name === 'limit' ? sql.raw(String(field.atMost + 1)) : sql`${sql.placeholder(name)}`,
    );
    const { read, facts: own } = this.#rows(record, field.by, row, 1);
    const { text, joins, facts } = this.#rowText(read, selection, members, row);
    const aggregated = [
      sql`string_agg(${text}, ',') as "j"`,
      sql`(count(*) > ${most})::int as "long"`,
      ...aggregates([...own, ...facts]),
    ];
    const source = sql`left join lateral (select ${sql.join(aggregated, sql`, `)} from (${inner}) ${sql.raw(`"${row}"`)} ${sql.join([...joins], sql` `)}) ${sql.raw(`"${alias}"`)} on true`;
    const passed = passedOn([...own, ...facts], alias);
    const tooLong: Fact = { column: faultsColumn, kind: 'sum', value: ref(alias, 'long') };
    return {
      text: sql`concat('[', ${ref(alias, 'j')}, ']')`,
      source,
      facts: mergedFaults([...passed, tooLong]),
    };
  }

  /** The rows of a place as facts: how many, and which where the log wants to know. */
  #rows(
    record: RecordModel,
    by: string | null,
    row: string,
    objects: number,
  ): { read: ReadPlace; facts: Fact[] } {
    const ids = this.#parts.isNamed(record, by) ? this.#ledger.alias('ids') : undefined;
    const count = this.#ledger.alias('n');
    const read: ReadPlace = { record, by, count, ids, objects };
    this.#ledger.places.push(read);
    const facts: Fact[] = [{ column: count, kind: 'sum', value: sql`1` }];
    if (ids) facts.push({ column: ids, kind: 'lines', value: sql`${ref(row, 'id')}::text` });
    return { read, facts };
  }

  page(place: PagePlace, parent: SQL | null, ofParent: Fact[]): Source {
    const { record, selection, field } = place;
    const { context, engine, isShared, lists } = this.#parts;
    const list = lists.get(place)!;
    const number = this.#ledger.pages.push(place) - 1;
    const prefix = prefixOf(number);
    const relation = field && follow(engine, field).relation;
    const of = relation && parent ? ofParentBy(relation.column, parent) : null;
    const further = looksFurther(place, list);
    const own = (query: SQL) =>
      mapParameters(query, (name) => {
        // As a number, so that the planner knows how few rows there are and keeps one plan.
        if (name === 'limit') return sql.raw(String(list.size + (further ? 1 : 0)));
        return sql`${sql.placeholder(isShared(name) ? name : prefix + name)}`;
      });
    const page = own(pageSql(record, of, selection, list.window, list.condition, context));
    const row = this.#ledger.alias('r');
    const alias = this.#ledger.alias('c');
    const inner = further
      ? sql`(select "i".*, row_number() over () as "$n" from (${page}) "i") ${sql.raw(`"${row}"`)}`
      : sql`(${page}) ${sql.raw(`"${row}"`)}`;
    const size = sql.raw(String(list.size));
    const shown = further ? sql`${ref(row, '$n')} <= ${size}` : undefined;
    const count = () => {
      const where = own(matchingSql(record, list.condition, context));
      const related = of ? sql`${namedColumn('t', of.by.name)} = ${of.parent} and ` : sql``;
      return sql`(select count(*)::text from ${fromSql(record, 't', context)} where ${related}${where})`;
    };
    const { read, facts } = this.#rows(record, field?.by ?? null, row, objectsOfRow(place));
    const rowText = (members: readonly Member[]) => this.#rowText(read, selection, members, row);
    const connection = new ConnectionText({ place, list, number, row, alias, shown, rowText, count });
    const text = connection.text();
    const all = mergedFaults([...facts, ...connection.facts]);
    const aggregated = [...connection.columns, ...aggregates(all, shown)];
    const passed = passedOn(all, alias);
    if (further) aggregated.push(sql`(count(*) > ${size})::int as "more"`);
    if (list.asked.filter) {
      const more: Fact = { column: this.#ledger.alias('more'), kind: 'sum', value: ref(alias, 'more') };
      passed.push(more);
      const parents = parent ? this.#ledger.alias('of') : undefined;
      if (parents) ofParent.push({ column: parents, kind: 'lines', value: sql`${parent}::text` });
      this.#ledger.filtered.push({ page: place, parents, more: more.column });
    }
    const source = sql`left join lateral (select ${sql.join(aggregated, sql`, `)} from ${inner} ${sql.join(connection.joins, sql` `)}) ${sql.raw(`"${alias}"`)} on true`;
    return { text, source, facts: passed };
  }
}

/** The page itself, and what stands in it once. */
export const objectsOfPage = ({ members }: PagePlace): number =>
  1 + members.filter(({ value }) => value.kind === 'pageInfo').length;

/** A row stands in `nodes`; in `edges` with an object around it. */
const objectsOfRow = ({ members }: PagePlace): number =>
  members.reduce((sum, { value }) => {
    if (value.kind === 'nodes') return sum + 1;
    if (value.kind !== 'edges') return sum;
    return sum + 1 + value.members.filter((member) => member.value.kind === 'node').length;
  }, 0);

/** The parent's id as the type of the column that holds it. */
const ofParentBy = (by: ReadColumn, parent: SQL) => ({
  by,
  parent: sql`${parent}${sql.raw(`::${by.type}`)}`,
});

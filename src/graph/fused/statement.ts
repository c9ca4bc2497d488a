import { type SQL, sql } from 'drizzle-orm';
import { namedColumn } from '../../access/scope-sql.ts';
import type { RecordModel } from '../model/record.ts';
import type { ConditionContext } from '../reads/condition-sql.ts';
import { fromSql } from '../reads/condition-sql.ts';
import type { ReadEngine } from '../reads/engine.ts';
import type { ReadColumn } from '../reads/filter.ts';
import type { ReadList } from '../reads/list.ts';
import { readOrder } from '../reads/order.ts';
import { noKey, projectionOf } from '../reads/projection.ts';
import { follow } from '../reads/relation.ts';
import { compile, matchingSql, pageSql, recordSql, type Statement } from '../reads/statement.ts';
import { ConnectionText, type RowText } from './connection.ts';
import { aggregates, type Fact, faultsColumn, mergedFaults, named, passedOn, ref } from './facts.ts';
import { idOf, jsonValueOf, objectOf, type Piece, textOf } from './json-sql.ts';
import { mapParameters } from './parameters.ts';
import type { LinkPlace, ListPlace, Member, PagePlace, RootShape, ValueShape } from './shape.ts';

/** A record type that the statement reads at one place of the document, and the columns that tell of it. */
export interface ReadPlace {
  readonly record: RecordModel;
  /** The property by which the rows of a parent were found. */
  readonly by: string | null;
  /** How many rows were read; undefined where `ids` says it. */
  readonly count: string | undefined;
  /** Ids of the rows, a line each, with repetitions. */
  readonly ids: string | undefined;
  /** Objects of the answer that each row brings: itself, where rows are counted, and the pages that belong to it. */
  objects: number;
}

/** A list whose filter tells of persons: the columns that say for which parents, and how many pages went on. */
export interface FilteredPage {
  readonly page: PagePlace;
  /** Undefined for a list of `Query`. */
  readonly parents: string | undefined;
  readonly more: string;
}

/** One statement that makes the answer to root fields. */
export interface FusedStatement extends Statement {
  /** The column of each root field. */
  readonly roots: readonly { readonly name: string; readonly column: string }[];
  readonly places: readonly ReadPlace[];
  readonly filtered: readonly FilteredPage[];
  /** Columns that count objects of the answer, and how many there are in any case. */
  readonly counted: readonly string[];
  readonly objects: number;
  /** Pages in the order of their numbers in cursors. */
  readonly pages: readonly PagePlace[];
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

/** Builds the statement of root fields. The parameters of a page have its prefix, those of a record of `Query` its name. */
export function fusedStatement(
  store: string,
  roots: readonly RootShape[],
  parts: FusedParts,
): FusedStatement {
  return new Builder(parts).statement(store, roots);
}

/** The prefix of the parameters of a page. */
export const prefixOf = (page: number): string => `p${page}.`;
/** The parameter of a record of `Query`. */
export const idOfRoot = (name: string): string => `id.${name}`;

/** Whether a page has to know how it goes on: it reads one row more than it shows. */
export const looksFurther = (place: PagePlace, list: ReadList): boolean =>
  list.asked.filter !== undefined || place.members.some(({ value }) => value.kind === 'pageInfo');

class Builder {
  readonly #parts: FusedParts;
  readonly #places: ReadPlace[] = [];
  readonly #pages: PagePlace[] = [];
  readonly #filtered: FilteredPage[] = [];
  readonly #counted: string[] = [];
  #objects = 0;
  #aliases = 0;

  constructor(parts: FusedParts) {
    this.#parts = parts;
  }

  statement(store: string, roots: readonly RootShape[]): FusedStatement {
    const columns: { name: string; column: string }[] = [];
    const sources: SQL[] = [];
    const facts: Fact[] = [];
    const list: SQL[] = [];
    for (const root of roots) {
      const column = `root${columns.length}`;
      this.#objects += root.kind === 'page' ? objectsOfPage(root.place) : 1;
      const found =
        root.kind === 'page' ? this.#page(root.place, null, []) : this.#rootRecord(root.name, root.place);
      sources.push(found.source);
      facts.push(...found.facts);
      list.push(named(found.text, column));
      columns.push({ name: root.name, column });
    }
    for (const { column, value } of mergedFaults(facts)) list.push(named(value, column));
    const query = sql`select ${sql.join(list, sql`, `)} from (select) "z" ${sql.join(sources, sql` `)}`;
    const { text, parameters } = compile(store, query);
    return {
      store,
      text,
      parameters,
      roots: columns,
      places: this.#places,
      filtered: this.#filtered,
      counted: this.#counted,
      objects: this.#objects,
      pages: this.#pages,
    };
  }

  #alias(letter: string): string {
    return `${letter}${this.#aliases++}`;
  }

  /** A record by a root field's id: no text where there is none, which the other road answers. */
  #rootRecord(name: string, place: LinkPlace): { text: SQL; source: SQL; facts: readonly Fact[] } {
    const { alias, source, facts } = this.#record(place, sql`${sql.placeholder(idOfRoot(name))}`);
    return { text: ref(alias, 'j'), source, facts };
  }

  /** A record by its id, as a source with one row or none. */
  #record(place: LinkPlace, id: SQL): { alias: string; source: SQL; facts: readonly Fact[] } {
    const { record, selection, members } = place;
    const row = this.#alias('r');
    const alias = this.#alias('c');
    const inner = recordSql(
      record,
      sql`"t"."id" = ${id}${sql.raw(`::${record.keyType}`)}`,
      selection,
      this.#parts.context,
    );
    const ids = this.#fact('ids');
    const read: ReadPlace = { record, by: null, count: undefined, ids, objects: 0 };
    this.#places.push(read);
    const { text, joins, facts } = this.#row(read, selection, members, row);
    const own: Fact = { column: ids, kind: 'lines', value: sql`${ref(row, 'id')}::text` };
    const all = [own, ...facts];
    const columns = all.map(({ column, value }) => named(value, column));
    // `offset 0` keeps the planner from joining the record by a hash, which would undo the order of the rows.
    const source = sql`left join lateral (select ${text} as "j", ${sql.join(columns, sql`, `)} from (${inner}) ${sql.raw(`"${row}"`)} ${sql.join([...joins], sql` `)} offset 0) ${sql.raw(`"${alias}"`)} on true`;
    return { alias, source, facts: passedOn(all, alias) };
  }

  #fact(kind: string): string {
    return this.#alias(kind);
  }

  /** Counts objects of the answer: those of the rows for which something is true. */
  #countIf(isThere: SQL, facts: Fact[]): void {
    const column = this.#fact('o');
    this.#counted.push(column);
    facts.push({ column, kind: 'sum', value: sql`(${isThere})::int` });
  }

  #row(
    place: ReadPlace,
    selection: LinkPlace['selection'],
    members: readonly Member[],
    row: string,
  ): RowText {
    const { record } = place;
    const projection = projectionOf(record, selection, this.#parts.context);
    const columns = new Map(projection.columns.map(({ property, value }) => [property, value]));
    const joins: SQL[] = [];
    const facts: Fact[] = [];
    const at: RowPlace = { place, row, columns, joins, facts };
    const pairs = members.map((member) => [member.name, this.#member(member, at)] as const);
    return { text: textOf(objectOf(pairs)), joins, facts: mergedFaults(facts) };
  }

  #member(member: Member, at: RowPlace): Piece | readonly Piece[] {
    const piece = this.#value(member.value, at);
    const { value, isRequired } = member;
    if (!isRequired || value.kind === 'typename' || value.kind === 'id') return piece;
    const isMissing =
      value.kind === 'value' && at.columns.has(value.property)
        ? sql`${ref(at.row, value.property)} is null`
        : sql`${textOf([piece].flat() as Piece[])} = 'null'`;
    at.facts.push({ column: faultsColumn, kind: 'sum', value: sql`(${isMissing})::int` });
    return piece;
  }

  #value(shape: ValueShape, at: RowPlace): Piece | readonly Piece[] {
    const { row, columns } = at;
    switch (shape.kind) {
      case 'typename':
        return `"${shape.type}"`;
      case 'id':
        return ['"', idOf(shape.type, ref(row, 'id'), at.place.record.keyType), '"'];
      case 'value':
        return columns.has(shape.property) ? jsonValueOf(ref(row, shape.property), shape.as) : 'null';
      case 'embed': {
        const held = shape.field.parts
          .map((part) => `${shape.field.name}.${part.name}`)
          .filter((property) => columns.has(property));
        if (held.length === 0) return 'null';
        const pairs = shape.members.map(({ name, value }) => [name, this.#value(value, at)] as const);
        const any = sql`num_nonnulls(${sql.join(
          held.map((property) => ref(row, property)),
          sql`, `,
        )}) > 0`;
        this.#countIf(any, at.facts);
        return sql`case when ${any} then ${textOf(objectOf(pairs))} else 'null' end`;
      }
      case 'link': {
        const { key } = shape.place;
        if (!columns.has(key)) return 'null';
        const { alias, source, facts } = this.#record(shape.place, ref(row, key));
        this.#countIf(sql`${ref(row, key)} is not null`, at.facts);
        at.joins.push(source);
        at.facts.push(...facts);
        return sql`coalesce(${ref(alias, 'j')}, 'null')`;
      }
      case 'page':
        return this.#related(shape.place, objectsOfPage(shape.place), at, (parent, facts) =>
          this.#page(shape.place, parent, facts),
        );
      case 'list':
        return this.#related(shape.place, 0, at, (parent) => this.#list(shape.place, parent));
    }
  }

  /** What belongs to a row, or null where the viewer may not follow the relation. */
  #related(
    { field }: Pick<PagePlace, 'field'>,
    objects: number,
    { place, row, columns, joins, facts }: RowPlace,
    make: (parent: SQL, facts: Fact[]) => { text: SQL; source: SQL; facts: readonly Fact[] },
  ): Piece {
    const key = `${field!.name}.key`;
    if (columns.get(key) === noKey) return 'null';
    const parent = ref(row, columns.has(key) ? key : 'id');
    const found = make(parent, facts);
    joins.push(found.source);
    facts.push(...found.facts);
    if (!columns.has(key)) {
      place.objects += objects;
      return found.text;
    }
    for (let i = 0; i < objects; i++) this.#countIf(sql`${parent} is not null`, facts);
    return sql`case when ${parent} is null then 'null' else ${found.text} end`;
  }

  #list(place: ListPlace, parent: SQL): { text: SQL; source: SQL; facts: readonly Fact[] } {
    const { field, record, selection, members } = place;
    const { context, engine } = this.#parts;
    const { relation } = follow(engine, field);
    const row = this.#alias('r');
    const alias = this.#alias('c');
    const most = sql.raw(String(field.atMost));
    const window = { order: readOrder(record, null, context), reversed: false, from: 'start' } as const;
    const page = pageSql(record, ofParentBy(relation.column, parent), selection, window, undefined, context);
    const inner = mapParameters(page, (name) =>
      name === 'limit' ? sql.raw(String(field.atMost + 1)) : sql`${sql.placeholder(name)}`,
    );
    const { read, facts: own } = this.#rows(record, field.by, row, 1);
    const { text, joins, facts } = this.#row(read, selection, members, row);
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
    const ids = this.#parts.isNamed(record, by) ? this.#fact('ids') : undefined;
    const count = this.#fact('n');
    const read: ReadPlace = { record, by, count, ids, objects };
    this.#places.push(read);
    const facts: Fact[] = [{ column: count, kind: 'sum', value: sql`1` }];
    if (ids) facts.push({ column: ids, kind: 'lines', value: sql`${ref(row, 'id')}::text` });
    return { read, facts };
  }

  #page(
    place: PagePlace,
    parent: SQL | null,
    ofParent: Fact[],
  ): { text: SQL; source: SQL; facts: readonly Fact[] } {
    const { record, selection, field } = place;
    const { context, engine, isShared, lists } = this.#parts;
    const list = lists.get(place)!;
    const number = this.#pages.push(place) - 1;
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
    const row = this.#alias('r');
    const alias = this.#alias('c');
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
    const rowText = (members: readonly Member[]) => this.#row(read, selection, members, row);
    const connection = new ConnectionText({ place, list, number, row, alias, shown, rowText, count });
    const text = connection.text();
    const all = mergedFaults([...facts, ...connection.facts]);
    const aggregated = [...connection.columns, ...aggregates(all, shown)];
    const passed = passedOn(all, alias);
    if (further) aggregated.push(sql`(count(*) > ${size})::int as "more"`);
    if (list.asked.filter) {
      const more: Fact = { column: this.#fact('more'), kind: 'sum', value: ref(alias, 'more') };
      passed.push(more);
      const parents = parent ? this.#fact('of') : undefined;
      if (parents) ofParent.push({ column: parents, kind: 'lines', value: sql`${parent}::text` });
      this.#filtered.push({ page: place, parents, more: more.column });
    }
    const source = sql`left join lateral (select ${sql.join(aggregated, sql`, `)} from ${inner} ${sql.join(connection.joins, sql` `)}) ${sql.raw(`"${alias}"`)} on true`;
    return { text, source, facts: passed };
  }
}

/** The page itself, and what stands in it once. */
const objectsOfPage = ({ members }: PagePlace): number =>
  1 + members.filter(({ value }) => value.kind === 'pageInfo').length;

/** A row stands in `nodes`; in `edges` with an object around it. */
const objectsOfRow = ({ members }: PagePlace): number =>
  members.reduce((sum, { value }) => {
    if (value.kind === 'nodes') return sum + 1;
    if (value.kind !== 'edges') return sum;
    return sum + 1 + value.members.filter((member) => member.value.kind === 'node').length;
  }, 0);

/** Where something is read. */
interface RowPlace {
  readonly place: ReadPlace;
  readonly row: string;
  /** Properties that the row has for this viewer. */
  readonly columns: ReadonlyMap<string, SQL>;
  readonly joins: SQL[];
  readonly facts: Fact[];
}

/** The parent's id as the type of the column that holds it. */
const ofParentBy = (by: ReadColumn, parent: SQL) => ({
  by,
  parent: sql`${parent}${sql.raw(`::${by.type}`)}`,
});

import { type SQL, sql } from 'drizzle-orm';
import type { ReadList } from '../reads/list.ts';
import { cursorMark } from './cursor-marks.ts';
import { type Fact, named, ref } from './facts.ts';
import { objectOf, type Piece, textOf } from './json-sql.ts';
import type { ConnectionMember, EdgeMember, Member, PageInfoMember, PagePlace } from './shape.ts';

/** The text of an object over a row, the sources it needs beside the row, and the facts of the row and below it. */
export interface RowText {
  readonly text: SQL;
  readonly joins: readonly SQL[];
  readonly facts: readonly Fact[];
}

/** A page of rows under an alias. */
export interface PageRows {
  readonly place: PagePlace;
  readonly list: ReadList;
  /** Of the page in the statement. */
  readonly number: number;
  readonly row: string;
  /** The alias of the page. */
  readonly alias: string;
  /** Which of the rows stand on the page; undefined: all. */
  readonly shown: SQL | undefined;
  readonly rowText: (members: readonly Member[]) => RowText;
  /** The number of records of the list. */
  readonly count: () => SQL;
}

/** Writes a connection as JSON text. */
export class ConnectionText {
  /** What the page has to offer over its rows. */
  readonly columns: SQL[] = [];
  readonly joins: SQL[] = [];
  readonly facts: Fact[] = [];
  readonly #page: PageRows;
  readonly #filter: SQL;

  constructor(page: PageRows) {
    this.#page = page;
    this.#filter = page.shown ? sql` filter (where ${page.shown})` : sql``;
  }

  text(): SQL {
    const { members } = this.#page.place;
    return textOf(objectOf(members.map(({ name, value }) => [name, this.#member(value)] as const)));
  }

  #member(value: ConnectionMember['value']): Piece {
    switch (value.kind) {
      case 'typename':
        return `"${value.type}"`;
      case 'nodes':
        return this.#rows(this.#row(value.members));
      case 'edges':
        return this.#rows(
          textOf(objectOf(value.members.map(({ name, value: edge }) => [name, this.#edge(edge)]))),
        );
      case 'pageInfo':
        return textOf(objectOf(value.members.map(({ name, value: info }) => [name, this.#pageInfo(info)])));
      case 'totalCount':
        return this.#page.count();
    }
  }

  #edge(value: EdgeMember['value']): Piece {
    if (value.kind === 'typename') return `"${value.type}"`;
    return value.kind === 'cursor' ? this.#cursor() : this.#row(value.members);
  }

  #pageInfo(value: PageInfoMember['value']): Piece {
    const { list } = this.#page;
    switch (value.kind) {
      case 'typename':
        return `"${value.type}"`;
      case 'hasNextPage':
        return this.#put(sql`(count(*) > ${sql.raw(String(list.size))})::text`);
      case 'hasPreviousPage':
        return String(list.fromCursor);
      case 'startCursor':
        return this.#cursorAt(sql`1`);
      case 'endCursor':
        return this.#cursorAt(sql`count(*)${this.#filter}`);
    }
  }

  #cursor(): SQL {
    const { number, row, list } = this.#page;
    return cursorMark(number, row, list.window.order);
  }

  #cursorAt(place: SQL): SQL {
    const all = sql`(array_agg(${this.#cursor()})${this.#filter})`;
    return sql`coalesce(${this.#put(sql`${all}[(${place})::int]`)}, 'null')`;
  }

  #row(members: readonly Member[]): SQL {
    const { text, joins, facts } = this.#page.rowText(members);
    this.joins.push(...joins);
    this.facts.push(...facts);
    return text;
  }

  #rows(text: SQL): SQL {
    return textOf(['[', sql`coalesce(${this.#put(sql`string_agg(${text}, ',')${this.#filter}`)}, '')`, ']']);
  }

  /** A value over the rows, as the page offers it. */
  #put(value: SQL): SQL {
    const column = `v${this.columns.length}`;
    this.columns.push(named(value, column));
    return ref(this.#page.alias, column);
  }
}

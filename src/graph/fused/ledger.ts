import { type SQL, sql } from 'drizzle-orm';
import type { RecordModel } from '../../contract/model/record.ts';
import type { Fact } from './facts.ts';
import type { PagePlace } from './shape.ts';

/** A record type that the statement reads at one place of the document, and the columns that tell of it. */
export interface ReadPlace {
  readonly record: RecordModel;
  /** The property by which the rows of a parent were found. */
  readonly by: string | null;
  /** How many rows stand in the answer. */
  readonly count: string;
  /** Ids of the rows, a line each, with repetitions; undefined where nobody wants them. */
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

/** What a statement will read and count, written down while it is made. */
export class Ledger {
  readonly places: ReadPlace[] = [];
  /** In the order of their numbers in cursors. */
  readonly pages: PagePlace[] = [];
  readonly filtered: FilteredPage[] = [];
  readonly counted: string[] = [];
  #aliases = 0;

  /** A name that nothing else in the statement has. */
  alias(kind: string): string {
    return `${kind}${this.#aliases++}`;
  }

  /** Counts objects of the answer: those of the rows for which something is true. */
  countIf(isThere: SQL, facts: Fact[]): void {
    const column = this.alias('o');
    this.counted.push(column);
    facts.push({ column, kind: 'sum', value: sql`(${isThere})::int` });
  }
}

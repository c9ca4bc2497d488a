import type { SQL } from 'drizzle-orm';
import type { StatisticMeasure } from '../generated/resolvers.ts';

/** What the cells of a population are told apart by: a key that is asked for, or a yes or no that rates are made of. */
export interface Dimension {
  /** A `StatisticKey`, or the name of the yes or no. */
  readonly name: string;
  /** All values that can be, whether they occur or not: what is missing in a list would be a count of nought. */
  readonly values: readonly string[];
  /** Where a row without one of these values goes; null keeps such rows out. */
  readonly other: string | null;
}

/** One measure as a view of a population's cells. */
export interface Measure {
  readonly name: StatisticMeasure;
  /** Only the cells with this value of a dimension, which is then no key of the measure. */
  readonly slice?: readonly [dimension: string, value: string];
  /** Its keys, where the measure's group does not open all of the population's. */
  readonly keys?: readonly string[];
  /** A column of the rows that is summed, in fen or heads; the rows are counted without it. */
  readonly sum?: string;
  /** The sum is money: kept in fen, answered in yuan. */
  readonly money?: boolean;
}

/**
 * What a department counts: rows of its own tables, and everything that is published of them. Which cells are
 * withheld is decided for all of it at once, so a measure that is a part or a total of another belongs to the same
 * population (dossier §6.4).
 */
export interface Population {
  readonly name: string;
  /**
   * The rows at the end of a day: a column a dimension, named like it, and those that are summed.
   * @param day the last of the month
   */
  readonly rows: (day: SQL) => SQL;
  /** Dimensions that the register says of the person whose id is in the column `subject`: SUBDISTRICT, ORIGIN_PROVINCE. */
  readonly subject?: readonly string[];
  readonly dimensions: readonly Dimension[];
  /** Which dimensions are published together; each of their subsets is too. */
  readonly tables: readonly (readonly string[])[];
  readonly measures: readonly Measure[];
}

/** A dimension of the cells that stand for yes and no. */
export const yesNo = (name: string): Dimension => ({ name, values: ['YES', 'NO'], other: 'NO' });

import type { SQL } from 'drizzle-orm';
import type { StatisticMeasure } from '../generated/resolvers.ts';

/**
 * A dimension of a population's cells: a key that can be asked for, or a yes or no of which rates are made.
 */
export interface Dimension {
  /** A `StatisticKey`, or the name of the yes or no. */
  readonly name: string;
  /**
   * All possible values, whether they occur or not: a value missing from a list would be a count of nought.
   */
  readonly values: readonly string[];
  /** The value under which all other rows are counted; null leaves such rows out. */
  readonly other: string | null;
}

/** One measure as a view of a population's cells. */
export interface Measure {
  readonly name: StatisticMeasure;
  /** Only the cells with this value of a dimension. The dimension is then no key of the measure. */
  readonly slice?: readonly [dimension: string, value: string];
  /** Its keys, where the measure's group opens fewer than the population has. */
  readonly keys?: readonly string[];
  /** A column whose values are summed, in fen or heads. Without it the rows are counted. */
  readonly sum?: string;
  /** The sum is money: kept in fen, answered in yuan. */
  readonly money?: boolean;
}

/**
 * What a department counts: rows of its own tables, and everything that is published of them. The withheld
 * cells are chosen for all of it at once. So a measure that is a part or a total of another belongs to the
 * same population (dossier §6.4).
 */
export interface Population {
  readonly name: string;
  /**
   * The rows at the end of a day: one column for each dimension, with its name, and one for each column that
   * is summed.
   * @param day the last of the month
   */
  readonly rows: (day: SQL) => SQL;
  /**
   * Dimensions that the register knows of the person with the id in the column `subject`: SUBDISTRICT,
   * ORIGIN_PROVINCE.
   */
  readonly subject?: readonly string[];
  readonly dimensions: readonly Dimension[];
  /** The sets of dimensions that are published together. Each of their subsets is published too. */
  readonly tables: readonly (readonly string[])[];
  readonly measures: readonly Measure[];
}

/** A dimension of the cells that stand for yes and no. */
export const yesNo = (name: string): Dimension => ({ name, values: ['YES', 'NO'], other: 'NO' });

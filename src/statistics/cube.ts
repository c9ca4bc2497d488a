import type { Dimension } from './population.ts';

/** Rows that are alike in every dimension. */
export interface BaseRow {
  /** Index of the value of each dimension. */
  readonly at: readonly number[];
  readonly count: number;
  /** What is summed, in the order of the population's columns. */
  readonly sums: readonly number[];
}

/** A cell is published, suppressed because it is small (primary), or so that a small one does not follow (secondary). */
export const PUBLISHED = 0;
export const PRIMARY = 1;
export const SECONDARY = 2;

/** The cells over some of the dimensions, all combinations of their values. */
export interface Margin {
  /** Indices of the dimensions, ascending. */
  readonly dimensions: readonly number[];
  readonly mask: number;
  readonly counts: Float64Array;
  readonly sums: readonly Float64Array[];
  readonly states: Uint8Array;
  readonly strides: readonly number[];
}

/**
 * A population's counts over every set of dimensions that is published, the total included: what a viewer could ask
 * for, and nothing else.
 */
export class Cube {
  readonly dimensions: readonly Dimension[];
  readonly rows: readonly BaseRow[];
  /** Bit sets of the dimensions that are published together, largest ones only. */
  readonly tables: readonly number[];
  /** By the bit set of their dimensions; from the total to the tables. */
  readonly margins: ReadonlyMap<number, Margin>;
  readonly total: number;

  constructor(
    dimensions: readonly Dimension[],
    tables: readonly (readonly string[])[],
    rows: readonly BaseRow[],
  ) {
    this.dimensions = dimensions;
    this.rows = rows;
    this.tables = tables.map((names) => names.reduce((mask, name) => mask | this.#bit(name), 0));
    const masks = new Set<number>();
    for (const table of this.tables)
      for (let part = table; ; part = (part - 1) & table) {
        masks.add(part);
        if (part === 0) break;
      }
    const ordered = [...masks].sort((a, b) => bits(a) - bits(b) || a - b);
    this.margins = new Map(ordered.map((mask) => [mask, this.#margin(mask)]));
    this.total = rows.reduce((sum, { count }) => sum + count, 0);
  }

  /** The cells over some dimensions; they need not be published together. */
  marginOf(mask: number): Margin {
    return this.margins.get(mask) ?? this.#margin(mask);
  }

  #bit(name: string): number {
    const index = this.dimensions.findIndex((dimension) => dimension.name === name);
    if (index < 0) throw new Error(`A table names ${name}, which is no dimension of its population.`);
    return 1 << index;
  }

  #margin(mask: number): Margin {
    const dimensions = indicesOf(mask);
    const strides: number[] = [];
    let size = 1;
    for (const dimension of dimensions) {
      strides.push(size);
      size *= this.dimensions[dimension]!.values.length;
    }
    const counts = new Float64Array(size);
    const sums = (this.rows[0]?.sums ?? []).map(() => new Float64Array(size));
    for (const row of this.rows) {
      let cell = 0;
      for (const [i, dimension] of dimensions.entries()) cell += strides[i]! * row.at[dimension]!;
      counts[cell]! += row.count;
      for (const [i, sum] of sums.entries()) sum[cell]! += row.sums[i]!;
    }
    return { dimensions, mask, counts, sums, states: new Uint8Array(size), strides };
  }
}

/** The cell of a margin for one value of each dimension; dimensions that it has not are not looked at. */
export function cellAt({ dimensions, strides }: Margin, at: readonly number[]): number {
  let cell = 0;
  for (let i = 0; i < dimensions.length; i++) cell += strides[i]! * at[dimensions[i]!]!;
  return cell;
}

/** The values of a cell, by the index of the dimension; nought where the margin has none. */
export function placeOf(margin: Margin, cell: number, cube: Cube): number[] {
  const at = cube.dimensions.map(() => 0);
  for (const [i, dimension] of margin.dimensions.entries())
    at[dimension] = Math.floor(cell / margin.strides[i]!) % cube.dimensions[dimension]!.values.length;
  return at;
}

export function bits(mask: number): number {
  let n = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) n += 1;
  return n;
}

export function indicesOf(mask: number): number[] {
  const found: number[] = [];
  for (let i = 0; 1 << i <= mask; i++) if (mask & (1 << i)) found.push(i);
  return found;
}

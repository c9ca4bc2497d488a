import { type Cube, type Margin, PRIMARY, PUBLISHED, placeOf } from './cube.ts';
import type { Measure, Population } from './population.ts';

/** A cell as it is published. */
export interface PublishedCell {
  readonly measure: string;
  readonly keySet: string;
  readonly keys: readonly string[];
  readonly subdistrictCode: string | null;
  /** Null when withheld. */
  readonly value: number | null;
  readonly isSuppressed: boolean;
  /** k − 1 where the count itself is too small. */
  readonly upperBound: number | null;
}

/** The cells of all measures of a protected population. @param keys the keys in the order of the enum */
export function* publishedCells(
  population: Population,
  cube: Cube,
  k: number | null,
  keys: readonly string[],
): Generator<PublishedCell> {
  const sums = sumsOf(population);
  for (const measure of population.measures)
    for (const margin of cube.margins.values()) {
      const sliced = measure.slice && indexOf(cube, measure.slice[0]);
      if (sliced !== undefined && !margin.dimensions.includes(sliced)) continue;
      const shown = margin.dimensions
        .filter((dimension) => dimension !== sliced)
        .map((dimension) => [dimension, cube.dimensions[dimension]!.name] as const);
      // A yes or no that is not the measure's own is no key.
      const own = measure.keys ?? keys;
      if (shown.some(([, name]) => !keys.includes(name) || !own.includes(name))) continue;
      shown.sort(([, a], [, b]) => keys.indexOf(a) - keys.indexOf(b));
      const keySet = shown.map(([, name]) => name).join();
      for (let cell = 0; cell < margin.counts.length; cell++) {
        const at = placeOf(margin, cell, cube);
        if (sliced !== undefined && valueAt(cube, sliced, at) !== measure.slice?.[1]) continue;
        const values = shown.map(([dimension]) => valueAt(cube, dimension, at));
        const isSuppressed = margin.states[cell] !== PUBLISHED;
        const place = shown.findIndex(([, name]) => name === 'SUBDISTRICT');
        yield {
          measure: measure.name,
          keySet,
          keys: values,
          subdistrictCode: place < 0 ? null : values[place]!,
          value: isSuppressed ? null : publishedValue(measure, margin, cell, sums),
          isSuppressed,
          // Of a sum the bound of the count says nothing.
          upperBound: margin.states[cell] === PRIMARY && !measure.sum ? k! - 1 : null,
        };
      }
    }
}

/** The key sets of a measure: the largest ones, each of whose subsets can be asked for too. */
export function keySetsOf(
  { tables, measures, dimensions }: Population,
  name: string,
  keys: readonly string[],
): readonly (readonly string[])[] {
  const measure = measures.find((m) => m.name === name);
  const slice = measure?.slice?.[0];
  const own = new Set(
    dimensions
      .map((d) => d.name)
      .filter((key) => keys.includes(key) && (measure?.keys ?? keys).includes(key)),
  );
  return tables
    .filter((table) => slice === undefined || table.includes(slice))
    .map((table) => table.filter((key) => own.has(key) && key !== slice));
}

/** The columns that the population's measures sum. */
export const sumsOf = ({ measures }: Population): string[] => [
  ...new Set(measures.flatMap(({ sum }) => sum ?? [])),
];

function publishedValue(measure: Measure, margin: Margin, cell: number, sums: readonly string[]): number {
  if (!measure.sum) return margin.counts[cell]!;
  const sum = margin.sums[sums.indexOf(measure.sum)]?.[cell] ?? 0;
  return measure.money ? sum / 100 : sum;
}

const indexOf = (cube: Cube, name: string) => cube.dimensions.findIndex((d) => d.name === name);

const valueAt = (cube: Cube, dimension: number, at: readonly number[]) =>
  cube.dimensions[dimension]!.values[at[dimension]!]!;

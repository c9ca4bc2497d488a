import { otherValue } from './keys.ts';

/** A cell as it is read. */
export interface StoredCell {
  readonly measure: string;
  readonly month: string;
  readonly keys: readonly string[];
  /** A number as text. */
  readonly value: string | null;
  readonly isSuppressed: boolean;
  readonly upperBound: number | null;
}

/** The field of StatisticCell for a key. */
const fieldOf = (key: string): string =>
  key === 'SUBDISTRICT'
    ? 'subdistrictCode'
    : key.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * The cells of an answer. A rate is divided here, from two published cells, and rounded to four places. It is
 * withheld where one of the two is withheld, and left out where only one of them exists. Cells come by month,
 * then by their keys, each key in the order of its values and not of the alphabet.
 * @param parts the measure, or the two of a rate
 * @param valuesOf the values of a key, in their order
 */
export function answeredCells(
  parts: readonly string[],
  keys: readonly string[],
  cells: readonly StoredCell[],
  valuesOf: (key: string) => readonly string[],
): Record<string, unknown>[] {
  const ranks = keys.map((key) => new Map(valuesOf(key).map((value, rank) => [value, rank])));
  const rank = (cell: StoredCell, i: number) => ranks[i]?.get(cell.keys[i] ?? '') ?? Number.MAX_SAFE_INTEGER;
  const inOrder = (a: StoredCell, b: StoredCell) =>
    a.month < b.month
      ? -1
      : a.month > b.month
        ? 1
        : keys.reduce((d, _, i) => d || rank(a, i) - rank(b, i), 0);
  const [first = '', second] = parts;
  const under = new Map(
    cells.filter(({ measure }) => measure === second).map((cell) => [placeOf(cell), cell]),
  );
  return cells
    .filter((cell) => cell.measure === first && (second === undefined || under.has(placeOf(cell))))
    .sort(inOrder)
    .map((cell) => {
      const named = Object.fromEntries(
        keys.map((key, i) => [fieldOf(key), cell.keys[i] === otherValue ? null : cell.keys[i]]),
      );
      return { month: cell.month, ...named, ...answerOf(cell, under.get(placeOf(cell))) };
    });
}

/** @param per for a rate: its divisor */
function answerOf({ value, isSuppressed, upperBound }: StoredCell, per: StoredCell | undefined) {
  if (!per) return { value, suppressed: isSuppressed, upperBound };
  if (value === null || per.value === null) return { value: null, suppressed: true, upperBound: null };
  // Nothing divided by nothing is no rate, and withholds nothing.
  const rate = Number(per.value) === 0 ? null : (Number(value) / Number(per.value)).toFixed(4);
  return { value: rate, suppressed: false, upperBound: null };
}

const placeOf = ({ month, keys }: StoredCell): string => [month, ...keys].join();

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
 * The cells of an answer. A rate is divided here, from two cells that are both published; it is rounded to four
 * places, and withheld where one of them is.
 * @param parts the measure, or the two of a rate
 */
export function answeredCells(
  parts: readonly string[],
  keys: readonly string[],
  cells: readonly StoredCell[],
): Record<string, unknown>[] {
  const [first = '', second] = parts;
  const under = new Map(
    cells.filter(({ measure }) => measure === second).map((cell) => [placeOf(cell), cell]),
  );
  return cells
    .filter(({ measure }) => measure === first)
    .map((cell) => {
      const named = Object.fromEntries(
        keys.map((key, i) => [fieldOf(key), cell.keys[i] === otherValue ? null : cell.keys[i]]),
      );
      const of = second === undefined ? undefined : under.get(placeOf(cell));
      const { value, suppressed, upperBound } =
        second === undefined
          ? { value: cell.value, suppressed: cell.isSuppressed, upperBound: cell.upperBound }
          : { ...rate(cell.value, of?.value ?? null), upperBound: null };
      return { month: cell.month, ...named, value, suppressed, upperBound };
    });
}

const placeOf = ({ month, keys }: StoredCell): string => [month, ...keys].join();

function rate(of: string | null, per: string | null): { value: string | null; suppressed: boolean } {
  if (of === null || per === null) return { value: null, suppressed: true };
  // Nothing of nothing is no rate, and withholds nothing.
  if (Number(per) === 0) return { value: null, suppressed: false };
  return { value: (Number(of) / Number(per)).toFixed(4), suppressed: false };
}

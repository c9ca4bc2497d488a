import type { Coordinate } from './contract.ts';
import type { RawRow } from './district.ts';

/** The keys that a row holds for a link: one, several, or none. */
export const linkedKeys = ({ by }: Coordinate, row: RawRow): readonly unknown[] =>
  [row[by]].flat().filter((key) => key != null);

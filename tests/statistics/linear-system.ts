import { type Cell, fields } from './asking.ts';

/** All that was answered of some measures: by measure, then by the set of keys. */
export type Publication = ReadonlyMap<string, readonly (readonly [readonly string[], readonly Cell[]])[]>;

/** A sum over cells that is nought: `whole - part - part …`. */
type Equation = readonly (readonly [cell: string, times: 1 | -1])[];

/** What is known of each cell, and what must hold between cells. */
export interface System {
  readonly values: ReadonlyMap<string, number | null>;
  readonly bounds: ReadonlyMap<string, number | null>;
  readonly equations: readonly Equation[];
}

/** Measures of the same persons: a measure, and the measure with keys that it is a part of. */
const parts: readonly (readonly [part: string, whole: string, at: Readonly<Record<string, string>>])[] = [
  ['OPEN_REGISTRATIONS', 'REGISTERED_MIGRANTS', {}],
  ['REGISTERED_SCHOOL_AGE', 'REGISTERED_MIGRANTS', { ageBand: 'AGE_6_TO_14' }],
  ['INSURABLE_MIGRANTS', 'EMPLOYED_MIGRANTS', {}],
];

/** A part that is published beside its whole; what is left of the whole is a cell too. */
export const remainders: readonly (readonly [part: string, whole: string])[] = [
  ['TIMELY_REGISTRATIONS', 'OPEN_REGISTRATIONS'],
  ['ACCURATE_REGISTRATIONS', 'OPEN_REGISTRATIONS'],
  ['FILED_LEASES', 'LEASES_IN_FORCE'],
  ['INSURED_MIGRANTS', 'INSURABLE_MIGRANTS'],
];

export const nameOf = (measure: string, cell: Readonly<Record<string, unknown>>, keySet: readonly string[]) =>
  `${measure} ${keySet
    .map((key) => `${fields[key]}=${cell[fields[key] ?? '']}`)
    .sort()
    .join(' ')}`;

/**
 * Everything that sums and differences say: a cell is the sum over one more key, a part is the cell of its whole.
 * Margins of one table that share keys have no other linear relations (their functions split into the interactions of
 * the keys, each of which stands in all margins above it).
 */
export function systemOf(publication: Publication): System {
  const values = new Map<string, number | null>();
  const bounds = new Map<string, number | null>();
  const equations: Equation[] = [];
  for (const [measure, answers] of publication)
    for (const [keySet, cells] of answers) {
      for (const cell of cells) {
        const name = nameOf(measure, cell, keySet);
        values.set(name, cell.value === null ? null : Number(cell.value));
        bounds.set(name, cell.upperBound);
      }
      for (const [finer, finerCells] of answers) {
        if (finer.length !== keySet.length + 1 || !keySet.every((key) => finer.includes(key))) continue;
        const sums = Map.groupBy(finerCells, (cell) => nameOf(measure, cell, keySet));
        for (const cell of cells) {
          const whole = nameOf(measure, cell, keySet);
          const terms = (sums.get(whole) ?? []).map((part) => [nameOf(measure, part, finer), -1] as const);
          equations.push([[whole, 1], ...terms]);
        }
      }
    }
  for (const [part, whole, at] of parts)
    for (const [keySet, cells] of publication.get(part) ?? []) {
      const key = Object.keys(at).map((field) => Object.keys(fields).find((k) => fields[k] === field) ?? '');
      for (const cell of cells) {
        const other = nameOf(whole, { ...cell, ...at }, [...keySet, ...key]);
        if (values.has(other))
          equations.push([
            [nameOf(part, cell, keySet), 1],
            [other, -1],
          ]);
      }
    }
  return { values, bounds, equations };
}

const prime = 67_108_859;

function inverse(n: number): number {
  let [a, b, x, y] = [n, prime, 1, 0];
  while (a > 1) {
    const q = Math.floor(a / b);
    [a, b] = [b, a % b];
    [x, y] = [y, x - q * y];
  }
  return x < 0 ? x + prime : x;
}

/**
 * The withheld cells that follow from what is published: elimination, exact but for a prime. A cell that the prime
 * hides would need a determinant that it divides; those of sums of cells are small.
 */
export function determined({ values, equations }: System): string[] {
  const unknown = [...values].filter(([, value]) => value === null).map(([name]) => name);
  const column = new Map(unknown.map((name, i) => [name, i]));
  const rows: Float64Array[] = [];
  const pivots: number[] = [];
  for (const equation of equations) {
    const row = new Float64Array(unknown.length);
    for (const [name, times] of equation) {
      const at = column.get(name);
      if (at !== undefined) row[at] = (row[at]! + times + prime) % prime;
    }
    for (const [i, pivot] of pivots.entries()) subtract(row, rows[i]!, row[pivot]!);
    const pivot = row.findIndex((value) => value !== 0);
    if (pivot < 0) continue;
    const by = inverse(row[pivot]!);
    for (let i = 0; i < row.length; i++) row[i] = (row[i]! * by) % prime;
    for (const other of rows) subtract(other, row, other[pivot]!);
    rows.push(row);
    pivots.push(pivot);
  }
  return rows.flatMap((row, i) => {
    const others = row.reduce((n, value) => n + (value === 0 ? 0 : 1), 0);
    return others === 1 ? [unknown[pivots[i]!]!] : [];
  });
}

function subtract(from: Float64Array, row: Float64Array, times: number): void {
  if (times === 0) return;
  for (let i = 0; i < from.length; i++)
    if (row[i] !== 0) from[i] = (((from[i]! - times * row[i]!) % prime) + prime) % prime;
}

/**
 * The withheld cells for which one value is left when it is known besides that counts are whole and not negative, and
 * which cells are under k: bounds are drawn through the sums until nothing changes.
 */
export function pinned({ values, bounds, equations }: System, smallest: number): string[] {
  const low = new Map<string, number>();
  const high = new Map<string, number>();
  for (const [name, value] of values) {
    const bound = bounds.get(name);
    low.set(name, value ?? (bound == null ? smallest : 0));
    high.set(name, value ?? bound ?? Number.POSITIVE_INFINITY);
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const equation of equations)
      for (const [name, times] of equation) {
        // times · cell = − the rest
        let least = 0;
        let most = 0;
        for (const [other, sign] of equation) {
          if (other === name) continue;
          const way = -sign * times;
          least += way > 0 ? low.get(other)! : -high.get(other)!;
          most += way > 0 ? high.get(other)! : -low.get(other)!;
        }
        if (least > low.get(name)!) {
          low.set(name, least);
          changed = true;
        }
        if (most < high.get(name)!) {
          high.set(name, most);
          changed = true;
        }
      }
  }
  return [...values].flatMap(([name, value]) =>
    value === null && low.get(name) === high.get(name) ? [name] : [],
  );
}

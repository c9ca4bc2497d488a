import { getOrMake } from '../common/get-or-make.ts';
import { bits, type Cube, cellAt, indicesOf, type Margin, PRIMARY, PUBLISHED, placeOf } from './cube.ts';

/** A cell that a box changes, and which way. */
interface Corner {
  readonly margin: Margin;
  readonly cell: number;
  readonly sign: number;
}

export interface Box {
  readonly box: readonly Corner[];
  readonly roomy: boolean;
}

/** The cheapest boxes of a cube: those that withhold the fewest persons more. */
export class Boxes {
  readonly #cube: Cube;
  readonly #k: number;
  readonly #reached = new Map<number, Margin>();

  constructor(cube: Cube, k: number) {
    this.#cube = cube;
    this.#k = k;
  }

  /** First boxes over all dimensions of the cell, which withhold nothing in smaller margins; then over fewer. */
  around(margin: Margin, cell: number): Box {
    let cramped: Corner[] | undefined;
    let crampedCost = Number.POSITIVE_INFINITY;
    for (const spread of spreadsOf(margin.mask)) {
      let best: Corner[] | undefined;
      let cost = Number.POSITIVE_INFINITY;
      const reach = this.#reachOf(spread);
      const touched = [...this.#cube.margins.values()].filter(({ mask }) => (mask & spread) === spread);
      for (const place of this.#places(margin, cell, reach))
        for (const opposite of this.#opposites(place, spread)) {
          const box = this.#corners(touched, place, opposite, spread);
          const price = priceOf(box, Math.max(cost, crampedCost));
          if (price >= cost && price >= crampedCost) continue;
          const roomy = price < cost && this.#hasRoom(box, place, opposite, spread, reach);
          if (roomy) {
            best = box;
            cost = price;
          } else if (price < crampedCost) {
            cramped = box;
            crampedCost = price;
          }
        }
      if (best) return { box: best, roomy: true };
    }
    if (!cramped) throw new Error('A dimension of a population has one value only.');
    return { box: cramped, roomy: false };
  }

  /**
   * All dimensions that are published together with the one along which persons move: those who move must be alike in
   * them. That is the one with the fewest such others.
   */
  #reachOf(spread: number): number {
    const reaches = indicesOf(spread).map((dimension) =>
      this.#cube.tables.reduce((mask, table) => (table & (1 << dimension) ? mask | table : mask), 0),
    );
    return reaches.reduce((least, reach) => (bits(reach) < bits(least) ? reach : least));
  }

  /** Where the cell can stand among the dimensions that the box reaches besides its own. */
  *#places(margin: Margin, cell: number, reach: number): Generator<number[]> {
    const open = indicesOf(reach & ~margin.mask);
    const place = placeOf(margin, cell, this.#cube);
    const sizes = open.map((dimension) => this.#cube.dimensions[dimension]!.values.length);
    const many = sizes.reduce((product, size) => product * size, 1);
    for (let n = 0; n < many; n++) {
      let rest = n;
      for (const [i, dimension] of open.entries()) {
        place[dimension] = rest % sizes[i]!;
        rest = Math.floor(rest / sizes[i]!);
      }
      yield place;
    }
  }

  *#opposites(place: readonly number[], spread: number): Generator<number[]> {
    const open = indicesOf(spread);
    const opposite = [...place];
    const sizes = open.map((dimension) => this.#cube.dimensions[dimension]!.values.length - 1);
    const many = sizes.reduce((product, size) => product * size, 1);
    for (let n = 0; n < many; n++) {
      let rest = n;
      for (const [i, dimension] of open.entries()) {
        const value = rest % sizes[i]!;
        opposite[dimension] = value < place[dimension]! ? value : value + 1;
        rest = Math.floor(rest / sizes[i]!);
      }
      yield opposite;
    }
  }

  #corners(
    touched: readonly Margin[],
    place: readonly number[],
    opposite: readonly number[],
    spread: number,
  ): Corner[] {
    const open = indicesOf(spread);
    const box: Corner[] = [];
    for (let n = 0; n < 1 << open.length; n++) {
      const at = cornerOf(n, open, place, opposite);
      for (const margin of touched) box.push({ margin, cell: cellAt(margin, at), sign: signOf(n) });
    }
    return box;
  }

  /** Whether the second district exists, the one way or the other: somebody is there to move, and no cell passes k. */
  #hasRoom(
    box: readonly Corner[],
    place: readonly number[],
    opposite: readonly number[],
    spread: number,
    reach: number,
  ): boolean {
    const open = indicesOf(spread);
    return [1, -1].some((way) => {
      const stays = box.every(({ margin, cell, sign }) => {
        const count = margin.counts[cell]! + sign * way;
        return margin.states[cell] === PRIMARY ? count >= 0 && count < this.#k : count >= this.#k;
      });
      if (!stays) return false;
      for (let n = 0; n < 1 << open.length; n++)
        if (signOf(n) * way < 0 && !this.#isSomebodyAt(cornerOf(n, open, place, opposite), reach))
          return false;
      return true;
    });
  }

  #isSomebodyAt(at: readonly number[], reach: number): boolean {
    const margin = getOrMake(this.#reached, reach, () => this.#cube.marginOf(reach));
    return margin.counts[cellAt(margin, at)]! >= 1;
  }
}

/** Each second corner loses one, the others gain one. */
const signOf = (corner: number): 1 | -1 => (bits(corner) % 2 === 0 ? 1 : -1);

/** The n-th corner: the bits of n say in which dimensions it is the opposite. */
function cornerOf(
  n: number,
  open: readonly number[],
  place: readonly number[],
  opposite: readonly number[],
): number[] {
  const at = [...place];
  for (const [i, dimension] of open.entries()) if (n & (1 << i)) at[dimension] = opposite[dimension]!;
  return at;
}

/** How many persons a box would withhold more. */
function priceOf(box: readonly Corner[], enough: number): number {
  let price = 0;
  for (const { margin, cell } of box) {
    if (margin.states[cell] === PUBLISHED) price += margin.counts[cell]!;
    if (price >= enough) return price;
  }
  return price;
}

/** The sets of dimensions of a cell that a box can spread over, largest first. */
function spreadsOf(mask: number): number[] {
  const found: number[] = [];
  for (let part = mask; part > 0; part = (part - 1) & mask) found.push(part);
  return found.sort((a, b) => bits(b) - bits(a));
}

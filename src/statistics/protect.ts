import { Boxes } from './boxes.ts';
import { type Cube, PRIMARY, PUBLISHED, SECONDARY } from './cube.ts';

/**
 * Decides which cells of a cube are withheld, for everything that can be asked of it at once. Primary
 * suppression withholds the cells under k, noughts included; secondary suppression withholds as many others
 * as that takes.
 *
 * The hypercube method (Repsilber 1994, as in τ-ARGUS): each withheld cell is a corner of a box. Persons are
 * moved along the box, one at every second corner to its neighbour in one dimension. That changes each
 * withheld corner by one and leaves every published count as it is. So there is a second district with the
 * same publication and another number in each withheld cell. The number follows from nothing that is
 * published: not from sums and differences, and not from knowing that counts are whole, not negative, and on
 * which side of k they are. Values that are summed with the cells move with them.
 *
 * @param k null where no persons are counted
 * @returns how many cells lie only on a box without room for the second district: they do not follow from
 * sums and differences, but may follow from counts not being negative
 */
export function protect(cube: Cube, k: number | null): number {
  if (k === null) return 0;
  const margins = [...cube.margins.values()];
  for (const { counts, states } of margins)
    for (let cell = 0; cell < counts.length; cell++)
      if (counts[cell]! < k || cube.total < k) states[cell] = counts[cell]! < k ? PRIMARY : SECONDARY;
  // The total is too small: nothing is published.
  if (cube.total < k) return 0;
  const boxes = new Boxes(cube, k);
  let cramped = 0;
  const covered = new Map(margins.map((margin) => [margin, new Uint8Array(margin.counts.length)]));
  for (const margin of margins)
    for (let cell = 0; cell < margin.counts.length; cell++) {
      if (margin.states[cell] === PUBLISHED || covered.get(margin)![cell]) continue;
      const { box, roomy } = boxes.around(margin, cell);
      if (!roomy) cramped += 1;
      for (const { margin: held, cell: corner } of box) {
        if (held.states[corner] === PUBLISHED) held.states[corner] = SECONDARY;
        if (roomy) covered.get(held)![corner] = 1;
      }
    }
  return cramped;
}

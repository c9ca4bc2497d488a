import { Boxes } from './boxes.ts';
import { type Cube, PRIMARY, PUBLISHED, SECONDARY } from './cube.ts';

/**
 * Decides which cells of a cube are withheld, for everything that can be asked of it at once: those under k, noughts
 * included, and as many others as it takes.
 *
 * The hypercube method (Repsilber 1994, as in τ-ARGUS): each withheld cell is a corner of a box. Persons moved along
 * the box, one at every second corner to its neighbour in one dimension, change the withheld corners by one and leave
 * every published count as it is. So there is a second district with the same publication, in which each withheld
 * count is another: it follows from nothing that is published, neither by sums and differences nor by knowing that
 * counts are whole, not negative, and on which side of k they are. What is summed with the cells moves with them.
 *
 * @param k null where nothing of persons is counted
 * @returns how many cells are corners only of a box without room for the second district: they follow from no sums and
 *   differences, but may follow from counts not being negative
 */
export function protect(cube: Cube, k: number | null): number {
  if (k === null) return 0;
  const margins = [...cube.margins.values()];
  for (const { counts, states } of margins)
    for (let cell = 0; cell < counts.length; cell++)
      if (counts[cell]! < k || cube.total < k) states[cell] = counts[cell]! < k ? PRIMARY : SECONDARY;
  // Too few in all: nothing is published.
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

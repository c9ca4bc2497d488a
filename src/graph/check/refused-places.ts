import type { FieldNode, GraphQLResolveInfo } from 'graphql';

/** The most refused places of one answer that are named: as many as an answer may have objects. */
export const mostRefusedPlaces = 20_000;

/** A place of an answer that a rule refused. */
export interface RefusedPlace {
  readonly path: GraphQLResolveInfo['path'];
  readonly fieldNodes: readonly FieldNode[];
}

/**
 * The refused places of one answer, noted while its fields are executed. There can be rows times fields of
 * them; an error thrown for each would cost a stack trace and a rejected promise.
 */
export class RefusedPlaces {
  readonly #places: RefusedPlace[] = [];
  #isOverflowing = false;

  get places(): readonly RefusedPlace[] {
    return this.#places;
  }

  /** There were more places than are named. */
  get isOverflowing(): boolean {
    return this.#isOverflowing;
  }

  add({ path, fieldNodes }: Pick<GraphQLResolveInfo, 'path' | 'fieldNodes'>): void {
    if (this.#places.length < mostRefusedPlaces) this.#places.push({ path, fieldNodes });
    else this.#isOverflowing = true;
  }
}

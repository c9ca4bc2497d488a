import type { FieldNode, GraphQLResolveInfo } from 'graphql';

/** Refused places of one answer that are told at the most, as many as an answer may have objects. */
export const mostRefusedPlaces = 20_000;

/** A place of an answer that a rule refused. */
export interface RefusedPlace {
  readonly path: GraphQLResolveInfo['path'];
  readonly fieldNodes: readonly FieldNode[];
}

/**
 * The refused places of one answer, noted as its fields are executed. They are as many as rows times fields: an error
 * thrown for each would cost a stack trace and a rejected promise.
 */
export class RefusedPlaces {
  readonly #places: RefusedPlace[] = [];
  #isOverflowing = false;

  get places(): readonly RefusedPlace[] {
    return this.#places;
  }

  /** There were more than are told. */
  get isOverflowing(): boolean {
    return this.#isOverflowing;
  }

  add({ path, fieldNodes }: Pick<GraphQLResolveInfo, 'path' | 'fieldNodes'>): void {
    if (this.#places.length < mostRefusedPlaces) this.#places.push({ path, fieldNodes });
    else this.#isOverflowing = true;
  }
}

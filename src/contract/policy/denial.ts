import { GraphQLError } from 'graphql';
import type { ViewerName } from '../../identity/viewers.ts';
import type { FieldGroup } from '../tables/matrix.ts';

/** Why a coordinate is refused. */
export type DenialReason =
  | 'NOT_GRANTED'
  | 'AGGREGATES_ONLY'
  | 'NOT_IN_CLEAR'
  | 'OWN_ROWS_ONLY'
  | 'OUT_OF_SCOPE'
  | 'NOT_YOURS';

/** A coordinate of a document that its viewer may not use. */
export interface Denial {
  /** Field, filter field or order value: `Lease.monthlyRent`, `LeaseFilter.monthlyRent`. */
  readonly coordinate: string;
  readonly group: FieldGroup;
  readonly reason: DenialReason;
  /** Secret groups: the answer must not differ from "there is nothing" (dossier §6.4). */
  readonly silentlyRefused: boolean;
}

/** What the viewer would need, as a sentence. */
export const needed: Record<DenialReason, string> = {
  NOT_GRANTED: 'No clause gives this viewer a duty that needs it; ask the owner for a case-bound grant.',
  NOT_YOURS: 'No clause gives this viewer the duty; `availableActions` of a record says what it may do.',
  AGGREGATES_ONLY: 'This viewer gets counts and sums only.',
  NOT_IN_CLEAR: 'Filtering and ordering need the value in clear; this viewer sees it masked.',
  OWN_ROWS_ONLY:
    'Filtering, ordering and counting need the value of every row; this viewer sees it in its own rows only.',
  OUT_OF_SCOPE: 'The record is beyond the rows of this viewer; its grant opens another group of it.',
};

/** Why a viewer without F or M may not read a group. */
export function reasonOf(group: FieldGroup, viewer: ViewerName): DenialReason {
  return group.cells.get(viewer)?.value === 'A' ? 'AGGREGATES_ONLY' : 'NOT_GRANTED';
}

/** The entry in `errors` of one refused place. It is short, because there is one for each row. */
export class DenialError extends GraphQLError {
  readonly denial: Denial;

  constructor(denial: Denial, viewer: ViewerName) {
    const { coordinate, reason } = denial;
    const code = reason === 'NOT_YOURS' ? reason : 'FORBIDDEN';
    super(`${viewer} may not use ${coordinate}.`, { extensions: { code, coordinate } });
    this.denial = denial;
  }

  /**
   * The same error at one place. A new error would cost a stack trace, and there are rows times fields of
   * places.
   */
  at(path: readonly (string | number)[]): DenialError {
    return Object.create(this, { path: { value: path, enumerable: true } }) as DenialError;
  }
}

/** Why a coordinate is refused, as `extensions.access.denied` says it once. */
export function denialReason({ coordinate, group, reason }: Denial, viewer: ViewerName) {
  const clause = group.cells.get(viewer)?.clause;
  return {
    coordinate,
    group: group.name,
    title: group.title,
    owner: group.owner,
    /** The clause that gives the viewer what it has of the group. */
    clauses: clause ? [clause] : [],
    reason,
    needed: needed[reason],
  };
}

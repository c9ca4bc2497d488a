import type { Transition } from '../../contract/doing/transition.ts';
import { ruleKey } from '../../database/doing/territory-sql.ts';
import type { Context } from '../context.ts';
import type { Call } from './call.ts';
import { transitionsOfEvent } from './legal-events.ts';
import type { Standing } from './read-standing.ts';
import { notYours } from './user-errors.ts';

// Along which row of the do-matrix a call is done.

/** The row along which the viewer may make a record. @throws NOT_YOURS */
export function makingRow({ mutation, input, context }: Call, record: string): Transition {
  const found = transitionsOfEvent(mutation, input.event).find(
    (row) =>
      row.from === 'NEW' &&
      (row.record === record || mutation.parts.length === 0) &&
      row.viewers.has(context.viewer.department) &&
      hasPost(row, context),
  );
  if (!found) throw notYours(`Mutation.${mutation.name}`);
  return found;
}

/** The rows by which the viewer changes records of a type, whatever their state. */
export const changingRows = ({ mutation, input, context }: Call, type: string): readonly Transition[] =>
  transitionsOfEvent(mutation, input.event).filter(
    ({ record, from, viewers }) =>
      record === type && from !== 'NEW' && viewers.has(context.viewer.department),
  );

/** Whether a row is open to the person, on a record that stands so. */
export const isMine = (row: Transition, { yours }: Standing, context: Pick<Context, 'viewer'>): boolean =>
  hasPost(row, context) && row.territory.some((rule) => yours.includes(ruleKey(rule)));

const hasPost = ({ posts }: Transition, { viewer }: Pick<Context, 'viewer'>): boolean =>
  posts.length === 0 || posts.some((post) => viewer.posts.includes(post));

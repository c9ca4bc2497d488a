import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import { constant, type Mutation } from '../../contract/doing/mutations.ts';
import { leavesFrom, type Transition } from '../../contract/doing/transition.ts';
import { ruleKey } from '../../database/doing/territory-sql.ts';
import type { GivenRow } from './given-row.ts';
import type { Standing } from './read-standing.ts';
import type { UserError } from './user-errors.ts';

/** The rows of a mutation for the event that the caller names; all of them where none is named. */
export const transitionsOfEvent = ({ transitions }: Mutation, event: unknown): readonly Transition[] =>
  event == null ? transitions : transitions.filter((row) => constant(row.event) === event);

/** The rows along which an actor may let something happen now, guards apart. */
export const legalRows = (
  open: readonly Transition[],
  { state, yours }: Standing,
  posts: readonly string[],
): readonly Transition[] =>
  open.filter(
    (row) =>
      leavesFrom(row, state) &&
      (row.posts.length === 0 || row.posts.some((post) => posts.includes(post))) &&
      row.territory.some((rule) => yours.includes(ruleKey(rule))),
  );

/** Their events, each once. */
export const legalEvents = (...of: Parameters<typeof legalRows>): readonly string[] => [
  ...new Set(legalRows(...of).map(({ event }) => event)),
];

/** What a guard says where it does not hold. */
export const notReady = ({ guards }: DoneRecord, name: string, at: readonly string[] = []): UserError => ({
  path: at,
  code: 'NOT_READY',
  message: guards[name]!.en,
  messageZh: guards[name]!.zh,
});

/** The same of the row as it would become: where the guard judges a field of the input, the fault stands there. */
export function notFitting(
  { done, transition, fields, at }: Pick<GivenRow, 'done' | 'transition' | 'fields' | 'at'>,
  name: string,
): UserError {
  const { field } = done.guards[name]!;
  const fault = notReady(done, name, at);
  if (field === undefined) return fault;
  const path = [...at, field];
  if (fields.has(field)) return { ...fault, path, code: 'VALIDATION' };
  return transition.input.some((taken) => taken.field === field)
    ? { ...fault, path, code: 'REQUIRED' }
    : fault;
}

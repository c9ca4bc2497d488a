import type { DoingPlan, DoneRecord } from '../../contract/doing/doing-plan.ts';
import { calledBy } from '../../contract/doing/mutations.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import { legalRows, notReady } from './legal-events.ts';
import type { Standing } from './read-standing.ts';
import type { UserError } from './user-errors.ts';

/** What a viewer may do with a record in its present state. */
export interface AvailableAction {
  readonly event: string;
  readonly mutation: string;
  readonly inputEvent: string | null;
  readonly title: string;
  readonly to: string | null;
  readonly needs: readonly string[];
  readonly missing: readonly UserError[];
  readonly dueAt: string | null;
  readonly awaited: boolean;
  readonly adverse: boolean;
  readonly clause: string;
}

/**
 * The rows of the do-matrix that are open to the viewer for the record now, with what is missing of each.
 * @param missingToo what is missing besides guards, by row
 */
export const availableActions = (
  { mutations }: Pick<DoingPlan, 'mutations'>,
  done: DoneRecord,
  open: readonly Transition[],
  standing: Standing,
  posts: readonly string[],
  missingToo: ReadonlyMap<Transition, readonly UserError[]> = new Map(),
): readonly AvailableAction[] =>
  legalRows(open, standing, posts).map((row) => ({
    event: row.event,
    ...calledBy(mutations, row),
    title: row.title,
    to: row.to,
    needs: row.input.filter(({ required }) => required).map(({ field }) => field),
    missing: [
      ...row.guards.filter((name) => standing.missing.includes(name)).map((name) => notReady(done, name)),
      ...(missingToo.get(row) ?? []),
    ],
    dueAt: row.deadline === null ? null : (standing.due[row.deadline] ?? null),
    awaited: row.awaited,
    adverse: row.adverse,
    clause: row.clause,
  }));

import type { System } from '../../contract/doing/department-doing.ts';
import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import { storedConditions } from '../../contract/doing/stored-conditions.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import type { Context } from '../context.ts';
import { isFault } from './run-fills.ts';
import type { UserError } from './user-errors.ts';

/**
 * What stands in the way of an event by the conditions that are fills, as far as they look at the stored row alone: as
 * guards, which the database knows too.
 */
export async function storedFaults(
  done: DoneRecord,
  transition: Transition,
  id: string,
  { viewer, reads }: Context,
  system: Pick<System, 'row' | 'rows'>,
): Promise<readonly UserError[]> {
  const conditions = storedConditions(done, transition);
  if (conditions.length === 0) return [];
  const row = await system.row(done.record.name, id);
  const { unit, person, subdistrict } = viewer;
  const { today } = reads.session.scope;
  const filling = { record: done.record.name, row, given: {}, beside: {}, unit, person, subdistrict, today };
  const found = await Promise.all(conditions.map((fill) => fill.fill(filling, system)));
  return found.flatMap((each): UserError[] =>
    isFault(each) ? [{ path: [], code: 'NOT_READY', message: each.en, messageZh: each.zh }] : [],
  );
}

import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import type { ViewerName } from '../../identity/viewers.ts';

/** Whether a viewer may see the state of records by the rule of the state's own field, also in an error or a work list. */
export function seesState({ record, state }: DoneRecord, plan: AccessPlan, viewer: ViewerName): boolean {
  if (state === null) return false;
  const { denial, masked } = plan.decision(record.name, state, viewer);
  return denial === null && masked === null;
}

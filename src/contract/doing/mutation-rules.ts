import type { MutationRule } from '../compile/access-plan.ts';
import type { RuledRecords } from '../policy/ruled-record.ts';
import { mutationsOf } from './mutations.ts';
import type { DoMatrix } from './transition.ts';

/** Who may use each mutation: whoever a row of the do-matrix names. */
export function mutationRules(matrix: DoMatrix, model: RuledRecords): ReadonlyMap<string, MutationRule> {
  return new Map(
    mutationsOf(matrix).flatMap(({ name, transitions, records }) => {
      const group = model.get(records[0]!)?.rules.group;
      const viewers = new Set(transitions.flatMap((transition) => [...transition.viewers]));
      return group ? [[name, { viewers, records, group }] as const] : [];
    }),
  );
}

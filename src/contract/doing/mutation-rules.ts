import type { ViewerName } from '../../identity/viewers.ts';
import type { MutationRule } from '../compile/access-plan.ts';
import type { RuledRecords } from '../policy/ruled-record.ts';
import { presentedName } from './mutation-sdl.ts';
import { capital, constant, type Mutation, mutationsOf, small } from './mutations.ts';
import type { DoMatrix, Transition } from './transition.ts';

/** Who may use each mutation: whoever a row of the do-matrix names, with the input and the events of its rows. */
export function mutationRules(matrix: DoMatrix, model: RuledRecords): ReadonlyMap<string, MutationRule> {
  return new Map(
    mutationsOf(matrix).flatMap((mutation) => {
      const { name, transitions, records } = mutation;
      const group = model.get(records[0]!)?.rules.group;
      const viewers = new Set(transitions.flatMap((transition) => [...transition.viewers]));
      if (!group) return [];
      const rule = { viewers, records, shown: shownOf(mutation), group };
      return [name, ...(mutation.list ? [mutation.list] : [])].map((each) => [each, rule] as const);
    }),
  );
}

/** What every input may hold besides the fields of the record. */
const ofEveryInput = ['clientMutationId', 'id', 'expectedVersion', 'event', 'reason'];

function shownOf({ name, transitions, parts }: Mutation): MutationRule['shown'] {
  const rowsOf = (viewer: ViewerName) => transitions.filter(({ viewers }) => viewers.has(viewer));
  const fields = (rows: readonly Transition[]) =>
    rows.flatMap(({ input }) => input.flatMap(({ field }) => [field, presentedName(field)]));
  return new Map<string, (viewer: ViewerName) => ReadonlySet<string>>([
    [
      `${capital(name)}Input`,
      (viewer) =>
        new Set([
          ...ofEveryInput,
          ...parts.map(small),
          ...fields(rowsOf(viewer).filter(({ record }) => !parts.includes(record))),
        ]),
    ],
    [`${capital(name)}Event`, (viewer) => new Set(rowsOf(viewer).map(({ event }) => constant(event)))],
  ]);
}

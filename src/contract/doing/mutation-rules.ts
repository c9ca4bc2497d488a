import type { ObjectTypeDefinitionNode } from 'graphql';
import type { ViewerName } from '../../identity/viewers.ts';
import type { MutationRule } from '../compile/access-plan.ts';
import type { RuledRecords } from '../policy/ruled-record.ts';
import { directive } from '../sdl/directives.ts';
import { presentedName } from './input-sdl.ts';
import { capital, constant, type Mutation, mutationsOf, small } from './mutations.ts';
import type { DoMatrix, Transition } from './transition.ts';

/**
 * Who may use each mutation: whoever a row of the do-matrix names, with the input and the events of its rows; of those that
 * a department wrote (`@does(as: […])`), whoever may use one of those as which it acts.
 * @param root the type Mutation
 * @throws Error where such a mutation names none of the do-matrix
 */
export function mutationRules(
  matrix: DoMatrix,
  model: RuledRecords,
  root?: ObjectTypeDefinitionNode,
): ReadonlyMap<string, MutationRule> {
  const derived = derivedRules(matrix, model);
  const written = (root?.fields ?? []).flatMap((field) => {
    const as = directive(field, 'does')?.as;
    if (!Array.isArray(as)) return [];
    const rules = as.map((name) => derived.get(name));
    const [first] = rules;
    if (!first || rules.includes(undefined))
      throw new Error(`Mutation.${field.name.value} acts as a mutation that the do-matrix does not have.`);
    const each = rules as readonly MutationRule[];
    const rule: MutationRule = {
      viewers: new Set(each.flatMap(({ viewers }) => [...viewers])),
      records: [...new Set(each.flatMap(({ records }) => records))],
      shown: new Map(),
      group: first.group,
    };
    return [[field.name.value, rule] as const];
  });
  return new Map([...derived, ...written]);
}

function derivedRules(matrix: DoMatrix, model: RuledRecords): ReadonlyMap<string, MutationRule> {
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

import type { DoMatrix, Transition } from '../../../src/contract/doing/transition.ts';
import { noMatrix } from '../../../src/contract/doing/transition.ts';
import { type ViewerName, viewers } from '../../../src/identity/viewers.ts';
import type { Contract } from '../../../src/product-contract.ts';
import type { ContractMutant } from './mutant.ts';

type Change = readonly [what: string, changed: Transition | null, viewers: readonly ViewerName[]];

/** Each row of the do-matrix taken out, and each of its cells emptied or widened. */
export function* transitionMutants(contract: Contract): Generator<ContractMutant> {
  const matrix = contract.doing ?? noMatrix;
  for (const row of matrix.transitions) {
    const own = matrix.byRecord.get(row.record) ?? [];
    for (const [what, changed, near] of changesOf(row, own))
      yield {
        kind: 'transition',
        name: `${what} at ${row.where.replace(/^.*\//, '')} (${row.event})`,
        near: { types: [row.record], viewers: viewers.filter(({ name }) => near.includes(name)) },
        make: () => ({ ...contract, doing: withRow(matrix, row, changed) }),
      };
  }
}

function withRow({ transitions }: DoMatrix, row: Transition, changed: Transition | null): DoMatrix {
  const all = transitions.flatMap((each) => (each === row ? (changed ?? []) : each));
  return {
    transitions: all,
    byRecord: Map.groupBy(all, ({ record }) => record),
    byMutation: Map.groupBy(
      all.filter(({ mutation }) => mutation !== null),
      ({ mutation }) => mutation!,
    ),
  };
}

function* changesOf(row: Transition, own: readonly Transition[]): Generator<Change> {
  const actors = [...row.viewers];
  const with_ = (changed: Partial<Transition>): Transition => ({ ...row, ...changed });
  yield ['row deleted', null, actors];
  for (const actor of actors.length > 1 ? actors : [])
    yield [
      `${actor} taken out`,
      with_({ viewers: new Set(actors.filter((each) => each !== actor)) }),
      [actor],
    ];
  const other = strangerTo(row, own);
  if (other && !row.bySystem)
    yield [`${other} added`, with_({ viewers: new Set([...actors, other]) }), [other]];
  if (row.posts.length > 0) yield ['any post', with_({ posts: [] }), actors];
  for (const post of row.posts.length > 1 ? row.posts : [])
    yield [`no post ${post}`, with_({ posts: row.posts.filter((each) => each !== post) }), actors];
  for (const guard of row.guards)
    yield [`no guard ${guard}`, with_({ guards: row.guards.filter((each) => each !== guard) }), actors];
  const { territory } = row;
  for (const rule of territory.length > 1 ? territory : [])
    yield [
      `no territory ${'property' in rule ? `${rule.kind} ${rule.property}` : rule.kind}`,
      with_({ territory: territory.filter((each) => each !== rule) }),
      actors,
    ];
  if (!row.bySystem && !territory.some(({ kind }) => kind === 'everywhere'))
    yield ['everywhere', with_({ territory: [...territory, { kind: 'everywhere' }] }), actors];
  if (row.adverse) yield ['not adverse', with_({ adverse: false }), actors];
  if (row.awaited) yield ['not awaited', with_({ awaited: false }), actors];
  for (const field of row.input)
    if (field.required)
      yield [
        `${field.field} not needed`,
        with_({ input: row.input.map((each) => (each === field ? { ...field, required: false } : each)) }),
        actors,
      ];
  if (Array.isArray(row.from)) yield ['from any state', with_({ from: 'ANY' }), actors];
}

/** A department of the whole district that no row of the record names. */
function strangerTo(row: Transition, own: readonly Transition[]): ViewerName | undefined {
  return viewers.find(
    ({ name, kind }) =>
      kind === 'DISTRICT' && !row.viewers.has(name) && !own.some((each) => each.viewers.has(name)),
  )?.name;
}

import type { DoMatrix, Transition } from '../../../src/contract/doing/transition.ts';
import { noMatrix } from '../../../src/contract/doing/transition.ts';
import { getViewer, type ViewerName, viewers } from '../../../src/identity/viewers.ts';
import type { Contract } from '../../../src/product-contract.ts';
import type { ContractMutant } from './mutant.ts';

type Change = readonly [
  what: string,
  changed: Transition | null,
  viewers: readonly ViewerName[],
  guard?: string,
];

/** Whether a viewer has rows of a record type. */
type HasRows = (viewer: ViewerName, type: string) => boolean;

/** Each row of the do-matrix taken out, and each of its cells emptied or widened. */
export function* transitionMutants(contract: Contract, hasRows: HasRows): Generator<ContractMutant> {
  const matrix = contract.doing ?? noMatrix;
  for (const row of matrix.transitions) {
    const own = matrix.byRecord.get(row.record) ?? [];
    for (const [what, changed, near, guard] of changesOf(row, own, hasRows))
      yield {
        kind: 'transition',
        name: `${what} at ${row.where.replace(/^.*\//, '')} (${row.event})`,
        near: { types: [row.record], viewers: viewers.filter(({ name }) => near.includes(name)) },
        row: { where: row.where.replace(/^.*\//, ''), guard },
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

function* changesOf(row: Transition, own: readonly Transition[], hasRows: HasRows): Generator<Change> {
  const actors = [...row.viewers];
  const with_ = (changed: Partial<Transition>): Transition => ({ ...row, ...changed });
  yield ['row deleted', null, actors];
  for (const actor of actors.length > 1 ? actors : [])
    yield [
      `${actor} taken out`,
      with_({ viewers: new Set(actors.filter((each) => each !== actor)) }),
      [actor],
    ];
  const other = strangerTo(row, own, hasRows);
  if (other && !row.bySystem)
    yield [`${other} added`, with_({ viewers: new Set([...actors, other]) }), [other]];
  if (row.posts.length > 0) yield ['any post', with_({ posts: [] }), actors];
  for (const post of row.posts.length > 1 ? row.posts : [])
    yield [`no post ${post}`, with_({ posts: row.posts.filter((each) => each !== post) }), actors];
  for (const guard of row.guards)
    yield [
      `no guard ${guard}`,
      with_({ guards: row.guards.filter((each) => each !== guard) }),
      actors,
      guard,
    ];
  const { territory } = row;
  for (const rule of territory.length > 1 ? territory : [])
    yield [
      `no territory ${'property' in rule ? `${rule.kind} ${rule.property}` : rule.kind}`,
      with_({ territory: territory.filter((each) => each !== rule) }),
      actors,
    ];
  // Everywhere is nowhere for those who have a place.
  const wide = actors.filter((name) => ['DISTRICT', 'SOCIETY'].includes(getViewer(name).kind));
  if (wide.length > 0 && !territory.some(({ kind }) => kind === 'everywhere'))
    yield ['everywhere', with_({ territory: [...territory, { kind: 'everywhere' }] }), wide];
  if (row.adverse) yield ['not adverse', with_({ adverse: false }), actors];
  if (row.awaited) yield ['not awaited', with_({ awaited: false }), actors];
  for (const field of row.input)
    if (field.required)
      yield [
        `${field.field} not needed`,
        with_({ input: row.input.map((each) => (each === field ? { ...field, required: false } : each)) }),
        actors,
      ];
  const states = new Set(
    own.flatMap(({ from, to }) => [...(Array.isArray(from) ? from : []), ...(to === null ? [] : [to])]),
  );
  if (Array.isArray(row.from) && row.from.length < states.size)
    yield ['from any state', with_({ from: 'ANY' }), actors];
}

/** A department of the whole district that no row of the record names. */
function strangerTo(row: Transition, own: readonly Transition[], hasRows: HasRows): ViewerName | undefined {
  return viewers.find(
    ({ name, kind }) =>
      kind === 'DISTRICT' &&
      hasRows(name, row.record) &&
      !row.viewers.has(name) &&
      !own.some((each) => each.viewers.has(name)),
  )?.name;
}

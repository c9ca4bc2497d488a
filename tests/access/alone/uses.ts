import { atTheEnd, type Comparison, comparisonsOf, through } from '../asking/comparisons.ts';
import type { Expectation } from '../asking/expectation.ts';
import { isRelation } from '../asking/selection.ts';
import type { Oracle } from '../oracle.ts';
import { type Coordinate, orderName } from '../reading/contract.ts';
import type { District, RawRow } from '../reading/district.ts';
import type { Scope } from '../reading/scope.ts';
import { type Guard, guardOfUse, seesStored } from './guards.ts';

/** A filter or an order of a list, and what the database is to do with it. */
export interface Use {
  readonly title: string;
  readonly guard: Guard;
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly order?: string;
  /** For which rows in scope it holds. */
  readonly holds: (row: RawRow) => boolean;
  /** A value that it compares and that the answer must not repeat. */
  readonly withheld?: string;
}

/** Every filter of a type, those of related types that the viewer may not use, and every order. */
export function usesOf(oracle: Oracle, district: District, viewer: Expectation, type: string): Use[] {
  const { code, scope } = viewer;
  // Related records count when the database shows them, whatever they are called.
  const sees = (of: string, id: unknown) => seesStored(viewer, of, id);
  const stored = {
    sees,
    has: () => true,
    related: (field: Coordinate, row: RawRow) =>
      atTheEnd(district, field, row).filter(({ id }) => sees(field.target, id)),
  } as unknown as Scope;
  const seen = (of: string) => district.rows(of).filter((row) => scope.sees(of, row.id));
  const fieldOf = (of: string, { coordinate }: Comparison): Coordinate =>
    oracle.type(of).fields.get(coordinate.split('.')[1] ?? '')!;
  const guardOf = (of: string, comparison: Comparison) =>
    guardOfUse(oracle, viewer, fieldOf(of, comparison), seen(of), comparison.refusal(code) !== null);
  const use = (
    comparison: Comparison,
    guard: Guard,
    { input, holds }: Pick<Comparison, 'input' | 'holds'>,
  ): Use => ({
    title: JSON.stringify(input),
    guard,
    filter: input,
    holds: (row) => guard !== 'LEADS_NOWHERE' && guard !== 'REFUSES' && holds(row, stored),
    ...(guard === 'REFUSES' && comparison.value.length >= 6 && { withheld: comparison.value }),
  });

  const uses: Use[] = [];
  for (const comparison of comparisonsOf(oracle, district, type, seen(type))) {
    const guard = guardOf(type, comparison);
    uses.push(use(comparison, guard, comparison));
    const relation = fieldOf(type, comparison);
    if (!isRelation(relation) || guard !== 'SHOWS') continue;
    for (const inner of comparisonsOf(oracle, district, relation.target, [])) {
      const innerGuard = guardOf(relation.target, inner);
      if (innerGuard !== 'SHOWS') uses.push(use(inner, innerGuard, through(relation, inner)));
    }
  }
  for (const field of oracle.type(type).fields.values())
    for (const of of field.orders) {
      const by = of === '' ? field : oracle.type(field.target).fields.get(of)!;
      const refused = oracle.argumentRefusal(code, field) ?? oracle.argumentRefusal(code, by);
      const guards = [field, by].map((f) => guardOfUse(oracle, viewer, f, seen(f.type), refused !== null));
      const order = orderName(field.name, of);
      const strictest = (['LEADS_NOWHERE', 'REFUSES', 'SHOWS_RELATED', 'SHOWS'] as const).find((g) =>
        guards.includes(g),
      )!;
      uses.push({ title: `${type} by ${order}`, guard: strictest, order, holds: () => true });
    }
  return uses;
}

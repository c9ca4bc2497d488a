import type { Expectation } from '../asking/expectation.ts';
import { isRelation } from '../asking/selection.ts';
import type { Oracle } from '../oracle.ts';
import type { Coordinate } from '../reading/contract.ts';
import type { RawRow } from '../reading/district.ts';
import { storedTables } from './readable.ts';

/** What the database by itself does with a coordinate that is asked for in clear. */
export type Guard =
  /** It shows it: in every row that is seen, or in the viewer's own. */
  | 'SHOWS'
  /** It refuses the statement. */
  | 'REFUSES'
  /** It need not refuse a way to records that do not exist for the viewer: no row is at its end. */
  | 'LEADS_NOWHERE'
  /** It refuses the statement, or shows the value masked in the viewer's own rows. */
  | 'MASKS'
  /** It shows related records in scope, also those of rows that are not the viewer's own (docs/access.md). */
  | 'SHOWS_RELATED';

/** A field in the answers about its records. */
export function guardOf(oracle: Oracle, { code }: Expectation, field: Coordinate): Guard {
  if (field.kind === 'embed') {
    const isClear = field.parts.every((part) => oracle.partSight(code, field, part).kind === 'CLEAR');
    return isClear ? 'SHOWS' : 'REFUSES';
  }
  if (isRelation(field) && oracle.presence(code, field.target) === 'NONE') return 'LEADS_NOWHERE';
  const sight = oracle.sight(code, field);
  const isOwn = 'own' in sight && sight.own && oracle.presence(code, field.type) !== 'OWN';
  if (sight.kind === 'MASK' && isOwn) return 'MASKS';
  if (sight.kind !== 'CLEAR') return 'REFUSES';
  return isOwn && field.kind === 'many' ? 'SHOWS_RELATED' : 'SHOWS';
}

/**
 * The same where a filter or an order uses the field.
 * @param rows of the field's type that the viewer sees
 * @param isRefused the program refuses it
 */
export function guardOfUse(
  oracle: Oracle,
  viewer: Expectation,
  field: Coordinate,
  rows: readonly RawRow[],
  isRefused: boolean,
): Guard {
  if (!isRefused) return 'SHOWS';
  const guard = guardOf(oracle, viewer, field);
  if (guard !== 'SHOWS') return guard === 'MASKS' ? 'REFUSES' : guard;
  // The program refuses what it shows in own rows only; where all rows are own, nothing is told by it.
  return rows.every((row) => viewer.scope.isOwn(field.type, row)) ? 'SHOWS_RELATED' : 'REFUSES';
}

/**
 * Whether a viewer sees a row as one of the types that lie in the table. A row of two types is asked for as either:
 * whose it is the database knows, as what it is called only the program.
 */
export function seesStored({ scope }: Expectation, type: string, id: unknown): boolean {
  const { types } = storedTables.find((table) => table.types.includes(type))!;
  return types.some((of) => scope.sees(of, id));
}

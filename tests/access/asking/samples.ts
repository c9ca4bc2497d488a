import type { Oracle } from '../oracle.ts';
import type { Coordinate } from '../reading/contract.ts';
import type { District, RawRow } from '../reading/district.ts';
import { linkedKeys } from '../reading/linked-keys.ts';
import type { Scope } from '../reading/scope.ts';
import { partProperty, rawValue } from './expectation.ts';

/**
 * Rows of a type in a viewer's scope, so that all that can be told apart occurs: each field recorded, each relation
 * seen and unseen, in own rows and in others; what is rare first.
 */
export function pickSamples(
  oracle: Oracle,
  district: District,
  scope: Scope,
  type: string,
  most: number,
): readonly RawRow[] {
  const fields = [...oracle.type(type).fields.values()];
  const first = new Map<string, RawRow>();
  const counts = new Map<string, number>();
  const traits = new Map<RawRow, readonly string[]>();
  for (const row of district.rows(type)) {
    if (!scope.sees(type, row.id)) continue;
    const own = scope.isOwn(type, row) ? 'own' : 'other';
    const found = fields.flatMap((field) => {
      const trait = traitOf(district, scope, field, row);
      return trait === null ? [] : [`${own} ${field.name} ${trait}`];
    });
    traits.set(row, found);
    for (const trait of found) {
      counts.set(trait, (counts.get(trait) ?? 0) + 1);
      if (!first.has(trait)) first.set(trait, row);
    }
  }
  const covered = new Set<string>();
  const taken = new Set<RawRow>();
  const rarest = [...first].sort(([a], [b]) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0));
  for (const [trait, row] of rarest) {
    if (taken.size >= most) break;
    if (covered.has(trait)) continue;
    taken.add(row);
    for (const shown of traits.get(row) ?? []) covered.add(shown);
  }
  return [...taken];
}

/** What a row shows at a field: recorded, or a relation that is seen or not; null when nothing is recorded. */
function traitOf(district: District, scope: Scope, field: Coordinate, row: RawRow): string | null {
  switch (field.kind) {
    case 'many': {
      const related = district.by(field.target, field.by).get(row.id) ?? [];
      return related.length === 0 ? null : String(related.some((r) => scope.sees(field.target, r.id)));
    }
    case 'link': {
      const keys = linkedKeys(field, row);
      return keys.length === 0 ? null : String(keys.some((key) => scope.sees(field.target, key)));
    }
    case 'embed':
      return field.parts.some((part) => row[partProperty(field, part.name)] != null) ? 'recorded' : null;
    default:
      return rawValue(field, row) === null ? null : 'recorded';
  }
}

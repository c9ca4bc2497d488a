import { partProperty, rawValue } from './asking/expectation.ts';
import type { Oracle } from './oracle.ts';
import type { Coordinate } from './reading/contract.ts';
import type { District, RawRow } from './reading/district.ts';
import { linkedKeys } from './reading/linked-keys.ts';

/**
 * Coordinates at which no row of the synthetic district records anything: "refused" cannot be told from "not
 * recorded" there. `oracle.test.ts` names each and why.
 */
export function unrecorded({
  oracle,
  district,
}: {
  oracle: Oracle;
  district: District;
}): ReadonlySet<string> {
  const found = new Set<string>();
  for (const type of oracle.types.values())
    for (const field of type.fields.values())
      if (!district.rows(type.name).some((row) => records(district, field, row)))
        found.add(`${type.name}.${field.name}`);
  return found;
}

function records(district: District, field: Coordinate, row: RawRow): boolean {
  if (field.kind === 'many') return district.by(field.target, field.by).has(row.id);
  if (field.kind === 'link')
    return linkedKeys(field, row).some((key) => district.row(field.target, key) !== undefined);
  if (field.kind === 'embed') return field.parts.some((part) => row[partProperty(field, part.name)] != null);
  return rawValue(field, row) !== null;
}

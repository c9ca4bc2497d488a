import type { Model } from '../../contract/model/record.ts';
import { provenanceTypeOf } from '../../contract/sdl/held.ts';
import { readBy } from '../provenance/claims.ts';
import type { Holdings } from '../provenance/holdings.ts';

/** What the contract says of lists whose size no argument says. By coordinate, `Lease.filings`. */
export interface ListSizes {
  /** The items of a list at the most; undefined where nothing bounds it. */
  items(coordinate: string): number | undefined;
  /** Objects that are read beside those which a field answers. */
  beside(coordinate: string): number;
}

/** The sizes of bounded lists of records, and what provenance reads. */
export function listSizes(model: Model, holdings: Holdings): ListSizes {
  const items = new Map<string, number>();
  const beside = new Map<string, number>();
  for (const record of model.values())
    for (const field of record.fields.values())
      if (field.kind === 'many' && !field.paged) items.set(field.rule.coordinate, field.atMost);
  for (const [record, fields] of holdings)
    for (const { name, holdings: held } of fields)
      beside.set(
        `${provenanceTypeOf(record)}.${name}`,
        held.reduce((sum, holding) => sum + readBy(holding), 1),
      );
  const mostClaims = Math.max(
    0,
    ...[...holdings.values()].flat().map(({ holdings: held }) => held.length - 1),
  );
  return {
    items: (coordinate) =>
      items.get(coordinate) ?? (/^Held\w*\.claimed$/.test(coordinate) ? mostClaims : undefined),
    beside: (coordinate) => beside.get(coordinate) ?? 0,
  };
}

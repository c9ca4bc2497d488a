import type { Holding } from './holdings.ts';

type Json = Readonly<Record<string, unknown>>;

/** What one department holds, as the viewer sees it. */
export interface Claim {
  readonly value: unknown;
  readonly source: { readonly store: string; readonly asOf: unknown };
  /** The value as it is stored; masked values are not compared. */
  readonly isClear: boolean;
}

/** The value that prevails with its source, and what others hold. */
export interface Held extends Pick<Claim, 'value' | 'source'> {
  readonly flags: readonly 'SOURCES_DISAGREE'[];
  readonly claimed: readonly Claim[];
}

/**
 * The most records of a relation that are looked at. The first that holds a value speaks for its department.
 */
const mostRecords = 5;

/** The selection of GraphQL that reads a holding from a record. */
export function selectionOf({ ways, leaf, part }: Holding): string {
  const below = part ? ` { ${part.name} }` : leaf.kind === 'link' ? ' { id }' : '';
  let set = `asOf ${leaf.name}${below}`;
  for (const { field, condition } of ways.toReversed()) {
    const records = condition ? `{ ${condition.field.name} ${set} }` : `{ ${set} }`;
    const paged = field.kind === 'many' && field.paged;
    set = paged ? `${field.name}(first: ${mostRecords}) { nodes ${records} }` : `${field.name} ${records}`;
  }
  return set;
}

/** The most objects that this selection reads of one record. */
export function readBy({ ways, leaf, part }: Holding): number {
  let objects = part || leaf.kind === 'link' ? 1 : 0;
  for (const { field } of ways.toReversed()) {
    const paged = field.kind === 'many' && field.paged;
    if (paged) objects = 1 + mostRecords * (1 + objects);
    else objects = (field.kind === 'many' ? field.atMost : 1) * (1 + objects);
  }
  return objects;
}

/** The value of a holding in the answer to its selection; undefined where it is empty or may not be seen. */
export function claimOf(
  node: Json,
  { ways, leaf, part, store }: Holding,
  isClear: boolean,
): Claim | undefined {
  let records = [node];
  for (const { field, condition } of ways)
    records = records
      .flatMap((record) => recordsIn(record[field.name]))
      .filter((record) => !condition || record[condition.field.name] === condition.value);
  for (const record of records) {
    const found = record[leaf.name] as Json | null;
    const value = part ? found?.[part.name] : leaf.kind === 'link' ? found?.id : found;
    if (value != null) return { value, source: { store, asOf: record.asOf ?? null }, isClear };
  }
  return undefined;
}

/**
 * The first claim prevails: claims come in the order of authority. Null where there is no claim.
 * @param wider codes that are a part of another code: the two agree
 */
export function heldOf(found: readonly Claim[], wider: ReadonlyMap<unknown, unknown>): Held | null {
  const claims = newestOfEachStore(found);
  const [first, ...claimed] = claims;
  if (!first) return null;
  const values = new Set(
    claims.flatMap(({ value, isClear }) => (isClear ? [wider.get(value) ?? value] : [])),
  );
  return { ...first, claimed, flags: values.size > 1 ? ['SOURCES_DISAGREE'] : [] };
}

/** A department that holds a value in two places has one claim: the latest. */
function newestOfEachStore(claims: readonly Claim[]): readonly Claim[] {
  const byStore = new Map<string, Claim>();
  for (const claim of claims) {
    const { store, asOf } = claim.source;
    const known = byStore.get(store);
    if (!known || String(asOf ?? '') > String(known.source.asOf ?? '')) byStore.set(store, claim);
  }
  return [...byStore.values()];
}

function recordsIn(found: unknown): readonly Json[] {
  if (found == null) return [];
  if (Array.isArray(found)) return found;
  const { nodes } = found as { readonly nodes?: readonly Json[] };
  return nodes ?? [found as Json];
}

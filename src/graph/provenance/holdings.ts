import type { DocumentNode, ObjectTypeDefinitionNode } from 'graphql';
import type { AccessPlan, HeldPath } from '../../contract/compile/access-plan.ts';
import type { EmbeddedPart, Model, RecordField, RecordModel } from '../../contract/model/record.ts';
import { heldValues, isOwnPath, provenanceTypeOf, stepsOf, widerValues } from '../../contract/sdl/held.ts';
import type { ViewerName } from '../../identity/viewers.ts';

/** A step over records: the field followed, and the state that what it leads to must be in. */
interface Way {
  readonly field: RecordField;
  readonly condition: { readonly field: RecordField; readonly value: string } | undefined;
}

/** Where one department holds a value: a way over records to a field. */
export interface Holding {
  readonly store: string;
  readonly ways: readonly Way[];
  readonly leaf: RecordField;
  /** The leaf is this part of a value object. */
  readonly part: EmbeddedPart | undefined;
  /** Type and name of every field that is read on the way. */
  readonly coordinates: HeldPath;
}

/** A value of a record type and where it is held, the authority first. */
export interface HeldField {
  readonly name: string;
  readonly holdings: readonly Holding[];
  /** The one whose rules are the value's: the record's own. */
  readonly own: Holding;
  /** Codes that are a part of another, with that other: they do not disagree. */
  readonly wider: ReadonlyMap<string, string>;
}

/** Record type → its held values. */
export type Holdings = ReadonlyMap<string, readonly HeldField[]>;

/**
 * Follows the paths of `@held` through the model.
 * @throws Error that lists every path which leads nowhere, or into a secret group: that such a record exists is
 *   nobody's to learn by the way (dossier §6.6).
 */
export function readHoldings(
  types: ReadonlyMap<string, ObjectTypeDefinitionNode>,
  document: DocumentNode,
  model: Model,
): Holdings {
  const wider = widerValues(document);
  const faults: string[] = [];
  const found = new Map<string, HeldField[]>();
  for (const type of types.values()) {
    const record = model.get(type.name.value);
    if (!record) continue;
    const fields = heldValues(type).flatMap(({ name, by }): HeldField[] => {
      const made = by.map((path) => holdingOf(record, path, model));
      for (const fault of made)
        if (typeof fault === 'string') faults.push(`${record.name}, ${name}: ${fault}`);
      const holdings = made.filter((holding) => typeof holding !== 'string');
      const own = holdings[by.findIndex((path) => isOwnPath(type, path))];
      if (!own && holdings.length === by.length)
        faults.push(`${record.name}, ${name}: none of ${by.join(', ')} is the record's own`);
      return own ? [{ name, holdings, own, wider: wider.get(own.leaf.type) ?? new Map() }] : [];
    });
    if (fields.length > 0) found.set(record.name, fields);
  }
  if (faults.length > 0) throw new Error(`Values that several departments hold:\n${faults.join('\n')}`);
  return found;
}

function holdingOf(start: RecordModel, path: string, model: Model): Holding | string {
  const steps = stepsOf(path);
  const ways: Way[] = [];
  const coordinates: [string, string][] = [];
  let record = start;
  for (const [i, { field: name, condition }] of steps.entries()) {
    const field = record.fields.get(name);
    if (!field) return `${path}: ${record.name} has no field ${name}`;
    if (field.rule.group.secret || record.rules.group?.secret) return `${path}: is secret`;
    coordinates.push([record.name, name]);
    const target = model.get(field.type);
    const rest = steps.slice(i + 1);
    if (rest.length === 0 || field.kind === 'embed') {
      const part = field.kind === 'embed' ? field.parts.find((p) => p.name === rest[0]?.field) : undefined;
      if (rest.length > 1 || (field.kind === 'embed') !== (part !== undefined) || field.kind === 'many')
        return `${path}: does not end at a value`;
      // It is read as an answer, in which yuan stand and not fen.
      if (field.type === 'Money') return `${path}: amounts cannot be held`;
      return { store: record.store, ways, leaf: field, part, coordinates };
    }
    if (!target) return `${path}: ${name} leads to no record`;
    const state = condition && target.fields.get(condition.field);
    if (condition && !state) return `${path}: ${target.name} has no field ${condition.field}`;
    if (condition) coordinates.push([target.name, condition.field]);
    ways.push({ field, condition: condition && state && { field: state, value: condition.value } });
    record = target;
  }
  return `${path}: is empty`;
}

/** The fields by which each value of a provenance type is ruled, by coordinate. */
export function heldPaths(holdings: Holdings): ReadonlyMap<string, HeldPath> {
  return new Map(
    [...holdings].flatMap(([record, fields]) =>
      fields.map(({ name, own }) => [`${provenanceTypeOf(record)}.${name}`, own.coordinates] as const),
    ),
  );
}

/** Whether a viewer may read something of all that leads to a value. */
export function isReadable({ coordinates }: Holding, accessPlan: AccessPlan, viewer: ViewerName): boolean {
  return coordinates.every(([type, field]) => {
    const { denial, masked } = accessPlan.decision(type, field, viewer);
    return denial === null && masked?.mask !== 'NULL';
  });
}

/** Whether the record may have a value itself that the viewer sees in some rows only, or nothing of. */
export function mayBeHidden(
  { own: { coordinates } }: HeldField,
  accessPlan: AccessPlan,
  viewer: ViewerName,
): boolean {
  return coordinates.some(([type, field]) => {
    const { masked, own } = accessPlan.decision(type, field, viewer);
    return (own !== null && !own.butAsked) || masked?.mask === 'NULL';
  });
}

/** Whether a viewer sees the value as it is stored; only such values can be compared. */
export function isClear({ leaf, part }: Holding, viewer: ViewerName): boolean {
  return (part ?? leaf).access[viewer].decision === 'CLEAR';
}

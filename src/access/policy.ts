import type { Model, RecordField, RecordModel } from '../graph/model/record.ts';
import { orderValue } from '../graph/sdl/derived.ts';
import type { ViewerName } from '../identity/viewers.ts';
import { getOrMake } from '../store/get-or-make.ts';
import { type Denial, reasonOf } from './denial.ts';
import type { FieldGroup } from './matrix.ts';
import type { FieldRule } from './rules.ts';
import { presenceOf, type Sight, sightOf, sightOfPart } from './sight.ts';

/** What a viewer meets at an output coordinate. */
export interface Verdict {
  readonly denial: Denial | null;
  /** Some of the value is masked. */
  readonly masked: { readonly coordinate: string; readonly group: FieldGroup; readonly mask: string } | null;
  /** Null outside the viewer's own rows. */
  readonly own: { readonly coordinate: string; readonly group: FieldGroup } | null;
}

const nothing: Verdict = { denial: null, masked: null, own: null };

/**
 * The matrix applied to the coordinates of the schema: record fields, root fields, filter fields and order
 * values. Types that only carry records (connections, edges, value objects) have no rule of their own.
 */
export class Policy {
  readonly model: Model;
  readonly #roots = new Map<string, RecordModel>();
  readonly #ownRoots: ReadonlyMap<string, FieldRule>;
  readonly #verdicts = new Map<string, Verdict>();

  /** @param roots rules of the root fields that departments wrote themselves. */
  constructor(model: Model, roots: ReadonlyMap<string, FieldRule> = new Map()) {
    this.model = model;
    this.#ownRoots = roots;
    for (const record of model.values())
      for (const root of [record.one, record.many]) if (root) this.#roots.set(root, record);
  }

  /** The record type that a root field reads. */
  rootRecord(field: string): RecordModel | undefined {
    return this.#roots.get(field);
  }

  /** An output coordinate for a viewer; what carries no rule is open. */
  verdict(type: string, field: string, viewer: ViewerName): Verdict {
    const key = `${viewer} ${type}.${field}`;
    return getOrMake(this.#verdicts, key, () => this.#judge(type, field, viewer));
  }

  #judge(type: string, name: string, viewer: ViewerName): Verdict {
    if (type === 'Query') {
      const own = this.#ownRoots.get(name);
      if (own && sightOf(own, viewer).outcome !== 'CLEAR')
        return { ...nothing, denial: refusal(own, viewer) };
      const record = this.#roots.get(name);
      return record ? { ...nothing, denial: absence(record, viewer, `Query.${name}`) } : nothing;
    }
    const record = this.model.get(type);
    const field = record?.fields.get(name);
    if (!record || !field || field.kind === 'id') return nothing;
    const { rule } = field;
    const sight = sightOf(rule, viewer);
    if (sight.outcome === 'HIDDEN') return { ...nothing, denial: refusal(rule, viewer) };
    if (field.kind === 'link' || field.kind === 'many') {
      const target = this.model.get(field.type);
      const denial = target ? absence(target, viewer, rule.coordinate) : null;
      if (denial) return { ...nothing, denial };
    }
    const mask = maskOf(field, sight, viewer);
    const ownRows = sight.own && presenceOf(record.rules, viewer) !== 'OWN';
    return {
      denial: null,
      masked: mask ? { coordinate: rule.coordinate, group: rule.group, mask } : null,
      own: ownRows ? { coordinate: rule.coordinate, group: rule.group } : null,
    };
  }

  /** Coordinates of a filter value that the viewer may not use, at any depth. */
  filterDenials(record: RecordModel, input: unknown, viewer: ViewerName): Denial[] {
    if (typeof input !== 'object' || input === null) return [];
    return Object.entries(input).flatMap(([name, value]): Denial[] => {
      if (value === null || value === undefined || name === 'id') return [];
      if (name === 'and' || name === 'or')
        return (value as unknown[]).flatMap((part) => this.filterDenials(record, part, viewer));
      if (name === 'not') return this.filterDenials(record, value, viewer);
      const field = record.fields.get(name);
      return field ? this.#filterField(record, field, value, viewer) : [];
    });
  }

  #filterField(record: RecordModel, field: RecordField, value: unknown, viewer: ViewerName): Denial[] {
    const coordinate = `${record.name}Filter.${field.name}`;
    if (field.kind === 'link' || field.kind === 'many') {
      const target = this.model.get(field.type);
      const { denial, masked, own } = this.verdict(record.name, field.name, viewer);
      if (denial) return [{ ...denial, coordinate }];
      if (masked)
        return [{ coordinate, group: masked.group, reason: 'NOT_IN_CLEAR', silent: masked.group.secret }];
      if (own) return [{ coordinate, group: own.group, reason: 'OWN_ROWS_ONLY', silent: own.group.secret }];
      if (!target) return [];
      const inner = field.kind === 'link' ? [value] : Object.values(value as object);
      return inner.flatMap((part) => this.filterDenials(target, part, viewer));
    }
    if (field.kind === 'embed')
      return Object.keys(value as object).flatMap((name) => {
        const part = field.parts.find((p) => p.name === name);
        return part ? inClear(record, coordinate, field, sightOfPart(field.rule, part, viewer), viewer) : [];
      });
    return inClear(record, coordinate, field, sightOf(field.rule, viewer), viewer);
  }

  /** The order value that the viewer may not use. */
  orderDenials(record: RecordModel, order: unknown, viewer: ViewerName): Denial[] {
    const value = (order as { field?: string } | null)?.field;
    if (!value || value === 'ID') return [];
    const coordinate = `${record.name}OrderField.${value}`;
    for (const field of record.fields.values()) {
      if (orderValue(field.name) === value)
        return inClear(record, coordinate, field, sightOf(field.rule, viewer), viewer);
      if (field.kind !== 'many') continue;
      const target = this.model.get(field.type);
      const ordered =
        target && [...target.fields.values()].find((f) => orderValue(field.name, f.name) === value);
      if (!target || !ordered) continue;
      const way = this.#filterField(record, field, {}, viewer).map((denial) => ({ ...denial, coordinate }));
      return way.length > 0
        ? way
        : inClear(target, coordinate, ordered, sightOf(ordered.rule, viewer), viewer);
    }
    return [];
  }
}

/** Rows of a type do not exist for the viewer. Secret types answer with nothing instead of a denial. */
function absence(record: RecordModel, viewer: ViewerName, coordinate: string): Denial | null {
  const { group } = record.rules;
  if (!group || group.secret || presenceOf(record.rules, viewer) !== 'NONE') return null;
  return { coordinate, group, reason: reasonOf(group, viewer), silent: false };
}

function refusal({ coordinate, group }: FieldRule, viewer: ViewerName): Denial {
  return { coordinate, group, reason: reasonOf(group, viewer), silent: group.secret };
}

/** A value that is compared or ordered by must be seen in clear in every row, else the answer tells it. */
function inClear(
  record: RecordModel,
  coordinate: string,
  field: RecordField,
  sight: Sight,
  viewer: ViewerName,
): Denial[] {
  const { group } = field.rule;
  if (sight.outcome === 'HIDDEN')
    return [{ coordinate, group, reason: reasonOf(group, viewer), silent: group.secret }];
  if (sight.outcome === 'MASKED')
    return [{ coordinate, group, reason: 'NOT_IN_CLEAR', silent: group.secret }];
  if (sight.own && presenceOf(record.rules, viewer) !== 'OWN')
    return [{ coordinate, group, reason: 'OWN_ROWS_ONLY', silent: group.secret }];
  return [];
}

/** Of a value object some parts can be masked, each in its own way: PARTS; or nothing of it is shown: NULL. */
function maskOf(field: RecordField, sight: Sight, viewer: ViewerName): string | null {
  if (field.kind !== 'embed') return sight.outcome === 'MASKED' ? (sight.mask ?? null) : null;
  const parts = field.parts.map((part) => sightOfPart(field.rule, part, viewer));
  if (parts.every((part) => part.outcome === 'CLEAR')) return null;
  return parts.every((part) => part.mask === 'NULL') ? 'NULL' : 'PARTS';
}

import type { ViewerName } from '../../identity/viewers.ts';
import type { AccessPlan } from '../compile/access-plan.ts';
import { orderValue } from '../sdl/derived.ts';
import type { FieldGroup } from '../tables/matrix.ts';
import type { Denial } from './denial.ts';
import type { FieldAccess } from './field-access.ts';
import type { RuledField, RuledRecord } from './ruled-record.ts';

/** A coordinate that a filter or an order uses, and what a viewer meets there. */
export interface ArgumentUse {
  /** `LeaseFilter.monthlyRent`, `LeaseOrderField.ENDS_ON`. */
  readonly coordinate: string;
  readonly group: FieldGroup;
  readonly denial: Denial | null;
  /** For a relation: the record type that is looked into. */
  readonly into: RuledRecord | null;
}

/** The coordinates that a filter value uses, at any depth; below a refused one nothing is looked at. */
export function filterUses(
  plan: AccessPlan,
  record: RuledRecord,
  input: unknown,
  viewer: ViewerName,
): ArgumentUse[] {
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([name, value]): ArgumentUse[] => {
    if (value === null || value === undefined || name === 'id') return [];
    if (name === 'and' || name === 'or')
      return (value as unknown[]).flatMap((part) => filterUses(plan, record, part, viewer));
    if (name === 'not') return filterUses(plan, record, value, viewer);
    const field = record.fields.get(name);
    return field ? fieldUses(plan, record, field, value, viewer) : [];
  });
}

function fieldUses(
  plan: AccessPlan,
  record: RuledRecord,
  field: RuledField,
  value: unknown,
  viewer: ViewerName,
): ArgumentUse[] {
  const coordinate = `${record.name}Filter.${field.name}`;
  const { group } = field.rule;
  if (field.kind === 'link' || field.kind === 'many') {
    const target = plan.model.get(field.type);
    const denial = wayDenial(plan, record, field, coordinate, viewer);
    const use = { coordinate, group: denial?.group ?? group, denial, into: target ?? null };
    if (denial || !target) return [use];
    const inner = field.kind === 'link' ? [value] : Object.values(value as object);
    return [use, ...inner.flatMap((part) => filterUses(plan, target, part, viewer))];
  }
  const use = (access: FieldAccess): ArgumentUse => {
    return { coordinate, group, denial: inClear(record, coordinate, field, access, viewer), into: null };
  };
  if (!field.parts) return [use(field.access[viewer])];
  return Object.keys(value as object).flatMap((name) => {
    const part = field.parts?.find((p) => p.name === name);
    return part ? [use(part.access[viewer])] : [];
  });
}

/** A relation is looked into only where the viewer may follow it in every row. */
function wayDenial(
  plan: AccessPlan,
  record: RuledRecord,
  field: RuledField,
  coordinate: string,
  viewer: ViewerName,
): Denial | null {
  const { denial, masked, own } = plan.decision(record.name, field.name, viewer);
  if (denial) return { ...denial, coordinate };
  if (masked)
    return { coordinate, group: masked.group, reason: 'NOT_IN_CLEAR', silentlyRefused: masked.group.secret };
  if (own && !own.butAsked)
    return { coordinate, group: own.group, reason: 'OWN_ROWS_ONLY', silentlyRefused: own.group.secret };
  return null;
}

/** The coordinate that an order uses; none for the id. */
export function orderUses(
  plan: AccessPlan,
  record: RuledRecord,
  order: unknown,
  viewer: ViewerName,
): ArgumentUse[] {
  const value = (order as { field?: string } | null)?.field;
  if (!value || value === 'ID') return [];
  const coordinate = `${record.name}OrderField.${value}`;
  for (const field of record.fields.values()) {
    if (orderValue(field.name) === value) {
      const denial = inClear(record, coordinate, field, field.access[viewer], viewer);
      return [{ coordinate, group: field.rule.group, denial, into: null }];
    }
    if (field.kind !== 'many') continue;
    const target = plan.model.get(field.type);
    const ordered =
      target && [...target.fields.values()].find((f) => orderValue(field.name, f.name) === value);
    if (!target || !ordered) continue;
    const denial =
      wayDenial(plan, record, field, coordinate, viewer) ??
      inClear(target, coordinate, ordered, ordered.access[viewer], viewer);
    return [{ coordinate, group: denial?.group ?? ordered.rule.group, denial, into: target }];
  }
  return [];
}

/** A value that is compared or ordered by must be seen in clear in every row, else the answer tells it. */
function inClear(
  record: RuledRecord,
  coordinate: string,
  field: RuledField,
  { decision, own, refusal }: FieldAccess,
  viewer: ViewerName,
): Denial | null {
  const { group } = field.rule;
  if (refusal) return { coordinate, ...refusal };
  const refusedFor = (reason: Denial['reason']): Denial => ({
    coordinate,
    group,
    reason,
    silentlyRefused: group.secret,
  });
  if (decision === 'MASKED') return refusedFor('NOT_IN_CLEAR');
  return own && record.access[viewer].rows !== 'OWN' ? refusedFor('OWN_ROWS_ONLY') : null;
}

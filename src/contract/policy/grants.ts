import type { ViewerName } from '../../identity/viewers.ts';
import type { GrantLimits } from '../tables/grant-limits.ts';
import type { RuledField, RuledRecord } from './ruled-record.ts';

/**
 * A case-bound grant that is in force (dossier §6.5): one record, one field group, read only, for at most 30
 * days, approved by two persons of the owner. It opens the record by its id, and in no other way.
 */
export interface Grant {
  /** The record that the grant opens: type and local id. */
  readonly record: string;
  readonly id: string;
  /** The field group that the grant opens on that record. */
  readonly group: string;
  /** To whom: viewer and acting unit. */
  readonly viewer: ViewerName;
  readonly unit: string;
  /** For which purpose only. */
  readonly purpose: string;
  /** Last calendar day, YYYY-MM-DD. */
  readonly until: string;
}

type Openable = Pick<RuledRecord, 'name' | 'rules'>;
type Field = Pick<RuledField, 'kind' | 'rule'> & { readonly hasArguments?: boolean };

/**
 * Whether grants may open a group on records of a type at all. Of a secret type only the group of the type
 * itself: whoever answers for another group must not be able to reveal that there is a record.
 */
export function opensGroup({ rules }: Openable, group: string): boolean {
  return rules.group !== null && (!rules.group.secret || rules.group.name === group);
}

/**
 * Whether a grant of its group opens a field. Relations lead to other records, and a derived value with an
 * argument answers more than one question; what a derived value is made from must be of the same group.
 */
export function isOpenable(record: Openable, { kind, rule, hasArguments }: Field): boolean {
  if (kind === 'id' || kind === 'many' || kind === 'held' || hasArguments) return false;
  const { group } = rule;
  return (
    opensGroup(record, group.name) && (rule.inputs ?? []).every((input) => input.group.name === group.name)
  );
}

/** Whether a viewer can ask for a grant that opens a field. */
export const mayBeOpened = (
  record: Openable,
  field: Field,
  viewer: ViewerName,
  limits: GrantLimits,
): boolean => isOpenable(record, field) && limits.mayBeGranted(field.rule.group.name, viewer);

import type { ViewerName } from '../../identity/viewers.ts';
import type { Cell, FieldGroup } from '../tables/matrix.ts';
import { type DenialReason, reasonOf } from './denial.ts';
import type { FieldRule, MaskName, Sensitivity } from './rules.ts';

/** How a viewer gets a value: in clear, through a mask, or not at all. */
export type FieldDecision = 'CLEAR' | 'MASKED' | 'REFUSED';

/** What a viewer gets of a field, or of a part of a value object. */
export interface FieldAccess {
  readonly decision: FieldDecision;
  /** For MASKED: the mask, or NULL where nothing of the value is shown. */
  readonly mask: Exclude<MaskName, 'SHOWN'> | 'NULL' | null;
  /** Only in rows linked to the viewer by its own work: the cell says `o`. */
  readonly own: boolean;
  /** For REFUSED: why. */
  readonly refusal: FieldRefusal | null;
}

/** Which group refuses a field, and why. */
export interface FieldRefusal {
  readonly group: FieldGroup;
  readonly reason: DenialReason;
  /** Secret groups: the answer must not differ from "there is nothing" (dossier §6.4). */
  readonly silentlyRefused: boolean;
}

const clear: FieldAccess = { decision: 'CLEAR', mask: null, own: false, refusal: null };
const nothingShown: FieldAccess = { ...clear, decision: 'MASKED', mask: 'NULL' };

/** Why a group without F or M refuses a viewer. */
export const refusalOf = (group: FieldGroup, viewer: ViewerName): FieldRefusal => ({
  group,
  reason: reasonOf(group, viewer),
  silentlyRefused: group.secret,
});

export const refusedBy = (refusal: FieldRefusal): FieldAccess => ({
  ...clear,
  decision: 'REFUSED',
  refusal,
});

/** The matrix applied to one field (dossier §6.1 and §6.4); for a derived one, to what it is computed from too. */
export function fieldAccess(rule: FieldRule, viewer: ViewerName): FieldAccess {
  const ofField = byGroup(rule, viewer);
  if (!rule.inputs) return ofField;
  const met = rule.inputs.reduce((access, input) => meet(access, fieldAccess(input, viewer)), ofField);
  // The field that is asked for is named, whichever of its inputs refuses it.
  return met.decision === 'REFUSED' ? refusedBy(refusalOf(rule.group, viewer)) : met;
}

/** What a viewer gets of a derived value for itself and for one of its inputs: what is not in clear shows nothing. */
export function meet(derived: FieldAccess, input: FieldAccess): FieldAccess {
  if (derived.decision === 'REFUSED') return derived;
  if (input.decision === 'REFUSED') return input;
  const own = derived.own || input.own;
  return input.decision === 'MASKED' ? { ...nothingShown, own } : { ...derived, own };
}

/**
 * A part of a value object: the group of the field that holds it, its own class and mask. What holds it decides
 * where it is published or secret as a whole, or shown as it is under M.
 */
export function partAccess(
  holder: FieldRule,
  part: { readonly sensitivity: Sensitivity; readonly mask: MaskName | null },
  viewer: ViewerName,
): FieldAccess {
  const whole = holder.sensitivity === 'PUBLIC' || holder.sensitivity === 'SECRET';
  const sensitivity = whole ? holder.sensitivity : part.sensitivity;
  const mask = holder.mask === 'SHOWN' ? holder.mask : part.mask;
  return fieldAccess({ ...holder, sensitivity, mask, reference: false }, viewer);
}

function byGroup(rule: FieldRule, viewer: ViewerName): FieldAccess {
  if (rule.sensitivity === 'PUBLIC') return clear;
  const cell: Cell | undefined = rule.group.cells.get(viewer);
  if (!cell || cell.value === 'A') return refusedBy(refusalOf(rule.group, viewer));
  const { own } = cell;
  return cell.value === 'F' ? { ...clear, own } : { ...masked(rule, rule.group), own };
}

/** What M shows (dossier §6.4): the mask of the field, else its class decides; in some groups companions only. */
function masked(rule: FieldRule, group: FieldGroup): FieldAccess {
  if (rule.sensitivity === 'SECRET') return nothingShown;
  if (rule.mask === 'SHOWN') return clear;
  if (group.masked === 'companions') return nothingShown;
  if (rule.mask) return { ...nothingShown, mask: rule.mask };
  if (rule.sensitivity === 'INTERNAL') return clear;
  if (rule.reference && rule.sensitivity === 'PERSONAL') return clear;
  return nothingShown;
}

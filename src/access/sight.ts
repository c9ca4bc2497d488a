import type { ViewerName } from '../identity/viewers.ts';
import type { Cell, FieldGroup } from './matrix.ts';
import type { FieldRule, MaskName, Sensitivity, TypeRules } from './rules.ts';

/** How a viewer sees a value: in clear, through a mask (`NULL`: nothing of it), or not at all. */
export type Outcome = 'CLEAR' | 'MASKED' | 'HIDDEN';

/** What a viewer sees of one coordinate. */
export interface Sight {
  readonly outcome: Outcome;
  /** For MASKED: the mask, or NULL where the masked form is empty. */
  readonly mask: Exclude<MaskName, 'SHOWN'> | 'NULL' | null;
  /** Only in rows linked to the viewer by its own work. */
  readonly own: boolean;
}

/** Which rows of a type a viewer may see that exist, before the row scope. */
export type Presence = 'ALL' | 'OWN' | 'PUBLISHED' | 'NONE';

const clear: Sight = { outcome: 'CLEAR', mask: null, own: false };
const hidden: Sight = { outcome: 'HIDDEN', mask: null, own: false };

/** The matrix applied to one field (dossier §6.1 and §6.4); for a derived one, to what it is computed from too. */
export function sightOf(rule: FieldRule, viewer: ViewerName): Sight {
  const own = sightByGroup(rule, viewer);
  if (!rule.inputs) return own;
  return rule.inputs.reduce((sight, input) => meet(sight, sightOf(input, viewer)), own);
}

/** What is seen of a derived value by itself and by one of its inputs: what is not seen in clear shows nothing. */
export function meet(derived: Sight, input: Sight): Sight {
  if (derived.outcome === 'HIDDEN' || input.outcome === 'HIDDEN') return hidden;
  const own = derived.own || input.own;
  if (input.outcome === 'MASKED') return { outcome: 'MASKED', mask: 'NULL', own };
  return { ...derived, own };
}

function sightByGroup(rule: FieldRule, viewer: ViewerName): Sight {
  if (rule.sensitivity === 'PUBLIC') return clear;
  const cell = rule.group.cells.get(viewer);
  if (!cell || cell.value === 'A') return hidden;
  if (cell.value === 'F') return { ...clear, own: cell.own };
  return { ...maskedSight(rule, rule.group), own: cell.own };
}

/**
 * A part of a value object: the group of the field that holds it, its own class and mask. What holds it decides
 * where it is published or secret as a whole, or shown as it is under M.
 */
export function sightOfPart(
  holder: FieldRule,
  part: { readonly sensitivity: Sensitivity; readonly mask: MaskName | null },
  viewer: ViewerName,
): Sight {
  const whole = holder.sensitivity === 'PUBLIC' || holder.sensitivity === 'SECRET';
  const sensitivity = whole ? holder.sensitivity : part.sensitivity;
  const mask = holder.mask === 'SHOWN' ? holder.mask : part.mask;
  return sightOf({ ...holder, sensitivity, mask, reference: false }, viewer);
}

/** What M shows (dossier §6.4): the mask of the field, else its class decides; in some groups companions only. */
function maskedSight(rule: FieldRule, group: FieldGroup): Sight {
  if (rule.sensitivity === 'SECRET') return { outcome: 'MASKED', mask: 'NULL', own: false };
  if (rule.mask === 'SHOWN') return clear;
  if (group.masked === 'companions') return { outcome: 'MASKED', mask: 'NULL', own: false };
  if (rule.mask) return { outcome: 'MASKED', mask: rule.mask, own: false };
  if (rule.sensitivity === 'INTERNAL') return clear;
  if (rule.reference && rule.sensitivity === 'PERSONAL') return clear;
  return { outcome: 'MASKED', mask: 'NULL', own: false };
}

/** Whether rows of a record type exist for a viewer, by the type's own group. */
export function presenceOf(type: TypeRules, viewer: ViewerName): Presence {
  const cell: Cell | undefined = type.group?.cells.get(viewer);
  if (cell && cell.value !== 'A') return cell.own ? 'OWN' : 'ALL';
  return type.published ? 'PUBLISHED' : 'NONE';
}

/**
 * Whether a viewer, of a type of which it sees its own rows only, may see some more for being asked about them: of these
 * the fields marked `@asked` and nothing else.
 */
export const isAskedAbout = (type: TypeRules, viewer: ViewerName): boolean =>
  presenceOf(type, viewer) === 'OWN' && type.askedOf.includes(viewer);

/**
 * Whether a field is null in rows that a viewer is only asked about. A way to records that it sees by itself, such as
 * those of its own store, stays.
 */
export const isWithheldWhenAsked = (
  { rule, kind }: { readonly rule: FieldRule; readonly kind: string },
  sight: Sight,
): boolean => rule.asked === undefined && kind !== 'held' && (kind !== 'many' || sight.own);

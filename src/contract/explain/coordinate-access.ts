import { getViewer, type ViewerName } from '../../identity/viewers.ts';
import type { Decision } from '../compile/access-plan.ts';
import type { ArgumentUse } from '../policy/arguments.ts';
import { type Denial, needed } from '../policy/denial.ts';
import { refusalOf } from '../policy/field-access.ts';
import type { RuledField, RuledRecord } from '../policy/ruled-record.ts';
import type { FieldRule } from '../policy/rules.ts';
import type { FieldGroup } from '../tables/matrix.ts';

/** What a viewer gets at one coordinate; the SDL's type of the same name. */
export interface CoordinateAccess {
  readonly coordinate: string;
  readonly within: string | null;
  readonly surface: 'OUTPUT' | 'FILTER' | 'ORDER' | 'MEASURE';
  readonly verdict: 'FULL' | 'MASKED' | 'OWN_ROWS_ONLY' | 'DENIED';
  readonly ownRowsOnly: boolean;
  readonly silent: boolean;
  readonly group: string;
  readonly title: string;
  readonly owner: ViewerName;
  readonly clauses: readonly string[];
  readonly mask: string | null;
  readonly reason: string | null;
  readonly because: string | null;
  readonly needed: string | null;
}

interface Facts {
  readonly coordinate: string;
  readonly within?: string | null;
  readonly surface?: CoordinateAccess['surface'];
  readonly group: FieldGroup;
  /** Further groups that decide: of the records a relation leads to. */
  readonly also?: readonly (FieldGroup | null | undefined)[];
  readonly denial?: Denial | null;
  readonly mask?: string | null;
  readonly own?: boolean;
  readonly because?: string | null | undefined;
}

function access(facts: Facts, viewer: ViewerName): CoordinateAccess {
  const { coordinate, within = null, surface = 'OUTPUT', denial = null, mask = null, own = false } = facts;
  const group = denial?.group ?? facts.group;
  const groups = [...new Set([facts.group, ...(facts.also ?? []).filter((g) => g != null)])];
  const verdict = denial ? 'DENIED' : mask ? 'MASKED' : own ? 'OWN_ROWS_ONLY' : 'FULL';
  return {
    coordinate,
    within,
    surface,
    verdict,
    ownRowsOnly: !denial && own,
    silent: denial?.silentlyRefused ?? false,
    group: group.name,
    title: group.title,
    owner: group.owner,
    clauses: denial ? [] : [...new Set(groups.flatMap((g) => g.cells.get(viewer)?.clause ?? []))],
    mask: denial ? null : mask,
    reason: denial?.reason ?? null,
    because: facts.because ?? null,
    needed: neededFor(verdict, denial, group, viewer),
  };
}

/** A field of a record. */
export function ofOutput(
  field: RuledField,
  target: RuledRecord | undefined,
  { denial, masked, own }: Decision,
  viewer: ViewerName,
): CoordinateAccess {
  const { coordinate, group, because } = field.rule;
  const facts = {
    coordinate,
    group,
    also: [target?.rules.group],
    denial,
    mask: masked?.mask ?? null,
    because,
  };
  return access({ ...facts, own: own !== null }, viewer);
}

/** A value under `provenance`: ruled by the field that holds it. */
export function ofHeld(
  coordinate: string,
  { group }: FieldRule,
  { denial, masked, own }: Decision,
  viewer: ViewerName,
): CoordinateAccess {
  return access({ coordinate, group, denial, mask: masked?.mask ?? null, own: own !== null }, viewer);
}

/** A part of a value object under the field that holds it. */
export function ofPart(
  coordinate: string,
  holder: RuledField,
  part: NonNullable<RuledField['parts']>[number],
  viewer: ViewerName,
): CoordinateAccess {
  const { group, coordinate: within } = holder.rule;
  const { refusal, mask, own } = part.access[viewer];
  return access(
    { coordinate, within, group, denial: refusal && { coordinate, ...refusal }, mask, own },
    viewer,
  );
}

/** Records as such: a root field, or the type that an id names. */
export function ofRecord(
  coordinate: string,
  group: FieldGroup,
  denial: Denial | null,
  record: RuledRecord | undefined,
  viewer: ViewerName,
): CoordinateAccess {
  // Secret records are refused by being absent, so no denial stands in the check.
  const cell = record?.rules.group?.cells.get(viewer);
  const isAbsent = record?.rules.group?.secret === true && (!cell || cell.value === 'A');
  const absent = { coordinate, ...refusalOf(group, viewer), silentlyRefused: true };
  return access({ coordinate, group, denial: denial ?? (isAbsent ? absent : null), own: cell?.own }, viewer);
}

/** What a filter or an order uses. */
export function ofArgument(
  surface: 'FILTER' | 'ORDER' | 'MEASURE',
  { coordinate, group, denial, into }: ArgumentUse,
  viewer: ViewerName,
): CoordinateAccess {
  return access({ coordinate, surface, group, also: [into?.rules.group], denial }, viewer);
}

function neededFor(
  verdict: CoordinateAccess['verdict'],
  denial: Denial | null,
  group: FieldGroup,
  viewer: ViewerName,
): string | null {
  const who = `${viewer} (${getViewer(viewer).code})`;
  if (denial?.silentlyRefused)
    return `${group.name} is secret: without a right ${who} gets the answer that says there is nothing. Only ${group.owner} can release a record, one at a time, by a case-bound grant.`;
  if (denial) return needed[denial.reason];
  if (verdict === 'MASKED')
    return `To see it in clear ${who} needs a cell F in ${group.name}, or a case-bound grant of ${group.owner}.`;
  if (verdict === 'OWN_ROWS_ONLY')
    return `${who} sees it of persons and files of its own work; of others it needs a case-bound grant of ${group.owner}.`;
  return null;
}

import { type ViewerName, viewers } from '../../identity/viewers.ts';
import { type FieldAccess, fieldAccess, partAccess, refusalOf, refusedBy } from '../policy/field-access.ts';
import { type RowAccess, rowAccess } from '../policy/row-access.ts';
import type { FieldRule, MaskName, Sensitivity, TypeRules } from '../policy/rules.ts';

// The matrix is applied here, once at the start: everything else reads the answers.

/** One answer for each viewer. */
export type ByViewer<T> = Readonly<Record<ViewerName, T>>;

const byViewer = <T>(of: (viewer: ViewerName) => T): ByViewer<T> =>
  Object.fromEntries(viewers.map(({ name }) => [name, of(name)])) as Record<ViewerName, T>;

/** Which rows of a record type there are for each viewer. */
export const compileRows = (type: TypeRules): ByViewer<RowAccess> =>
  byViewer((viewer) => rowAccess(type, viewer));

/** @param target for a link or a relation, the rules of the records that it leads to */
export const compileField = (rule: FieldRule, target?: TypeRules): ByViewer<FieldAccess> =>
  byViewer((viewer) => (target ? relationAccess(rule, target, viewer) : fieldAccess(rule, viewer)));

export const compilePart = (
  holder: FieldRule,
  part: { readonly sensitivity: Sensitivity; readonly mask: MaskName | null },
): ByViewer<FieldAccess> => byViewer((viewer) => partAccess(holder, part, viewer));

/**
 * What a viewer gets of a relation to other records: nothing where those do not exist for it. A relation to secret
 * records stays and ends at nothing.
 */
function relationAccess(rule: FieldRule, target: TypeRules, viewer: ViewerName): FieldAccess {
  const access = fieldAccess(rule, viewer);
  const { group } = target;
  if (access.decision === 'REFUSED' || !group || group.secret) return access;
  return rowAccess(target, viewer).rows === 'NONE' ? refusedBy(refusalOf(group, viewer)) : access;
}

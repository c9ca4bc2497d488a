import type { ViewerName } from '../../identity/viewers.ts';
import type { Cell } from '../tables/matrix.ts';
import type { TypeRules } from './rules.ts';

/** Which rows of a record type there are for a viewer, before its row scope. */
export interface RowAccess {
  /** `PUBLISHED`: those that are published, and of them the published fields. */
  readonly rows: 'ALL' | 'OWN' | 'PUBLISHED' | 'NONE';
  /**
   * The viewer sees its own rows only, and may see some more for being asked about them: of these the fields marked
   * `@asked` and nothing else.
   */
  readonly isAsked: boolean;
}

/** Which rows of a record type there are for a viewer, by the type's own group. */
export function rowAccess(type: TypeRules, viewer: ViewerName): RowAccess {
  const cell: Cell | undefined = type.group?.cells.get(viewer);
  const none = type.published ? 'PUBLISHED' : 'NONE';
  const rows = cell && cell.value !== 'A' ? (cell.own ? 'OWN' : 'ALL') : none;
  return { rows, isAsked: rows === 'OWN' && type.askedOf.includes(viewer) };
}

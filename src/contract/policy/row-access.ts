import type { ViewerName } from '../../identity/viewers.ts';
import type { Cell } from '../tables/matrix.ts';
import type { TypeRules } from './rules.ts';

/** The rows of a record type that exist for a viewer, before the row scope. */
export interface RowAccess {
  /** `PUBLISHED`: the published rows, and of them the published fields. */
  readonly rows: 'ALL' | 'OWN' | 'PUBLISHED' | 'NONE';
  /**
   * The viewer sees its own rows, and besides them the rows about which it is asked. Of the latter it sees
   * the fields marked `@asked` and nothing else.
   */
  readonly isAsked: boolean;
}

/** The rows of a record type that exist for a viewer, by the type's own group. */
export function rowAccess(type: TypeRules, viewer: ViewerName): RowAccess {
  const cell: Cell | undefined = type.group?.cells.get(viewer);
  const none = type.published ? 'PUBLISHED' : 'NONE';
  const rows = cell && cell.value !== 'A' ? (cell.own ? 'OWN' : 'ALL') : none;
  return { rows, isAsked: rows === 'OWN' && type.askedOf.includes(viewer) };
}

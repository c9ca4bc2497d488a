import type { PgColumn } from 'drizzle-orm/pg-core';
import type { RowScope } from '../../contract/model/row-scope.ts';
import type { RowAccess } from '../../contract/policy/row-access.ts';
import type { ViewerClass } from './viewer-class.ts';

/** What binds a viewer's rows of a record type to a place: the own sub-district, station or area. */
export type PlaceBound = 'SUBDISTRICT' | 'STATION' | 'AREA';

/**
 * The kind of place by which rows of a type belong to a viewer, as in the row scope (`scopeSql`). Null where
 * the rows are the viewer's own for another reason, wherever they lie. Null also for secret types: the answer
 * must not reveal a right.
 */
export function placeBoundOf(
  { territory, everywhere, subjects, window, units, persons }: RowScope,
  { kind, wholeSociety }: ViewerClass,
  rows: RowAccess['rows'],
  isSecret: boolean,
): PlaceBound | null {
  if (rows !== 'ALL' || everywhere || !territory || isSecret) return null;
  switch (kind) {
    case 'DISTRICT':
      return null;
    case 'SUBDISTRICT':
      return 'SUBDISTRICT';
    case 'POLICE_STATION':
      return territory.station ? 'STATION' : 'SUBDISTRICT';
    case 'RECEPTION_CENTRE':
      return subjects || window ? null : 'SUBDISTRICT';
    case 'SOCIETY':
      return wholeSociety || (subjects && !units && !persons) ? null : 'SUBDISTRICT';
    case 'COORDINATOR':
      return territory.neighbourhood ? 'AREA' : 'SUBDISTRICT';
  }
}

/** The kind of place that a column holds. */
export function placeOfColumn(
  { territory }: RowScope,
  column: PgColumn,
): 'SUBDISTRICT' | 'STATION' | 'NEIGHBOURHOOD' | null {
  if (!territory) return null;
  if (territory.subdistrict === column) return 'SUBDISTRICT';
  if (territory.station === column) return 'STATION';
  return territory.neighbourhood === column ? 'NEIGHBOURHOOD' : null;
}

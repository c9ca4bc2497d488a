import type { PgColumn } from 'drizzle-orm/pg-core';
import type { RowScope } from '../../contract/model/row-scope.ts';
import type { RowAccess } from '../../contract/policy/row-access.ts';
import type { ViewerClass } from './viewer-class.ts';

/** What binds a viewer's rows of a record type to a place: the own sub-district, station or area. */
export type PlaceBound = 'SUBDISTRICT' | 'STATION' | 'AREA';

/**
 * By which place the rows of a type are a viewer's, as the row scope has it (`scopeSql`); null where they are its own
 * for another reason, wherever they lie. Secret types say nothing of places: the answer must not tell who has a right.
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

/** Which part of a row's place a column holds. */
export function placeOfColumn(
  { territory }: RowScope,
  column: PgColumn,
): 'SUBDISTRICT' | 'STATION' | 'NEIGHBOURHOOD' | null {
  if (!territory) return null;
  if (territory.subdistrict === column) return 'SUBDISTRICT';
  if (territory.station === column) return 'STATION';
  return territory.neighbourhood === column ? 'NEIGHBOURHOOD' : null;
}

import { findActingUnit } from '../../identity/units.ts';
import type { RowReader } from './row-reader.ts';

/** Committees 001 to 024 in each of the nine sub-districts and towns. */
const lastCommittee = 24;

/** The nine of 2007 (dossier §4.2): the units are known by the program. */
export function isSubdistrict(code: string): boolean {
  return /^310107\d{3}$/.test(code) && findActingUnit(`PT-SUB-${code.slice(6)}`) !== undefined;
}

/** Nine digits of a sub-district or town of 2007. */
export function readSubdistrict(row: RowReader, column: string): string {
  const code = row.identifier(column);
  if (!isSubdistrict(code)) row.refuse('SUBDISTRICT_UNKNOWN', column);
  return code;
}

/** Twelve digits of a neighbourhood committee. */
export function readNeighbourhood(row: RowReader, column: string): string {
  const code = row.identifier(column);
  const committee = /^\d{12}$/.test(code) ? Number(code.slice(9)) : 0;
  if (committee < 1 || committee > lastCommittee || !isSubdistrict(code.slice(0, 9)))
    row.refuse('NEIGHBOURHOOD_UNKNOWN', column);
  return code;
}

/** A police station, which must be one of the sub-district. */
export function readStation(row: RowReader, column: string, subdistrict: string): string {
  const station = row.identifier(column);
  const unit = findActingUnit(station);
  if (unit?.station !== station) row.refuse('STATION_UNKNOWN', column);
  else if (unit.subdistrict !== subdistrict) row.refuse('STATION_OUTSIDE_SUBDISTRICT', column);
  return station;
}

/** The number of a lane, building or room without its unit word: 29号楼 is 29. */
export function readNumberOf(row: RowReader, column: '弄' | '楼' | '室'): string | null {
  if ((row.text(column, 20) ?? '') === '') return null;
  const number = row.identifier(column).replace(/(?:弄|号楼|号|幢|栋|楼|室)$/, '');
  if (number === '') row.refuse('VALUE_UNKNOWN', column);
  return number;
}

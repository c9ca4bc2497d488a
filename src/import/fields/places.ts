import { isFloor, readDoorNumber } from '../../identifiers/door-number.ts';
import { canonicalRoad } from '../../identifiers/road-name.ts';
import { findActingUnit } from '../../identity/units.ts';
import { standsForAnother } from './cell-text.ts';
import type { RowReader } from './row-reader.ts';

/** Chinese characters that begin with no name of the city or the district, as nearly all roads. */
const plainRoad = /^(?!上海|普陀区)[\u4e00-\u9fff]+$/;

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

const parts = { 弄: 'lane', 楼: 'building', 室: 'room' } as const;

/** The number of a lane, building or room in its one spelling; null for none. A floor is no room: its text is kept. */
export function readDoor(row: RowReader, column: keyof typeof parts): string | null {
  const cell = row.cell(column);
  if (cell.length > 20) row.refuse('TEXT_TOO_LONG', column);
  if (standsForAnother(cell)) return row.unread(column);
  const number = readDoorNumber(cell, parts[column]);
  if (number === '') return null;
  return column === '室' && isFloor(number) ? row.unread(column) : number;
}

/** A road without spaces and without the district before it; null for none. */
export function readRoad(row: RowReader): string | null {
  const text = row.text('道路', 50);
  if (text === null || plainRoad.test(text)) return text;
  const road = canonicalRoad(text);
  return road === '' ? null : road;
}

import type { TextReading } from '../../contract/model/text-reading.ts';
import { type DoorPart, readDoorNumber } from '../../identifiers/door-number.ts';
import { toHalfWidth } from '../../identifiers/half-width.ts';
import { canonicalName } from '../../identifiers/person-name.ts';
import { parsePhone } from '../../identifiers/phone.ts';
import { canonicalRoad } from '../../identifiers/road-name.ts';
import type { Operator } from './filter.ts';

/** No day that can be written lies so far from another. */
const mostDays = 4_000_000;

/**
 * What is asked for, as the column holds it: read as import reads the cell that fills the column. Only the spelling
 * changes; what cannot be read stays as it is, and finds what is written alike.
 */
export function readOperand(reading: TextReading | null, operator: Operator, value: unknown): unknown {
  // Beyond the calendar of the database there is no day, and it would say so by an error.
  if (operator === 'withinDays') return Math.max(-1, Math.min(Number(value), mostDays));
  if (reading === null || operator === 'isNull') return value;
  const isPart = operator === 'startsWith' || operator === 'contains';
  const read = (text: unknown) => (typeof text === 'string' ? readers[reading](text, isPart) || text : text);
  return Array.isArray(value) ? value.map(read) : read(value);
}

const asIs = (text: string) => text;
const doorNumber = (part: DoorPart) => (text: string) => readDoorNumber(text, part);

const readers: Readonly<Record<TextReading, (text: string, isPart: boolean) => string>> = {
  TEXT: asIs,
  EXACT: asIs,
  NAME: (text, isPart) => (isPart && endsBetweenParts.test(text) ? text : canonicalName(text)),
  CODE: (text) => toHalfWidth(text).replace(hyphens, '-'),
  PHONE: readPhone,
  ROAD: canonicalRoad,
  LANE_NUMBER: doorNumber('lane'),
  BUILDING_NUMBER: doorNumber('building'),
  ROOM_NUMBER: doorNumber('room'),
};

const hyphens = /[\u2010-\u2015\u2212]/g;
/** A part of a name that begins or ends with the separator: there it counts. */
const endsBetweenParts = /^[^\p{L}]|[^\p{L}]$/u;

/** The digits of a number, or of a part of one. */
function readPhone(text: string, isPart: boolean): string {
  const whole = parsePhone(text);
  if (whole.ok && !isPart) return whole.value;
  return toHalfWidth(text)
    .replace(hyphens, '-')
    .replace(/^\(?(?:\+|00)86\)?/, '')
    .replace(/[()[\]./-]/g, '');
}

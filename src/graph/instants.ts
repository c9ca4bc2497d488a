import { isCalendarDate } from '../identifiers/calendar-date.ts';

const form = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * An ISO 8601 instant with its offset, in UTC: `2007-03-01T08:00:00+08:00` → `2007-03-01T00:00:00.000Z`.
 * Microseconds stay, because answers show them, and what was shown must be found again. Undefined for
 * anything else, and for an instant outside the years 0001 to 9999 in UTC: the database writes those in
 * another notation.
 */
export function readInstant(text: string): string | undefined {
  const [, date, time, second = '00', fraction = '', offset] = form.exec(text) ?? [];
  // Date.parse alone takes 30 February for a day in March.
  if (!date || !isCalendarDate(date)) return undefined;
  const at = Date.parse(`${date}T${time}:${second}${offset}`);
  const utc = Number.isNaN(at) ? '' : new Date(at).toISOString();
  if (!/^(?!0000)\d{4}-/.test(utc)) return undefined;
  return `${utc.slice(0, 19)}.${fraction.padEnd(fraction.length > 3 ? 6 : 3, '0')}Z`;
}

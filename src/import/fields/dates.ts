import { isCalendarDate, isCalendarMonth } from '../../identifiers/calendar-date.ts';
import { toHalfWidth } from '../../identifiers/half-width.ts';

const separated = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const compact = /^(\d{4})(\d\d)(\d\d)$/;
const chinese = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/;
/** A spreadsheet adds midnight to a date. */
const midnight = /(?<=\d)[ T]0?0:00(:00)?$/;

/**
 * A date in one of the notations that departments write (2007-02-01, 2007/2/1, 2007.2.1, 20070201, 2007年2月1日)
 * as `YYYY-MM-DD`; undefined when it is none or does not stand in the calendar from 1900 on.
 */
export function readDate(text: string): string | undefined {
  if (isCalendarDate(text)) return text >= '1900' ? text : undefined;
  const trimmed = text.trim().replace(midnight, '');
  const plain = toHalfWidth(trimmed);
  if (plain.length === 10 && isCalendarDate(plain)) return plain >= '1900' ? plain : undefined;
  const parts = separated.exec(plain);
  const [year, month, day] = parts
    ? [parts[1], parts[3], parts[4]]
    : ((compact.exec(plain) ?? chinese.exec(plain))?.slice(1) ?? []);
  if (!year || !month || !day) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) && date >= '1900' ? date : undefined;
}

const clock = /^(.*?)[ T]+(\d{1,2}):(\d\d)(?::(\d\d))?$/;

/**
 * A date with a time of day as an instant of Shanghai (UTC+8 all year since 1992), e.g.
 * `2006-12-17T08:01:00+08:00`; a date alone is its midnight. Undefined when it is none.
 */
export function readInstant(text: string): { readonly date: string; readonly instant: string } | undefined {
  const plain = text.normalize('NFKC').trim();
  const parts = clock.exec(plain);
  const date = readDate(parts ? parts[1]! : plain);
  if (!date) return undefined;
  const [hour, minute, second] = parts ? [parts[2]!, parts[3]!, parts[4] ?? '00'] : ['00', '00', '00'];
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return { date, instant: `${date}T${hour.padStart(2, '0')}:${minute}:${second}+08:00` };
}

/** A month (2007-02, 2007/2, 2007.2, 200702, 2007年2月) as `YYYY-MM`; undefined when it is none. */
export function readMonth(text: string): string | undefined {
  const parts =
    /^(\d{4})[-/.](\d{1,2})$/.exec(toHalfWidth(text)) ??
    /^(\d{4})(\d\d)$/.exec(toHalfWidth(text)) ??
    /^(\d{4})年(\d{1,2})月$/.exec(toHalfWidth(text));
  if (!parts) return undefined;
  const month = `${parts[1]}-${parts[2]!.padStart(2, '0')}`;
  return isCalendarMonth(month) ? month : undefined;
}

/** The last calendar day, `YYYY-MM-DD`, of a month `YYYY-MM`. */
export function lastDayOf(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year!, number!, 0)).toISOString().slice(0, 10);
}

import { isCalendarDate, isCalendarMonth } from '../../identifiers/calendar-date.ts';
import { readChineseNumber } from '../../identifiers/chinese-number.ts';
import { toHalfWidth } from '../../identifiers/half-width.ts';

const separated = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const compact = /^(\d{4})(\d\d)(\d\d)$/;
const chinese = /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]$/;

/**
 * A date in one of the notations that departments write (2007-02-01, 2007/2/1, 2007.2.1, 20070201, 2007年2月1日,
 * 二〇〇七年二月一日) as `YYYY-MM-DD`, without a time of day that stands behind it; undefined when it is none or does
 * not stand in the calendar from 1900 on.
 */
export function readDate(text: string): string | undefined {
  if (isCalendarDate(text)) return text >= '1900' ? text : undefined;
  const plain = withArabicDate(text.normalize('NFKC').trim());
  return dateOf(plain) ?? splitInstant(plain)?.date;
}

function dateOf(text: string): string | undefined {
  const plain = toHalfWidth(text);
  if (plain.length === 10 && isCalendarDate(plain)) return plain >= '1900' ? plain : undefined;
  const parts = separated.exec(plain);
  const [year, month, day] = parts
    ? [parts[1], parts[3], parts[4]]
    : ((compact.exec(plain) ?? chinese.exec(plain))?.slice(1) ?? []);
  if (!year || !month || !day) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) && date >= '1900' ? date : undefined;
}

const chineseDate =
  /^([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,3})([日号])/;

function withArabicDate(text: string): string {
  return text.replace(chineseDate, (_, year, month, day, end) => {
    const [y, m, d] = [year, month, day].map(readChineseNumber);
    return `${y}年${m}月${d}${end}`;
  });
}

/** Behind a date: 8:01, 08:01:00.000, 8时1分, 下午3:05, 03:05:00 PM, with an offset from Greenwich perhaps. */
const clock =
  /^(.*?\d[日号]?)(?:[ T]+|(?<=[日号]))(上午|凌晨|早上|中午|下午|晚上|AM|PM)?\s*(\d{1,2})(?::|时|点|點|時)(?:(\d{1,2})(?:(?::|分)(?:(\d{1,2})(?:[.,](\d{1,9}))?秒?)?)?)?\s*(AM|PM|A\.M\.|P\.M\.)?\s*(Z|[+-]\d\d:?\d\d)?$/i;
const compactClock = /^(\d{8})[ T]?(\d\d)(\d\d)(\d\d)?(?:[.,](\d{1,9}))?$/;

interface SplitInstant {
  readonly date: string;
  /** `HH:MM:SS`, with a fraction only where one is not zero. */
  readonly time: string;
  /** `+08:00`; undefined where none is written. */
  readonly offset: string | undefined;
}

function splitInstant(plain: string): SplitInstant | undefined {
  const run = compactClock.exec(plain);
  const parts = run ? undefined : clock.exec(plain);
  const date = dateOf(run?.[1] ?? parts?.[1] ?? '');
  if (!date) return undefined;
  const [hour, minute, second, fraction] = run
    ? [Number(run[2]), run[3]!, run[4], run[5]]
    : [hourOf(parts![3]!, parts![2] ?? parts![7]), parts![4] ?? '00', parts![5], parts![6]];
  if (hour > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return undefined;
  const exact = fraction && Number(fraction) > 0 ? `.${fraction.slice(0, 6)}` : '';
  const time = `${[String(hour), minute, second ?? '00'].map((part) => part.padStart(2, '0')).join(':')}${exact}`;
  const offset = parts?.[8]
    ?.toUpperCase()
    .replace('Z', '+00:00')
    .replace(/^(...)(\d\d)$/, '$1:$2');
  return { date, time, offset };
}

/** The hour of 24; more than 23 for one that there is not. */
function hourOf(written: string, half: string | undefined): number {
  const hour = Number(written);
  if (half === undefined) return hour;
  const isLate = /^(?:下午|晚上|P)/i.test(half) || (half === '中午' && hour < 3);
  if (isLate) return hour < 12 ? hour + 12 : hour;
  return hour === 12 && half !== '中午' ? 0 : hour;
}

/**
 * A date with a time of day as an instant of Shanghai (UTC+8 all year since 1992), e.g.
 * `2006-12-17T08:01:00+08:00`; a date alone is its midnight, one with an offset keeps it. Undefined when it is none.
 */
export function readInstant(text: string): { readonly date: string; readonly instant: string } | undefined {
  const plain = withArabicDate(text.normalize('NFKC').trim());
  const found = splitInstant(plain);
  if (!found) {
    const date = dateOf(plain);
    return date ? { date, instant: `${date}T00:00:00+08:00` } : undefined;
  }
  const { date, time, offset } = found;
  if (offset === undefined || offset === '+08:00') return { date, instant: `${date}T${time}+08:00` };
  const written = `${date}T${time}${offset}`;
  const at = Date.parse(written);
  if (Number.isNaN(at)) return undefined;
  return { date: new Date(at + shanghai).toISOString().slice(0, 10), instant: written };
}

/** Milliseconds before Greenwich. */
const shanghai = 8 * 3_600_000;

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

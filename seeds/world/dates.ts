const dayMs = 86_400_000;

const numbers = new Map<string, number>();

/** Day number of a calendar date, from 1970; remembered. */
export function dayNumber(date: string): number {
  let day = numbers.get(date);
  if (day === undefined) {
    day = Date.parse(`${date}T00:00:00Z`) / dayMs;
    numbers.set(date, day);
  }
  return day;
}

const known = new Map<number, string>();
const compact = new Map<number, string>();

/** Calendar date of a day number; remembered, for the same days come again and again. */
export function dateOf(day: number): string {
  let date = known.get(day);
  if (date === undefined) {
    date = new Date(day * dayMs).toISOString().slice(0, 10);
    known.set(day, date);
  }
  return date;
}

/** The same as eight digits, as in identity numbers. */
export function compactDateOf(day: number): string {
  let date = compact.get(day);
  if (date === undefined) {
    date = dateOf(day).replaceAll('-', '');
    compact.set(day, date);
  }
  return date;
}

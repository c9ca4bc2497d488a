const dayMs = 86_400_000;

/** Day number of a calendar date, from 1970. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;

const known = new Map<number, string>();

/** Calendar date of a day number; remembered, for the same days come again and again. */
export function dateOf(day: number): string {
  let date = known.get(day);
  if (date === undefined) {
    date = new Date(day * dayMs).toISOString().slice(0, 10);
    known.set(day, date);
  }
  return date;
}

import { districtDay } from '../../identifiers/district-day.ts';

/**
 * The instant of an act, ISO 8601. Where the program stands at another day than the clock's, such as the demonstration's,
 * it is the same time on that day.
 * @param nowMs milliseconds since 1970
 */
export function instantOn(today: string, nowMs: number = Date.now()): string {
  const days = (Date.parse(today) - Date.parse(districtDay(nowMs))) / 86_400_000;
  return new Date(nowMs + days * 86_400_000).toISOString();
}

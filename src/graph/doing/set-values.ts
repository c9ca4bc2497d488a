import { addDays, addMonths } from '../../contract/deadlines/working-days.ts';
import type { Transition } from '../../contract/doing/transition.ts';

/** Who acts, and when. */
export interface Actor {
  readonly unit: string;
  readonly person: string;
  /** The district's calendar day. */
  readonly today: string;
  /** The instant, ISO 8601. */
  readonly now: string;
}

const laterForm = /^today\+(\d+)(d|wd|m)$/;

/**
 * The columns of the row that the effects of a transition set: `acceptedOn=today`, `dueOn=today+15wd`, `givenBy=person`.
 * @param workingDay a day so many working days later
 */
export function setValues(
  { effects }: Transition,
  actor: Actor,
  workingDay: (day: string, count: number) => string,
): ReadonlyMap<string, unknown> {
  return new Map(
    effects.flatMap((effect) =>
      effect.kind === 'set' ? [[effect.property, written(effect.value, actor, workingDay)] as const] : [],
    ),
  );
}

function written(
  value: string,
  { unit, person, today, now }: Actor,
  workingDay: (day: string, count: number) => string,
): unknown {
  const [, count, measure] = laterForm.exec(value) ?? [];
  if (count && measure === 'wd') return workingDay(today, Number(count));
  if (count && measure === 'm') return addMonths(today, Number(count));
  if (count) return addDays(today, Number(count));
  switch (value) {
    case 'today':
      return today;
    case 'now':
      return now;
    case 'person':
      return person;
    case 'unit':
      return unit;
    case 'null':
      return null;
    case 'true':
    case 'false':
      return value === 'true';
    default:
      return value;
  }
}

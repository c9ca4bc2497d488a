import type { Fill } from './department-doing.ts';
import { type DoneRecord, storedColumns } from './doing-plan.ts';
import type { Transition } from './transition.ts';

/**
 * The fills of an event whose condition holds or not before anything is given: the event's input gives none of what they
 * compare. So they can be told like guards, with what can be done.
 */
export function storedConditions(
  { record, fills }: DoneRecord,
  { input, effects }: Pick<Transition, 'input' | 'effects'>,
): readonly Fill[] {
  const given = new Set(
    input.flatMap(({ field }) => [...(storedColumns(record.fields.get(field))?.values() ?? [])]),
  );
  return effects.flatMap((effect) => {
    const fill = effect.kind === 'function' ? fills.get(effect.name) : undefined;
    return fill?.compares && !fill.compares.some((property) => given.has(property)) ? [fill] : [];
  });
}

import { type DoneRecord, storedColumns } from './doing-plan.ts';
import type { Transition } from './transition.ts';

/** The properties of a record's table that an event writes: by what is given, by what its effects set, by its fills. */
export function writtenProperties(
  { record, fills }: Pick<DoneRecord, 'record' | 'fills'>,
  { input, effects }: Pick<Transition, 'input' | 'effects'>,
): readonly string[] {
  return [
    ...input.flatMap(({ field }) => [...(storedColumns(record.fields.get(field))?.values() ?? [])]),
    ...effects.flatMap((effect) =>
      effect.kind === 'set' ? [effect.property] : (fills.get(effect.name)?.sets ?? []),
    ),
  ];
}

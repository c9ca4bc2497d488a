import type { FillFault, Filling, System } from '../../contract/doing/department-doing.ts';
import type { DoingPlan } from '../../contract/doing/doing-plan.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import { InputFaults, invalid } from './user-errors.ts';

/**
 * The columns that a transition's fills set, each knowing what those before it have set.
 * @param at where in the input the fields of the row stand
 * @throws InputFaults where one of them finds that the input cannot stand
 */
export async function runFills(
  { fills }: DoingPlan,
  { effects }: Transition,
  system: Pick<System, 'row' | 'rows'>,
  read: () => Promise<Filling>,
  at: readonly string[] = [],
): Promise<ReadonlyMap<string, unknown>> {
  const made = new Map<string, unknown>();
  let filling: Filling | undefined;
  for (const effect of effects) {
    const fill = effect.kind === 'function' ? fills.get(effect.name) : undefined;
    if (!fill) continue;
    filling ??= await read();
    const given = { ...filling.given, ...Object.fromEntries(made) };
    const found = await fill.fill({ ...filling, given }, system);
    if (isFault(found)) throw new InputFaults([invalid([...at, ...found.path], found.en, found.zh)]);
    for (const [property, value] of Object.entries(found)) made.set(property, value);
  }
  return made;
}

export const isFault = (found: object): found is FillFault =>
  'path' in found && 'en' in found && 'zh' in found;

import type { System } from '../../../contract/doing/department-doing.ts';

/** Adds and takes away flags of data quality of a person; nothing where nothing changes. */
export async function changeFlags(
  personId: string,
  { add = [], remove = [] }: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
  system: System,
): Promise<void> {
  const person = await system.row('Migrant', personId);
  if (!person) return;
  const held = person.qualityFlags as readonly string[];
  const kept = held.filter((flag) => !remove.includes(flag));
  const qualityFlags = [...kept, ...add.filter((flag) => !kept.includes(flag))];
  if (qualityFlags.length === held.length && qualityFlags.every((flag) => held.includes(flag))) return;
  await system.change('Migrant', personId, 'flag', { qualityFlags });
}

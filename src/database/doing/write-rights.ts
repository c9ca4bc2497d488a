import { type DoneRecord, storedColumns, transitionsFor } from '../../contract/doing/doing-plan.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import type { RecordModel } from '../../contract/model/record.ts';
import type { ViewerName } from '../../identity/viewers.ts';

/** What every new row says of itself. */
const ofNewRows = ['id', 'createdBy', 'sourceSystem'];
/** Where a new row belongs; it is filled in from the acting unit where the row's person does not say it. */
const ofPlace = ['subdistrictCode', 'stationCode', 'neighbourhoodCode'];
/** The columns that a write looks at to find the row as it was read. */
export const comparedColumns = ['id', 'record_version'] as const;

/** The columns that a viewer's role may write, by name, in a fixed order. */
export interface WriteColumns {
  readonly insert: readonly string[];
  readonly update: readonly string[];
}

/** By the rows of the do-matrix that are open to a viewer; what no row lets it write, it may not write. */
export function writeColumns(done: DoneRecord, viewer: ViewerName): WriteColumns {
  const open = transitionsFor(done, viewer);
  return {
    insert: columnsOf(
      done,
      open.filter(({ from }) => from === 'NEW'),
      [...ofNewRows, ...ofPlace],
    ),
    update: columnsOf(
      done,
      open.filter(({ from }) => from !== 'NEW'),
      [],
    ),
  };
}

function columnsOf(
  { record, state, fills }: DoneRecord,
  transitions: readonly Transition[],
  always: readonly string[],
): string[] {
  if (transitions.length === 0) return [];
  const properties = new Set([...always, 'asOf', ...(state ? [state] : [])]);
  for (const { input, effects, territory } of transitions) {
    for (const { field } of input)
      for (const property of storedColumns(record.fields.get(field))?.values() ?? [])
        properties.add(property);
    for (const effect of effects)
      if (effect.kind === 'set') properties.add(effect.property);
      else for (const property of fills.get(effect.name)?.sets ?? []) properties.add(property);
    if (always.length > 0)
      for (const rule of territory) if ('property' in rule) properties.add(rule.property);
  }
  return columnNames(record, properties);
}

const columnNames = ({ columns }: RecordModel, properties: Iterable<string>): string[] =>
  [...properties].flatMap((property) => columns[property]?.name ?? []).sort();

/** Whether a transition can move the row out of the actor's territory: it writes what the rule compares. */
export function leavesTerritory(
  { record, fills }: DoneRecord,
  { territory, input, effects }: Transition,
): boolean {
  const written = new Set([
    ...input.flatMap(({ field }) => [...(storedColumns(record.fields.get(field))?.values() ?? [])]),
    ...effects.flatMap((effect) =>
      effect.kind === 'set' ? [effect.property] : (fills.get(effect.name)?.sets ?? []),
    ),
  ]);
  return territory.some((rule) => 'property' in rule && written.has(rule.property));
}

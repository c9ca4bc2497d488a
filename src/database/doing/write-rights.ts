import { type DoneRecord, transitionsFor } from '../../contract/doing/doing-plan.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import { writtenProperties } from '../../contract/doing/written.ts';
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
  done: DoneRecord,
  transitions: readonly Transition[],
  always: readonly string[],
): string[] {
  if (transitions.length === 0) return [];
  const { record, state } = done;
  const properties = new Set([...always, 'asOf', ...(state ? [state] : [])]);
  for (const row of transitions) {
    for (const property of writtenProperties(done, row)) properties.add(property);
    if (always.length > 0)
      for (const rule of row.territory) if ('property' in rule) properties.add(rule.property);
  }
  return columnNames(record, properties);
}

const columnNames = ({ columns }: RecordModel, properties: Iterable<string>): string[] =>
  [...properties].flatMap((property) => columns[property]?.name ?? []).sort();

/** Whether a transition can move the row out of the actor's territory: it writes what the rule compares. */
export function leavesTerritory(done: DoneRecord, row: Transition): boolean {
  const written = writtenProperties(done, row);
  return row.territory.some((rule) => 'property' in rule && written.includes(rule.property));
}

import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { literal } from './plpgsql.ts';
import { type WriteColumns, writeColumns } from './write-rights.ts';

const commandOf = ({ from }: Transition): keyof WriteColumns => (from === 'NEW' ? 'insert' : 'update');

/**
 * The columns that a viewer's role may write by other rows of the do-matrix, not by this one. The role's grants know of no
 * event, so the trigger holds a write to the columns of the event that it declares.
 */
export function barredColumns(done: DoneRecord, row: Transition, viewer: ViewerName): readonly string[] {
  const command = commandOf(row);
  const own = new Set(writeColumns({ ...done, transitions: [row] }, viewer)[command]);
  return writeColumns(done, viewer)[command].filter((column) => !own.has(column));
}

/** The columns that some event bars and a write changes, as an expression of a trigger: `text[]`. */
export function changedColumns(done: DoneRecord): string {
  const barred = { insert: new Set<string>(), update: new Set<string>() };
  for (const row of done.transitions)
    for (const viewer of row.viewers)
      for (const column of barredColumns(done, row, viewer)) barred[commandOf(row)].add(column);
  const changed = [...new Set([...barred.insert, ...barred.update])].sort().map((column) => {
    // Of a new row `old` is null: what is left out has the column's default.
    const before = barred.insert.has(column) ? defaultOf(done, column) : null;
    const was =
      before === null
        ? `old."${column}"`
        : `case tg_op when 'INSERT' then ${before} else old."${column}" end`;
    return `case when new."${column}" is distinct from ${was} then ${literal(column)} end`;
  });
  return changed.length === 0 ? `'{}'::text[]` : `array[${changed.join(', ')}]`;
}

/** @throws Error for a default that is no plain value: nothing could be compared with it */
function defaultOf({ record }: DoneRecord, name: string): string | null {
  const column = Object.values(record.columns).find((each) => each.name === name);
  const held: unknown = column?.default ?? null;
  if (held === null) return null;
  if (typeof held === 'object')
    throw new Error(
      `${record.name}: the default of ${name} is no plain value, so no event can be held to its columns.`,
    );
  return typeof held === 'string' ? literal(held) : String(held);
}

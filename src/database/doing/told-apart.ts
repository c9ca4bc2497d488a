import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import type { Transition } from '../../contract/doing/transition.ts';

/**
 * The events that a role could pass off as another of its own: from the same state to the same. Of each two such events at
 * least one stands here. A write along one of them is held to the event that was declared when the row was written.
 */
export function toldApart({ transitions }: DoneRecord): readonly string[] {
  const states = [
    ...new Set(transitions.flatMap(({ from, to }) => [...(Array.isArray(from) ? from : []), to])),
  ];
  const changes = (row: Transition): readonly string[] =>
    row.from === 'NEW'
      ? [`– ${row.to}`]
      : (row.from === 'ANY' ? states : row.from).map((was) => `${was} ${row.to ?? was}`);
  const told = new Set<string>();
  for (const row of transitions)
    for (const other of transitions) {
      if (row.event === other.event || told.has(row.event) || told.has(other.event)) continue;
      if (![...row.viewers].some((viewer) => other.viewers.has(viewer))) continue;
      if (changes(row).some((change) => changes(other).includes(change))) told.add(row.event);
    }
  return [...told].sort();
}

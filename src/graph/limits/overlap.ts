import { type FieldNode, Kind, type SelectionSetNode } from 'graphql';
import type { Fragments } from './fragments.ts';

/**
 * Pairs of fields that validation compares because they answer under one name in one place. Ten times the
 * same field make a hundred pairs. Fields are gathered as in execution, fragments included.
 * @param limit counting ends beyond it; the document must be known to have a bounded number of selections
 */
export function countOverlaps(set: SelectionSetNode, fragments: Fragments, limit: number): number {
  let pairs = 0;
  let level: (readonly SelectionSetNode[])[] = [[set]];
  while (level.length > 0 && pairs <= limit) {
    const below: (readonly SelectionSetNode[])[] = [];
    for (const sets of level)
      for (const fields of gather(sets, fragments).values()) {
        pairs += fields.length * fields.length;
        const inner = fields.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
        if (inner.length > 0) below.push(inner);
      }
    level = below;
  }
  return pairs;
}

/** The fields of selection sets by the name under which they answer. */
function gather(sets: readonly SelectionSetNode[], fragments: Fragments): Map<string, FieldNode[]> {
  const gathered = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const open = [...sets];
  for (let set = open.pop(); set; set = open.pop())
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const fields = gathered.get(name);
        if (fields) fields.push(selection);
        else gathered.set(name, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) open.push(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) open.push(fragment.selectionSet);
      }
    }
  return gathered;
}

import { parseNodeId } from '../node-id.ts';

/** The type names in the ids of `node(id:)` and `nodes(ids:)`; what is no id names none. */
export function nodeTypes(args: Readonly<Record<string, unknown>>): string[] {
  const ids = [args.id, ...(Array.isArray(args.ids) ? args.ids : [])];
  return ids.flatMap((id) => {
    try {
      return typeof id === 'string' ? [parseNodeId(id).type] : [];
    } catch {
      return [];
    }
  });
}

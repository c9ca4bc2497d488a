import type { RecordModel } from '../../contract/model/record.ts';
import { filterTooBroad } from '../read-errors.ts';
import type { Condition, Filter } from './filter.ts';
import type { ReadSession } from './session.ts';
import { keySetStatement } from './statement.ts';

/** So many keys are carried from one server to another; a broader filter is refused, never cut short. */
export const keySetLimit = 50_000;

/**
 * A filter over records of another server cannot be joined in the database: the keys that match there are read
 * first and compared here. On one server the filter stays as it is. Both ways give the same rows.
 * @throws FilterTooBroad when more than 50,000 keys match on the other server.
 */
export async function joinAcrossServers(
  record: RecordModel,
  filter: Filter,
  session: ReadSession,
): Promise<Filter> {
  const values = [...filter.values];
  const marks: string[] = [];
  const condition = await localise(filter.condition, record);
  return { shape: filter.shape + marks.join(''), condition, values };

  async function localise(part: Condition, at: RecordModel): Promise<Condition> {
    if (part.kind === 'and' || part.kind === 'or') {
      const parts: Condition[] = [];
      for (const inner of part.parts) parts.push(await localise(inner, at));
      return { ...part, parts };
    }
    if (part.kind === 'not') return { ...part, part: await localise(part.part, at) };
    if (part.kind !== 'related') return part;
    const inner = await localise(part.part, part.record);
    if (session.engine.sameServer(at.store, part.record.store)) return { ...part, part: inner };
    const key = { name: 'id', type: part.record.keyType };
    const far = part.via.direction === 'many' ? part.via.column : key;
    const statement = keySetStatement(part.record, far.name, inner, session.context);
    const bound = Object.fromEntries(values.map((value, i) => [`f${i}`, value]));
    const rows = await session.run<{ id: string }>(statement, { ...bound, limit: keySetLimit + 1 });
    if (rows.length > keySetLimit) throw filterTooBroad(part.record.name, keySetLimit);
    values.push(rows.map((row) => row.id));
    marks.push(`#${far.name}`);
    const column = part.via.direction === 'many' ? { name: 'id', type: at.keyType } : part.via.column;
    return { kind: 'keys', column, quantifier: part.quantifier, slot: values.length - 1 };
  }
}

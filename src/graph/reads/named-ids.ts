import { presented } from '../../contract/doing/taking-in.ts';
import { getRecord, type RecordModel } from '../../contract/model/record.ts';
import { seesShielded } from '../../database/rows/scope-sql.ts';
import { askRegistrar } from '../read-errors.ts';
import type { RequestReads } from './request-reads.ts';
import { exactLookupStatement, takeInStatement, visibleStatement } from './statement.ts';

// Ids without a value of the record: whom a number names, and which ids the viewer may use. Each look is in the log.

type Reads = Pick<RequestReads, 'session' | 'lookedFor' | 'sink'>;

/**
 * The id of the record with a presented number, by the rules of `RequestReads.exactLookup`.
 * @throws AskRegistrar for a shielded person
 */
export async function presentedId(
  { session, lookedFor }: Reads,
  type: string,
  property: string,
  number: string,
): Promise<string | null> {
  const record = getRecord(session.engine.model, type);
  const statement = session.statement(`presented|${record.name}.${property}`, (context) =>
    exactLookupStatement(record, property, context),
  );
  const [[found]] = await Promise.all([
    session.run<{ id: string; shielded: boolean }>(statement, { number }),
    lookedFor?.presented(record, property, number),
  ]);
  if (!found) return null;
  if (found.shielded && !seesShielded(record.source.scope, session.viewer.department)) throw askRegistrar();
  session.scope.presented.push(found.id);
  return found.id;
}

/**
 * The id of the person with a presented number, whom a department takes in by a record that it makes. It learns nothing
 * else of the person, so a shielded one is like any other.
 */
export async function takenInId({ session, lookedFor }: Reads, number: string): Promise<string | null> {
  const { type, property } = presented;
  const record = getRecord(session.engine.model, type);
  const statement = session.statement('takes in', (context) => takeInStatement(record, context));
  const [[found]] = await Promise.all([
    session.run<{ id: string }>(statement, { number }),
    lookedFor?.presented(record, property, number),
  ]);
  return found?.id ?? null;
}

/** Those of some local ids whose records the viewer sees. */
export async function visibleIds(
  { session, sink }: Reads,
  record: RecordModel,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const statement = session.statement(`visible|${record.name}`, (context) =>
    visibleStatement(record, context),
  );
  for (const key of keys) sink?.asked(record, key);
  const rows = await session.run<{ id: string }>(statement, { keys });
  return new Set(rows.map(({ id }) => id));
}

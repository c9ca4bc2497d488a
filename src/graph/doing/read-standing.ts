import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import type { ReadSession } from '../reads/session.ts';
import { repeatedStatement, standingStatement, standingsStatement } from './write-statement.ts';

/** How a record stands for a viewer who may act on records of its type. */
export interface Standing {
  readonly state: string | null;
  readonly version: number;
  /** The territory rules that hold for the viewer. */
  readonly yours: readonly string[];
  /** The guards that do not hold. */
  readonly missing: readonly string[];
  /** By deadline, as the table writes it: the end of the day, or the instant. */
  readonly due: Readonly<Record<string, string | null>>;
}

/** What a key has made already. */
export interface Repeated {
  readonly body: string;
  readonly record_type: string;
  readonly record_id: string;
  readonly version: number;
}

/** One record, and what the call's key has made: one statement. Without a standing the viewer does not see the record. */
export async function readStanding(
  session: ReadSession,
  done: DoneRecord,
  id: string,
  key: string | null,
  person: string,
): Promise<{ readonly standing: Standing | null; readonly repeated: Repeated | null }> {
  const viewer = session.viewer.department;
  const statement = session.statement(`standing|${done.record.name}`, () => standingStatement(done, viewer));
  const [row] = await session.run<
    { [K in keyof Standing]: Standing[K] | null } & { repeated: Repeated | null }
  >(statement, { id, key, person });
  if (!row) throw new Error('A statement of one row gave none.');
  const { state, version, yours, missing, due, repeated } = row;
  return {
    standing:
      version === null
        ? null
        : { state, version, yours: yours ?? [], missing: missing ?? [], due: due ?? {} },
    repeated,
  };
}

/** Several records by local id; those that the viewer does not see are left out. */
export async function readStandings(
  session: ReadSession,
  done: DoneRecord,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const viewer = session.viewer.department;
  const statement = session.statement(`standings|${done.record.name}`, () =>
    standingsStatement(done, viewer),
  );
  const rows = await session.run<Standing & { id: string }>(statement, { keys });
  return new Map(rows.map((row) => [row.id, row]));
}

/** What a key has made, in a record's database. */
export async function readRepeated(
  session: ReadSession,
  { record }: DoneRecord,
  key: string,
  person: string,
): Promise<Repeated | null> {
  const statement = session.statement(`repeated|${record.store}`, () => repeatedStatement(record.store));
  const [row] = await session.run<Repeated & Record<string, unknown>>(statement, { key, person });
  return row ?? null;
}

import { sql } from 'drizzle-orm';
import type { Values } from '../../contract/doing/department-doing.ts';
import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import { doneRequests, recordEvents } from '../../database/doing/tables.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { compile, type Statement } from '../reads/statement.ts';
import type { Actor } from './set-values.ts';
import { newId, rowValues, type WriteParts } from './write.ts';
import { announced, named, p } from './write-statement.ts';

/** New rows of one record type, which the system makes together. */
export interface ManyRows {
  readonly done: DoneRecord;
  readonly transition: Transition;
  readonly rows: readonly Values[];
  readonly actor: Actor & { readonly viewer: string };
  readonly key: string;
}

/** @throws Error where the rows do not give the same properties */
export function prepareMany(
  { calendar }: WriteParts,
  { done, transition, rows, actor, key }: ManyRows,
  cache: (key: string, make: () => Statement) => Statement,
): { readonly statement: Statement; readonly values: Readonly<Record<string, unknown>> } {
  const made = rows.map((values) => {
    const row = {
      done,
      transition,
      target: null,
      newId: newId(),
      values: new Map(Object.entries(values)),
      fields: new Set<string>(),
    };
    return rowValues(row, { actor }, calendar);
  });
  const { record } = done;
  const shapes = made.map((row) => [...row.keys()].filter((name) => record.columns[name]).sort());
  const [properties] = shapes;
  if (!properties || shapes.some((shape) => shape.join() !== properties.join()))
    throw new Error(`The ${record.name} that are made together do not give the same properties.`);
  const columnsOf = (row: ReadonlyMap<string, unknown>) =>
    properties.map((property) => [record.columns[property]!.name, row.get(property) ?? null]);
  return {
    statement: cache(`write many|${record.name}|${properties.join()}`, () =>
      writeManyStatement(done, properties),
    ),
    values: {
      rows: JSON.stringify(made.map((row) => Object.fromEntries(columnsOf(row)))),
      event: transition.event,
      becomes: transition.to,
      recordType: record.name,
      recordId: made[0]!.get('id'),
      viewer: actor.viewer,
      actingUnit: actor.unit,
      person: actor.person,
      at: actor.now,
      key,
      body: '',
      fields: Object.keys(rows[0]!),
    },
  };
}

/**
 * New rows of one record type by one event, all or none, as one statement: the key is claimed once for all of them. The rows
 * come as one document (`rows`), in which each has the same `properties`, so that one plan serves any number of them. It
 * answers how many were written: none where the key was used.
 */
export function writeManyStatement({ record }: DoneRecord, properties: readonly string[]): Statement {
  const columns = properties.map((property) => record.columns[property]!);
  const names = sql.join(
    columns.map(({ name }) => named(name)),
    sql`, `,
  );
  const typed = sql.raw(columns.map((column) => `"${column.name}" ${column.getSQLType()}`).join(', '));
  return compile(
    record.store,
    sql`with "claim" as (insert into ${doneRequests} ("unit", "person", "key", "body", "record_type", "record_id", "version", "event")
    select ${p('actingUnit', 'text')}, ${p('person', 'text')}, ${p('key', 'text')}, ${p('body', 'text')}, ${p('recordType', 'text')}, ${p('recordId', 'text')}, 1, ${p('event', 'text')}
    on conflict do nothing returning ${announced} as "said"),
  "written" as (insert into ${sql.raw(quotedTableOf(record.source.table))} (${names}) select ${names} from "claim", jsonb_to_recordset(${p('rows', 'text::jsonb')}) as "made"(${typed}) where "said" is not null returning "id"),
  "events" as (insert into ${recordEvents} ("record_type", "record_id", "version", "event", "from_state", "to_state", "viewer", "acting_unit", "person", "at", "fields")
    select ${p('recordType', 'text')}, "id"::text, 1, ${p('event', 'text')}, null, ${p('becomes', 'text')}, ${p('viewer', 'text')}, ${p('actingUnit', 'text')}, ${p('person', 'text')}, ${p('at', 'timestamptz')}, ${p('fields', 'text[]')} from "written")
  select count(*)::int as "written" from "written"`,
  );
}

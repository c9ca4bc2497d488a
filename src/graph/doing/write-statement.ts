import { type SQL, sql } from 'drizzle-orm';
import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import { standingFunction } from '../../database/doing/standing.ts';
import { doneRequests, recordEvents } from '../../database/doing/tables.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { compile, type Statement } from '../reads/statement.ts';

const p = (name: string, type: string): SQL => sql`${sql.placeholder(name)}${sql.raw(`::${type}`)}`;
const named = (name: string): SQL => sql.raw(`"${name}"`);

/** How a record stands for the viewer, and what the call's key has made already: one row (`id`, `key`, `person`). */
export const standingStatement = ({ record }: DoneRecord, viewer: ViewerName): Statement =>
  compile(
    record.store,
    sql`select "s".*, (select row_to_json(d) from ${doneRequests} d where d.unit = ${sql.placeholder('unit')} and d.person = ${p('person', 'text')} and d.key = ${p('key', 'text')}) as "repeated"
    from (select 1) "one" left join lateral ${sql.raw(standingFunction(record.name, viewer))}(${p('id', record.keyType)}) "s" on true`,
  );

/** How several records stand (`keys`). */
export const standingsStatement = ({ record }: DoneRecord, viewer: ViewerName): Statement =>
  compile(
    record.store,
    sql`select "k"."id"::text as "id", "s".* from unnest(${p('keys', `${record.keyType}[]`)}) "k"("id") cross join lateral ${sql.raw(standingFunction(record.name, viewer))}("k"."id") "s"`,
  );

/** What a key has made (`key`, `person`). */
export const repeatedStatement = (store: string): Statement =>
  compile(
    store,
    sql`select d.* from ${doneRequests} d where d.unit = ${sql.placeholder('unit')} and d.person = ${p('person', 'text')} and d.key = ${p('key', 'text')}`,
  );

/** What a write looks like: which columns it sets, and how. */
export interface WriteShape {
  readonly done: DoneRecord;
  readonly isNew: boolean;
  /** The properties that it writes; their values are parameters `v.<property>`. */
  readonly properties: readonly string[];
  readonly hasKey: boolean;
  /** Over the columns of the new row: whether it lies in the actor's territory. */
  readonly within: SQL | null;
}

/**
 * A write as one statement, and so one transaction: the key is claimed, the row is written as it was read, the event is
 * added. It answers whether the key was claimed and the row written. The row is not written where the key was used or
 * the version is another; then nothing else is.
 */
export function writeStatement({ done, isNew, properties, hasKey, within }: WriteShape): Statement {
  const { record } = done;
  const table = sql.raw(quotedTableOf(record.source.table));
  const current = sql`"t"."id" = ${p('id', record.keyType)} and "t"."record_version" = ${p('version', 'int')}`;
  const announced = sql`set_config('laihu.event', ${p('event', 'text')}, true)`;
  const becomes = isNew ? sql`1` : sql`${p('version', 'int')} + 1`;
  const claim = hasKey
    ? sql`insert into ${doneRequests} ("unit", "person", "key", "body", "record_type", "record_id", "version", "event")
      select ${p('actingUnit', 'text')}, ${p('person', 'text')}, ${p('key', 'text')}, ${p('body', 'text')}, ${p('recordType', 'text')}, ${p('recordId', 'text')}, ${becomes}, ${p('event', 'text')}
      ${isNew ? sql`` : sql`where exists (select 1 from ${table} "t" where ${current})`}
      on conflict do nothing returning ${announced} as "said"`
    : sql`select ${announced} as "said"`;
  const values = properties.map((property) => {
    const column = record.columns[property]!;
    return { column: named(column.name), value: p(`v.${property}`, column.getSQLType()) };
  });
  const columns = sql.join(
    values.map(({ column }) => column),
    sql`, `,
  );
  const write = isNew
    ? sql`insert into ${table} (${columns}) select ${sql.join(
        values.map(({ value }) => value),
        sql`, `,
      )} from "claim" where "said" is not null returning ${within ?? sql`true`} as "yours"`
    : sql`update ${table} "t" set ${sql.join(
        values.map(({ column, value }) => sql`${column} = ${value}`),
        sql`, `,
      )} from "claim" where "said" is not null and ${current} returning true as "yours"`;
  return compile(
    record.store,
    sql`with "claim" as (${claim}), "written" as (${write}), "event" as (
    insert into ${recordEvents} ("record_type", "record_id", "version", "event", "from_state", "to_state", "viewer", "acting_unit", "person", "at", "reason", "fields")
    select ${p('recordType', 'text')}, ${p('recordId', 'text')}, ${becomes}, ${p('event', 'text')}, ${p('was', 'text')}, ${p('becomes', 'text')}, ${p('viewer', 'text')}, ${p('actingUnit', 'text')}, ${p('person', 'text')}, ${p('at', 'timestamptz')}, ${p('why', 'text')}, ${p('fields', 'text[]')} from "written" where "yours"
  ), "counted" as (select (select count(*) from "claim") as "claimed", (select count(*) from "written") as "written", (select bool_and("yours") from "written") as "yours")
  select "claimed"::int, "written"::int, case when "written" = 1 and "yours" is not true then sealed.refuse('LH006') when "claimed" = 1 and "written" = 0 then sealed.refuse('LH005') end as "refused" from "counted"`,
  );
}

/** What has changed a record since a version (`id`, `version`, `recordType`). */
export const changesStatement = ({ record }: DoneRecord): Statement =>
  compile(
    record.store,
    sql`select "version", "fields" from ${recordEvents} where "record_type" = ${p('recordType', 'text')} and "record_id" = ${p('recordId', 'text')} and "version" > ${p('version', 'int')} order by "version"`,
  );

import { type SQL, sql } from 'drizzle-orm';
import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import { standingFunction } from '../../database/doing/standing.ts';
import { doneRequests, recordEvents } from '../../database/doing/tables.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { compile, type Statement } from '../reads/statement.ts';

/** A parameter of a statement. */
export const p = (name: string, type: string): SQL => sql`${sql.placeholder(name)}${sql.raw(`::${type}`)}`;
/** A column by its name. */
export const named = (name: string): SQL => sql.raw(`"${name}"`);

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

/** A document comes as its text: as a document the client would write the text once more. */
const writtenAs = (type: string): string => (type === 'jsonb' ? 'text::jsonb' : type);

/** What a write looks like: which columns of a row it sets, and how. */
export interface WriteShape {
  readonly done: DoneRecord;
  readonly isNew: boolean;
  /** The properties that it writes; their values are parameters `<n>.v.<property>`. */
  readonly properties: readonly string[];
  /** Over the columns of the new row: whether it lies in the actor's territory. */
  readonly within: SQL | null;
}

/**
 * A write as one statement, and so one transaction: the key is claimed, the row is written as it was read, the event is
 * added; and so for further new rows that belong to it. It answers whether the key was claimed and how many rows were
 * written. The row is not written where the key was used or the version is another; then nothing else is.
 * @param rows the row that the call is about, then new ones that belong to it
 */
export function writeStatement(rows: readonly WriteShape[], hasKey: boolean): Statement {
  const { record } = rows[0]!.done;
  const written = rows.map((_, n) => sql.raw(`"written${n}"`));
  const claim = hasKey ? claimSql(rows[0]!) : sql`select ${announced} as "said"`;
  const parts = rows.flatMap((row, n) => {
    const before = n === 0 ? sql`"claim" where "said" is not null` : sql`${written[n - 1]!} where true`;
    return [
      sql`${written[n]!} as (${rowSql(row, n, before)})`,
      sql`${sql.raw(`"event${n}"`)} as (${eventSql(row, n, written[n]!)})`,
    ];
  });
  const all = sql.join(
    written.map((name) => sql`select "yours" from ${name}`),
    sql` union all `,
  );
  const count = sql.raw(String(rows.length));
  return compile(
    record.store,
    sql`with "claim" as (${claim}), ${sql.join(parts, sql`, `)},
  "counted" as (select (select count(*) from "claim") as "claimed", count(*) as "written", bool_and("yours") as "yours" from (${all}) "all")
  select "claimed"::int, ("written" = ${count})::int as "written", case when "written" > 0 and ("yours" is not true or "written" <> ${count}) then sealed.refuse('LH006') when "claimed" = 1 and "written" = 0 then sealed.refuse('LH005') end as "refused" from "counted"`,
  );
}

/** Says for which event the statement writes: the second wall asks for it. */
export const announced = sql`set_config('laihu.event', ${p('event', 'text')}, true)`;

const tableOf = ({ done }: WriteShape): SQL => sql.raw(quotedTableOf(done.record.source.table));

const isCurrent = ({ done: { record } }: WriteShape): SQL =>
  sql`"t"."id" = ${p('0.id', record.keyType)} and "t"."record_version" = ${p('0.version', 'int')}`;

const versionAfter = ({ isNew }: WriteShape, n: number): SQL =>
  isNew ? sql`1` : sql`${p(`${n}.version`, 'int')} + 1`;

function claimSql(row: WriteShape): SQL {
  const unlessStale = row.isNew
    ? sql``
    : sql` where exists (select 1 from ${tableOf(row)} "t" where ${isCurrent(row)})`;
  return sql`insert into ${doneRequests} ("unit", "person", "key", "body", "record_type", "record_id", "version", "event")
    select ${p('actingUnit', 'text')}, ${p('person', 'text')}, ${p('key', 'text')}, ${p('body', 'text')}, ${p('0.recordType', 'text')}, ${p('0.recordId', 'text')}, ${versionAfter(row, 0)}, ${p('event', 'text')}${unlessStale}
    on conflict do nothing returning ${announced} as "said"`;
}

function rowSql(row: WriteShape, n: number, before: SQL): SQL {
  const { done, isNew, properties, within } = row;
  const values = properties.map((property) => {
    const column = done.record.columns[property]!;
    return { column: named(column.name), value: p(`${n}.v.${property}`, writtenAs(column.getSQLType())) };
  });
  const list = (parts: readonly SQL[]) => sql.join([...parts], sql`, `);
  return isNew
    ? sql`insert into ${tableOf(row)} (${list(values.map(({ column }) => column))}) select ${list(values.map(({ value }) => value))} from ${before} returning ${within ? withinSql(done, within, n, properties) : sql`true`} as "yours"`
    : sql`update ${tableOf(row)} "t" set ${list(values.map(({ column, value }) => sql`${column} = ${value}`))} from ${before} and ${isCurrent(row)} returning true as "yours"`;
}

/** How the condition of a new row's place names the row. */
export const newRowAlias = 'made';

/**
 * The place of a new row is looked at as it is given, not as it was written: the role that writes a column need not read
 * it.
 */
function withinSql({ record }: DoneRecord, within: SQL, n: number, properties: readonly string[]): SQL {
  const given = new Set(properties);
  const columns = Object.entries(record.columns).map(([property, column]) => {
    const type = column.getSQLType();
    return sql`${given.has(property) ? p(`${n}.v.${property}`, writtenAs(type)) : sql.raw(`null::${type}`)} as ${named(column.name)}`;
  });
  return sql`(select ${within} from (select ${sql.join(columns, sql`, `)}) "${sql.raw(newRowAlias)}")`;
}

const eventSql = (row: WriteShape, n: number, written: SQL): SQL =>
  sql`insert into ${recordEvents} ("record_type", "record_id", "version", "event", "from_state", "to_state", "viewer", "acting_unit", "person", "at", "reason", "fields")
    select ${p(`${n}.recordType`, 'text')}, ${p(`${n}.recordId`, 'text')}, ${versionAfter(row, n)}, ${p('event', 'text')}, ${p(`${n}.was`, 'text')}, ${p(`${n}.becomes`, 'text')}, ${p('viewer', 'text')}, ${p('actingUnit', 'text')}, ${p('person', 'text')}, ${p('at', 'timestamptz')}, ${p('why', 'text')}, ${p(`${n}.fields`, 'text[]')} from ${written} where "yours"`;

/** What has changed a record since a version (`id`, `version`, `recordType`). */
export const changesStatement = ({ record }: DoneRecord): Statement =>
  compile(
    record.store,
    sql`select "version", "fields" from ${recordEvents} where "record_type" = ${p('recordType', 'text')} and "record_id" = ${p('recordId', 'text')} and "version" > ${p('version', 'int')} order by "version"`,
  );

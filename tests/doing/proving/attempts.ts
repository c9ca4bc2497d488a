import type { Sql } from 'postgres';

// Attempts by SQL as a role: the owner of a copy of the district puts a row into a state, takes on the role and the
// settings of its connections, writes, adds the event, lets every deferred trigger look, and takes it all back.

/** What PostgreSQL says of an attempt that it would have let through. */
export const letThrough = 'PT000';
/** The statement found no row. */
export const noRow = 'PT001';

const attempt = `create function proof.attempt(role text, settings jsonb, statements text[]) returns text language plpgsql as $body$
declare found bigint; each text; setting record; at text; code text;
begin
  begin
    for setting in select * from jsonb_each_text(settings) loop
      perform set_config('laihu.' || setting.key, setting.value, true);
    end loop;
    perform set_config('role', role, true);
    foreach each in array statements loop
      execute each;
      get diagnostics found = row_count;
      if found = 0 then raise exception using errcode = '${noRow}'; end if;
    end loop;
    set constraints all immediate;
    raise exception using errcode = '${letThrough}';
  exception when others then
    get stacked diagnostics at = constraint_name, code = returned_sqlstate;
    return code || case when at <> '' then ' ' || at else '' end;
  end;
end $body$`;

/** Each event from each state by each actor, in this order; what the owner cannot prepare is `SKIP`. */
const changes = `create function proof.changes(held text, type text, state text, states text[], actors jsonb, events jsonb) returns text[] language plpgsql as $body$
declare found text[] := '{}'; was text; actor jsonb; event jsonb; said text[]; version integer; sets text; becomes text;
begin
  foreach was in array states loop
    for actor in select * from jsonb_array_elements(actors) loop
      said := '{}';
      begin
        perform set_config('session_replication_role', 'replica', true);
        select string_agg(format('%I = %L', key, value), ', ') into sets from (
          select key, value from jsonb_each_text(actor -> 'crafted') union all select state, was where state <> '') s;
        if sets is not null then execute format('update %s set %s where id = %L', held, sets, actor ->> 'id'); end if;
        perform set_config('session_replication_role', 'origin', true);
        execute format('select record_version from %s where id = %L', held, actor ->> 'id') into version;
        for event in select * from jsonb_array_elements(events) loop
          becomes := coalesce(nullif(event ->> 'to', ''), was);
          said := said || proof.attempt(actor ->> 'role', (actor -> 'settings') || jsonb_build_object('event', event ->> 'event'), array[
            format('update %s set as_of = now()%s where id = %L', held, case when event ->> 'to' <> '' then format(', %I = %L', state, event ->> 'to') else '' end, actor ->> 'id'),
            format('insert into access.record_events (record_type, record_id, version, event, from_state, to_state, viewer, acting_unit, person) values (%L, %L, %s, %L, %L, %L, %L, %L, %L)',
              type, actor ->> 'id', version + 1, event ->> 'event', nullif(was, ''), nullif(becomes, ''), actor ->> 'viewer', actor -> 'settings' ->> 'unit', coalesce(nullif(actor -> 'settings' ->> 'person', ''), 'somebody'))]);
        end loop;
        raise exception using errcode = 'PT002';
      exception when sqlstate 'PT002' then null;
      when others then
        said := array_fill('SKIP ' || sqlstate, array[jsonb_array_length(events)]);
      end;
      found := found || said;
    end loop;
  end loop;
  return found;
end $body$`;

/** An attempt after the owner has prepared something, which is taken back too. */
const prepared = `create function proof.prepared(preparing text[], role text, settings jsonb, statements text[]) returns text language plpgsql as $body$
declare said text; each text;
begin
  begin
    perform set_config('session_replication_role', 'replica', true);
    foreach each in array preparing loop execute each; end loop;
    perform set_config('session_replication_role', 'origin', true);
    said := proof.attempt(role, settings, statements);
    raise exception using errcode = 'PT002';
  exception when sqlstate 'PT002' then null;
  when others then said := 'SKIP ' || sqlstate;
  end;
  return said;
end $body$`;

/** An actor with the row on which it is tried. */
export interface Trier {
  readonly role: string;
  /** `PUBLIC_SECURITY`. */
  readonly viewer: string;
  /** What its connections say of it, without `laihu.`. */
  readonly settings: Readonly<Record<string, string>>;
  readonly id: string;
  /** Columns that the owner sets first. */
  readonly crafted: Readonly<Record<string, string>>;
}

/** What is tried from every state. */
export interface Try {
  readonly event: string;
  /** The state that it writes; empty: none. */
  readonly to: string;
}

/** Makes the functions of this file, in a copy of the district; takes away what would keep the owner from setting any state. */
export async function prepareAttempts(owner: Sql): Promise<void> {
  await owner.unsafe(`create schema if not exists proof`);
  await owner.unsafe(attempt);
  await owner.unsafe(prepared);
  await owner.unsafe(changes);
  const checks = await owner<{ held: string; name: string }[]>`
    select c.conrelid::regclass::text as held, c.conname as name from pg_constraint c join pg_class t on t.oid = c.conrelid
    where c.contype in ('c', 'x') and t.relnamespace::regnamespace::text not in ('access', 'audit', 'pg_catalog', 'information_schema')`;
  for (const { held, name } of checks) await owner.unsafe(`alter table ${held} drop constraint "${name}"`);
  const partial = await owner<{ name: string }[]>`
    select i.indexrelid::regclass::text as name from pg_index i where i.indisunique and i.indpred is not null`;
  for (const { name } of partial) await owner.unsafe(`drop index ${name}`);
}

/** The outcomes in the order of states, actors, events: SQLSTATE, with the constraint's name where there is one. */
export async function tryChanges(
  owner: Sql,
  held: string,
  type: string,
  state: string | null,
  states: readonly (string | null)[],
  actors: readonly Trier[],
  events: readonly Try[],
): Promise<readonly string[]> {
  if (events.length === 0 || actors.length === 0) return [];
  const [row] = await owner.unsafe<{ said: string[] }[]>(
    `select proof.changes($1, $2, $3, $4::text[], $5::text::jsonb, $6::text::jsonb) as said`,
    [
      held,
      type,
      state ?? '',
      `{${states.map((s) => `"${s ?? ''}"`).join(',')}}`,
      JSON.stringify(actors),
      JSON.stringify(events),
    ],
  );
  return row?.said ?? [];
}

/** The outcome of statements of one actor, taken back. @param preparing statements of the owner before them */
export async function tryStatements(
  owner: Sql,
  { role, settings }: Pick<Trier, 'role' | 'settings'>,
  event: string,
  statements: readonly string[],
  preparing: readonly string[] = [],
): Promise<string> {
  const texts = (n: number) => `array(select jsonb_array_elements_text($${n}::text::jsonb))`;
  const [row] = await owner.unsafe<{ said: string }[]>(
    `select proof.prepared(${texts(1)}, $2, $3::text::jsonb, ${texts(4)}) as said`,
    [JSON.stringify(preparing), role, JSON.stringify({ ...settings, event }), JSON.stringify(statements)],
  );
  return row?.said ?? '';
}

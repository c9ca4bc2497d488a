import { type DoingPlan, type DoneRecord, transitionsFor } from '../../contract/doing/doing-plan.ts';
import { presented } from '../../contract/doing/taking-in.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import { viewers } from '../../identity/viewers.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { aliased } from '../rows/scope-sql.ts';
import { roleOf, systemRole, viewerRoles } from '../wall/roles.ts';
import { boundToSession } from '../wall/settings.ts';
import { isTakenIn } from './taking-in.ts';

// Errors by which PostgreSQL refuses a write (SQLSTATE of a class that no standard uses).
export const refusals = {
  /** No row of the machine lets this role do it. */
  transition: 'LH001',
  /** A guard does not hold. */
  guard: 'LH002',
  /** The row has changed without an event, or the event tells of no change. */
  event: 'LH003',
  /** A link leads to a record that the writer does not see. */
  link: 'LH004',
  /** The row was changed by somebody else meanwhile. */
  stale: 'LH005',
  /** The new row lies outside the writer's territory. */
  territory: 'LH006',
} as const;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const roles = `array[${[...viewerRoles, systemRole].map(literal).join(', ')}]`;
export const snakeOf = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** A trigger function. Its names cannot be bent by a search path. */
const triggerFunction = (name: string, body: string, security: 'invoker' | 'definer') =>
  `create function sealed.${name}() returns trigger language plpgsql security ${security} set search_path = pg_catalog as $body$\n${body}\n$body$;
  revoke all on function sealed.${name}() from public`;

const refuse = (code: string, message: string) =>
  `raise exception using errcode = '${code}', message = ${literal(message)};`;

/**
 * What PostgreSQL demands of every write to a record by a viewer's role or the system's: a row of the machine that is open
 * to the role, links to what the role sees, guards that hold, the version raised by one, and an event in the same
 * transaction. The owner, who loads files and seeds, is asked nothing.
 */
export function doingFunctions(plan: DoingPlan, model: Model, stores: ReadonlySet<string>): string[] {
  const held = [...plan.records.values()].filter(({ record }) => stores.has(record.store));
  return [
    triggerFunction('demand_event', demandEvent, 'invoker'),
    triggerFunction('check_event', checkEvent(held), 'definer'),
    triggerFunction('follow_event', followEvent(held), 'definer'),
    `create constraint trigger "event of a change" after insert on access.record_events deferrable initially deferred for each row execute function sealed.check_event()`,
    `create trigger "what follows" after insert on access.record_events for each row execute function sealed.follow_event()`,
    ...held.flatMap((done) => recordTriggers(done, model, stores)),
    seesRecord(held),
    refuseFunction,
  ];
}

const demandEvent = `begin
  if current_user <> all (${roles}) then return null; end if;
  if not exists (select 1 from access.record_events e where e.record_type = tg_argv[0] and e.record_id = new.id::text and e.version = new.record_version) then
    ${refuse(refusals.event, 'A record changed without an event.')}
  end if;
  return null;
end`;

/** The event tells of a version that the record has. */
const checkEvent = (held: readonly DoneRecord[]): string => `declare held integer;
begin
  case new.record_type
    when '' then held := null;
    ${held.map(({ record }) => `when ${literal(record.name)} then select t.record_version into held from ${quotedTableOf(record.source.table)} t where t.id = new.record_id::${record.keyType};`).join('\n    ')}
    else held := null;
  end case;
  if held is null or held < new.version then
    ${refuse(refusals.event, 'An event tells of a change that is none.')}
  end if;
  return null;
end`;

/** What follows from an event goes to the outbox in the same transaction, whoever writes the event. */
const followEvent = (held: readonly DoneRecord[]): string => {
  const follows = held.flatMap(({ record, transitions, fills }) =>
    transitions.flatMap(({ event, from, effects }) =>
      effects.flatMap((effect) =>
        effect.kind === 'function' && !fills.has(effect.name)
          ? statesOf(from).map((was) => [record.name, event, was, effect.name, effect.store || record.store])
          : [],
      ),
    ),
  );
  if (follows.length === 0) return 'begin return null; end';
  // In the order of the table: what follows second may build on what follows first.
  const rows = [...new Set(follows.map((row) => row.map(literal).join(', ')))]
    .map((row, n) => `(${row}, ${n})`)
    .join(', ');
  return `begin
  insert into access.outbox (record_type, record_id, version, effect, store, happened)
  select new.record_type, new.record_id, new.version, f.effect, f.store, jsonb_build_object(
    'record', new.record_type, 'id', new.record_id, 'event', new.event, 'version', new.version, 'unit', new.acting_unit, 'person', new.person,
    'subdistrict', nullif(current_setting('laihu.subdistrict', true), ''), 'today', current_setting('laihu.today', true))
  from (values ${rows}) f(record, event, was, effect, store, n)
  where f.record = new.record_type and f.event = new.event and f.was in ('*', coalesce(new.from_state, '–'))
  group by f.effect, f.store order by min(f.n);
  return null;
end`;
};

/** How the functions name the state before: a dash for a new record, an asterisk for any. */
const statesOf = (from: Transition['from']): readonly string[] =>
  from === 'NEW' ? ['–'] : from === 'ANY' ? ['*'] : from;

/** The roles along whose writes a row of the machine lies. */
const writersOf = ({ viewers: actors, bySystem }: Pick<Transition, 'viewers' | 'bySystem'>): string[] =>
  bySystem ? [systemRole] : [...actors].map(roleOf);

type MakeTrigger = (trigger: string, when: string, calls: string, by?: string) => string;

/**
 * A trigger for each set of writers with guards of their own. Who writes is asked outside the function, where the writer is
 * still the one who writes: the function itself runs as the owner.
 */
function guardTriggers(done: DoneRecord, name: string, isAfter: boolean, make: MakeTrigger): string[] {
  const byWriters = Map.groupBy(done.transitions, (transition) =>
    writersOf(transition).map(literal).join(', '),
  );
  return [...byWriters].flatMap(([writers, transitions], n) => {
    const checks = guardChecks(done, transitions, isAfter);
    if (checks.length === 0) return [];
    const calls = `guard${isAfter ? '_after' : ''}_${n + 1}_${name}`;
    return [
      triggerFunction(calls, guardBody(checks), 'definer'),
      make(
        `doing 2 guard ${n + 1}${isAfter ? ' after' : ''}`,
        isAfter ? 'after insert or update' : 'before update',
        calls,
        ` when (current_user in (${writers}))`,
      ),
    ];
  });
}

function recordTriggers(done: DoneRecord, model: Model, stores: ReadonlySet<string>): string[] {
  const { record } = done;
  const table = quotedTableOf(record.source.table);
  const name = snakeOf(record.name);
  const make: MakeTrigger = (trigger, when, calls, by = '') =>
    `create trigger "${trigger}" ${when} on ${table} for each row${by} execute function sealed.${calls}()`;
  return [
    triggerFunction(`check_${name}`, checkRow(done, model, stores), 'invoker'),
    make('doing 1 check', 'before insert or update', `check_${name}`),
    ...guardTriggers(done, name, false, make),
    ...guardTriggers(done, name, true, make),
    ...(isOfPersons(done)
      ? [
          triggerFunction(`present_${name}`, presentAtWindow, 'definer'),
          make('doing 4 present', 'after insert', `present_${name}`, ` when (current_user in (${windows}))`),
        ]
      : []),
    `create constraint trigger "doing 3 event" after insert or update on ${table} deferrable initially deferred for each row execute function sealed.demand_event(${literal(record.name)})`,
  ];
}

/** Whether the rows are the persons themselves, whom a window registers. */
const isOfPersons = ({ record, transitions }: DoneRecord): boolean =>
  (record.source.scope.subjects ?? []).includes(record.columns.id!) &&
  transitions.some(({ from, viewers: actors }) => from === 'NEW' && actors.has('RECEPTION_CENTRE'));

/** Whoever is registered at a window stands there, with or without a number. */
/** The roles of those at whose windows persons present themselves. */
const windows = viewers
  .filter(({ kind }) => kind === 'RECEPTION_CENTRE')
  .map(({ name }) => literal(roleOf(name)))
  .join(', ');

const presentAtWindow = `begin
  insert into access.presented (unit, subject_id, until) values (current_setting('laihu.unit', true), new.id, now() + interval '1 minute')
    on conflict (unit, subject_id) do update set until = excluded.until;
  return null;
end`;

function checkRow(done: DoneRecord, model: Model, stores: ReadonlySet<string>): string {
  const { record, state, transitions } = done;
  const column = state && record.columns[state]?.name;
  const [was, now] = column ? [`old."${column}"`, `new."${column}"`] : ['null::text', 'null::text'];
  const rows = transitions.flatMap(({ from, event, to, viewers: actors, bySystem, posts }) =>
    statesOf(from).flatMap((state) =>
      writersOf({ viewers: actors, bySystem }).map(
        (role) =>
          `(${literal(state)}, ${literal(event)}, ${to === null ? 'null' : literal(to)}, ${literal(role)}, ${posts.length === 0 ? 'null' : `array[${posts.map(literal).join(', ')}]`}::text[])`,
      ),
    ),
  );
  return `begin
  if current_user <> all (${roles}) then return new; end if;
  if not exists (select 1 from (values ${rows.join(', ')}) m(was, event, now, role, posts)
    where m.role = current_user and m.event = current_setting('laihu.event', true)
      and case tg_op when 'INSERT' then m.was = '–' else m.was = '*' or m.was = ${was} end
      and case when m.now is null then tg_op = 'INSERT' or ${now} is not distinct from ${was} else m.now = ${now} end
      and (m.posts is null or m.posts && string_to_array(current_setting('laihu.posts', true), ','))) then
    ${refuse(refusals.transition, 'No row of the machine allows it.')}
  end if;
  ${linkChecks(record, transitions, model, stores).join('\n  ')}
  if tg_op = 'UPDATE' then
    if new.id <> old.id then ${refuse(refusals.transition, 'An id never changes.')} end if;
    new.record_version := old.record_version + 1;
    new.updated_at := now();
  else
    new.record_version := 1;
  end if;
  return new;
end`;
}

/** A link may be set only to a record that the writer sees: the function looks with the writer's own rights. */
function linkChecks(
  record: RecordModel,
  transitions: readonly Transition[],
  model: Model,
  stores: ReadonlySet<string>,
): string[] {
  const given = new Set(
    transitions.filter((t) => !t.bySystem).flatMap(({ input }) => input.map(({ field }) => field)),
  );
  return [...given].flatMap((name) => {
    const field = record.fields.get(name);
    if (field?.kind !== 'link' || field.list) return [];
    const target = model.get(field.type);
    if (!target || !stores.has(target.store)) return [];
    const held = `"${field.column.name}"`;
    return [
      // Two conditions: the table may not even be named to a role without any right to it, such as the system's.
      `if current_user <> '${systemRole}' and new.${held} is not null and (tg_op = 'INSERT' or new.${held} is distinct from old.${held}) then
    if not exists (select 1 from ${quotedTableOf(target.source.table)} l where l.id = new.${held})${field.type === presented.type ? ` and not ${isTakenIn(`new.${held}`)}` : ''} then
      ${refuse(refusals.link, 'A link leads to a record that the writer does not see.')}
    end if;
  end if;`,
    ];
  });
}

/**
 * The guards of a record that look at the row as it was, or as it becomes; those of a new row always look at it as it
 * becomes. A guard that does not hold is named in the error.
 */
function guardChecks(
  { record, guards, state }: DoneRecord,
  transitions: readonly Transition[],
  isAfter: boolean,
): string[] {
  const table = quotedTableOf(record.source.table);
  const column = state && record.columns[state]?.name;
  return transitions.flatMap(({ event, from, guards: names }) => {
    const was =
      from === 'NEW'
        ? ` and tg_op = 'INSERT'`
        : from === 'ANY' || !column
          ? ` and tg_op = 'UPDATE'`
          : ` and tg_op = 'UPDATE' and old."${column}" in (${from.map(literal).join(', ')})`;
    return names
      .filter((name) => (from === 'NEW' || guards[name]!.after === true) === isAfter)
      .map((name) => {
        const holds = boundToSession(guards[name]!.holds((held) => aliased('t', held)));
        return `if what = ${literal(event)}${was} and not coalesce((select (${holds}) from ${table} "t" where "t".id = new.id), false) then
    raise exception using errcode = '${refusals.guard}', message = 'A condition does not hold.', constraint = ${literal(name)};
  end if;`;
      });
  });
}

const guardBody = (
  checks: readonly string[],
): string => `declare what text := current_setting('laihu.event', true);
begin
  ${checks.join('\n  ')}
  return new;
end`;

/** Ends a statement that must not have half an effect, with one of the refusals. */
const refuseFunction = `create function sealed.refuse(code text) returns integer language plpgsql security invoker set search_path = pg_catalog as $body$
begin raise exception using errcode = code, message = 'The write is refused.'; end
$body$;
  revoke all on function sealed.refuse(text) from public;
  grant execute on function sealed.refuse(text) to ${[...viewerRoles, systemRole].map((r) => `"${r}"`).join(', ')}`;

/** Whether the role that asks sees a record: its events are shown with it. One plan a type, made when first needed. */
function seesRecord(held: readonly DoneRecord[]): string {
  const cases = held.map(
    ({ record }) =>
      `when ${literal(record.name)} then return exists (select 1 from ${quotedTableOf(record.source.table)} t where t.id = record_id::${record.keyType});`,
  );
  return `create function sealed.sees_record(record_type text, record_id text) returns boolean language plpgsql stable security invoker set search_path = pg_catalog as $body$
begin
  case record_type
    when '' then return false;
    ${cases.join('\n    ')}
    else return false;
  end case;
end
$body$;
  revoke all on function sealed.sees_record(text, text) from public;
  grant execute on function sealed.sees_record(text, text) to ${[...viewerRoles, systemRole].map((r) => `"${r}"`).join(', ')}`;
}

/** Viewers to whom something can happen by their own doing, of a record type. */
export const actorsOf = (done: DoneRecord) =>
  viewers.filter(({ name }) => transitionsFor(done, name).length > 0);

import {
  beyondRow,
  type DoingPlan,
  type DoneRecord,
  statesBefore,
  transitionsFor,
} from '../../contract/doing/doing-plan.ts';
import { presented } from '../../contract/doing/taking-in.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import { viewers } from '../../identity/viewers.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { aliased } from '../rows/scope-sql.ts';
import { forEachClass } from '../wall/policy-sql.ts';
import { roleOf, systemRole, viewerRoles } from '../wall/roles.ts';
import { boundToSession } from '../wall/settings.ts';
import { isTakenIn } from './taking-in.ts';
import { ruleKey, territorySql } from './territory-sql.ts';

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
  /** The row lies outside the writer's territory for this event. */
  territory: 'LH006',
} as const;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const roles = `array[${[...viewerRoles, systemRole].map(literal).join(', ')}]`;
/** Of rows that the owner writes, files and seeds, nothing is asked: their triggers are not even called. */
const byRole = ` when (current_user = any (${roles}))`;
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
    triggerFunction('check_event', checkEvent(held), 'definer'),
    triggerFunction('follow_event', followEvent(held), 'definer'),
    `create constraint trigger "event of a change" after insert on access.record_events deferrable initially deferred for each row execute function sealed.check_event()`,
    `create trigger "what follows" after insert on access.record_events for each row when (${followed(held)}) execute function sealed.follow_event()`,
    ...held.flatMap((done) => recordTriggers(done, model, stores)),
    seesRecord(held),
    refuseFunction,
  ];
}

/** An event of the machine that leads from the state before to the state after, told as it was. */
function demandEvent({ record, state, transitions }: DoneRecord): string {
  const column = state && record.columns[state]?.name;
  const [was, now] = column ? [`old."${column}"`, `new."${column}"`] : ['null::text', 'null::text'];
  const rows = transitions.flatMap(({ from, event, to, viewers: actors, bySystem }) =>
    statesBefore(from).flatMap((state) =>
      writersOf({ viewers: actors, bySystem }).map(
        (role) =>
          `(${literal(state)}, ${literal(event)}, ${to === null ? 'null' : literal(to)}, ${literal(role)})`,
      ),
    ),
  );
  return `begin
  if current_user <> all (${roles}) then return null; end if;
  if not exists (select 1 from access.record_events e join (values ${rows.join(', ')}) m(was, event, now, role) on m.role = current_user and m.event = e.event
    where e.record_type = ${literal(record.name)} and e.record_id = new.id::text and e.version = new.record_version
      and case tg_op when 'INSERT' then m.was = '–' and e.from_state is null and coalesce(e.to_state, ${now}) is not distinct from ${now}
        else (m.was = '*' or m.was = ${was}) and e.from_state is not distinct from ${was} and e.to_state is not distinct from ${now} end
      and case when m.now is null then tg_op = 'INSERT' or ${now} is not distinct from ${was} else m.now = ${now} end) then
    ${refuse(refusals.event, 'A record changed without its event.')}
  end if;
  return null;
end`;
}

/** The event tells of a version that the record has. */
const checkEvent = (held: readonly DoneRecord[]): string => `declare held integer;
begin
  ${byName(
    'new.record_type',
    held.map(
      ({ record }) =>
        [
          record.name,
          `select t.record_version into held from ${quotedTableOf(record.source.table)} t where t.id = new.record_id::${record.keyType};`,
        ] as const,
    ),
  )}
  if held is null or held < new.version then
    ${refuse(refusals.event, 'An event tells of a change that is none.')}
  end if;
  return null;
end`;

/** The events from which something follows, as one text each: of others the trigger is not even called. */
const followed = (held: readonly DoneRecord[]): string => {
  const events = held.flatMap(({ record, transitions, fills }) =>
    transitions
      .filter((row) => beyondRow(row, fills).length > 0)
      .map(({ event }) => `${record.name} ${event}`),
  );
  return `new.record_type || ' ' || new.event in (${[...new Set(['', ...events])].map(literal).join(', ')})`;
};

/** What follows from an event goes to the outbox in the same transaction, whoever writes the event. */
const followEvent = (held: readonly DoneRecord[]): string => {
  const cases = held.flatMap(({ record, transitions, fills }) => {
    const follows = transitions.flatMap(({ event, from, effects }) =>
      beyondRow({ effects }, fills).flatMap(({ name, store }) =>
        statesBefore(from).map((was) => [event, was, name, store || record.store]),
      ),
    );
    if (follows.length === 0) return [];
    // In the order of the table: what follows second may build on what follows first.
    const rows = [...new Set(follows.map((row) => row.map(literal).join(', ')))]
      .map((row, n) => `(${row}, ${n})`)
      .join(', ');
    const insert = `insert into access.outbox (record_type, record_id, version, effect, store, happened)
  select new.record_type, new.record_id, new.version, f.effect, f.store, jsonb_build_object(
    'record', new.record_type, 'id', new.record_id, 'event', new.event, 'version', new.version, 'unit', new.acting_unit, 'person', new.person,
    'subdistrict', nullif(current_setting('laihu.subdistrict', true), ''), 'today', current_setting('laihu.today', true))
  from (values ${rows}) f(event, was, effect, store, n)
  where f.event = new.event and f.was in ('*', coalesce(new.from_state, '–'))
  group by f.effect, f.store order by min(f.n);`;
    return [[record.name, insert] as const];
  });
  return `begin
  ${byName('new.record_type', cases)}
  return null;
end`;
};

/** The steps of a name, found by halves: there are more names than one would compare with one after the other. */
function byName(name: string, cases: readonly (readonly [name: string, steps: string])[]): string {
  const sorted = [...cases].sort(([a], [b]) => (a < b ? -1 : 1));
  const choose = (from: number, to: number): string => {
    if (from === to) return 'null;';
    const [own, steps] = sorted[from]!;
    if (to - from === 1) return `if ${name} = ${literal(own)} then ${steps} end if;`;
    const middle = (from + to) >> 1;
    return `if ${name} collate "C" < ${literal(sorted[middle]![0])} then
  ${choose(from, middle)}
  else
  ${choose(middle, to)}
  end if;`;
  };
  return choose(0, sorted.length);
}

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
    make('doing 1 check', 'before insert or update', `check_${name}`, byRole),
    ...guardTriggers(done, name, false, make),
    ...guardTriggers(done, name, true, make),
    ...(isOfPersons(done)
      ? [
          triggerFunction(`present_${name}`, presentAtWindow, 'definer'),
          make('doing 4 present', 'after insert', `present_${name}`, ` when (current_user in (${windows}))`),
        ]
      : []),
    triggerFunction(`demand_${name}`, demandEvent(done), 'invoker'),
    `create constraint trigger "doing 3 event" after insert or update on ${table} deferrable initially deferred for each row${byRole} execute function sealed.demand_${name}()`,
  ];
}

/** Whether the rows are the persons themselves, whom a window registers. */
const isOfPersons = ({ record, transitions }: DoneRecord): boolean =>
  (record.source.scope.subjects ?? []).includes(record.columns.id!) &&
  transitions.some(
    ({ from, viewers: actors }) =>
      from === 'NEW' && viewers.some(({ name, kind }) => kind === 'RECEPTION_CENTRE' && actors.has(name)),
  );

/** The roles of those at whose windows persons present themselves. */
const windows = viewers
  .filter(({ kind }) => kind === 'RECEPTION_CENTRE')
  .map(({ name }) => literal(roleOf(name)))
  .join(', ');

/** Whoever is registered at a window stands there, with or without a number. */
const presentAtWindow = `begin
  insert into access.presented (unit, subject_id, until) values (current_setting('laihu.unit', true), new.id, now() + interval '1 minute')
    on conflict (unit, subject_id) do update set until = excluded.until;
  return null;
end`;

function checkRow(done: DoneRecord, model: Model, stores: ReadonlySet<string>): string {
  const { record, state, transitions } = done;
  const column = state && record.columns[state]?.name;
  const [was, now] = column ? [`old."${column}"`, `new."${column}"`] : ['null::text', 'null::text'];
  const rules = ownRules(done, model);
  const rows = transitions.flatMap((transition) => {
    const { from, event, to, viewers: actors, bySystem, posts } = transition;
    return statesBefore(from).flatMap((state) =>
      writersOf({ viewers: actors, bySystem }).map(
        (role) =>
          `(${literal(state)}, ${literal(event)}, ${to === null ? 'null' : literal(to)}, ${literal(role)}, ${posts.length === 0 ? 'null' : `array[${posts.map(literal).join(', ')}]`}::text[], ${rules.has(ruleOf(transition, role)) ? literal(ruleOf(transition, role)) : 'null'}::text)`,
      ),
    );
  });
  const within =
    rules.size === 0
      ? 'true'
      : `case m.rule ${[...rules].map(([key, holds]) => `when ${literal(key)} then ${holds}`).join(' ')} else true end`;
  return `declare legal boolean; within boolean;
begin
  if current_user <> all (${roles}) then return new; end if;
  select count(*) > 0, coalesce(bool_or(${within}), false) into legal, within
    from (values ${rows.join(', ')}) m(was, event, now, role, posts, rule)
    where m.role = current_user and m.event = current_setting('laihu.event', true)
      and case tg_op when 'INSERT' then m.was = '–' else m.was = '*' or m.was = ${was} end
      and case when m.now is null then tg_op = 'INSERT' or ${now} is not distinct from ${was} else m.now = ${now} end
      and (m.posts is null or m.posts && string_to_array(current_setting('laihu.posts', true), ','));
  if not legal then
    ${refuse(refusals.transition, 'No row of the machine allows it.')}
  end if;
  if not within then
    ${refuse(refusals.territory, 'The row lies outside the territory of this event.')}
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

const ruleOf = ({ territory, from }: Transition, role: string): string =>
  `${role} ${from === 'NEW' ? 'makes' : 'changes'} ${territory.map(ruleKey).join(' | ')}`;

/**
 * Where the rows of a role differ in their territory: the condition of each. The policies hold the role to the rows on
 * which it may do something at all; this holds it to those on which it may do what it does.
 */
function ownRules(done: DoneRecord, model: Model): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name } of viewers)
    for (const isNew of [true, false]) {
      const open = transitionsFor(done, name).filter(({ from }) => (from === 'NEW') === isNew);
      const keys = new Map(
        open.map((transition) => [ruleOf(transition, roleOf(name)), transition.territory]),
      );
      if (keys.size < 2) continue;
      for (const [key, territory] of keys) {
        const holds = territory.map((rule) =>
          forEachClass(name, (c) => boundToSession(territorySql(rule, done.record, 't', c, model))),
        );
        found.set(
          key,
          `exists (select 1 from (select ${isNew ? 'new' : 'old'}.*) "t" where ${holds.join(' or ')})`,
        );
      }
    }
  return found;
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
        // Two conditions: the second is a query, which is begun only where its event happens.
        return `if what = ${literal(event)}${was} then
    if not coalesce((select (${holds}) from ${table} "t" where "t".id = new.id), false) then
      raise exception using errcode = '${refusals.guard}', message = 'A condition does not hold.', constraint = ${literal(name)};
    end if;
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
      [
        record.name,
        `return exists (select 1 from ${quotedTableOf(record.source.table)} t where t.id = record_id::${record.keyType});`,
      ] as const,
  );
  return `create function sealed.sees_record(record_type text, record_id text) returns boolean language plpgsql stable security invoker set search_path = pg_catalog as $body$
begin
  ${byName('record_type', cases)}
  return false;
end
$body$;
  revoke all on function sealed.sees_record(text, text) from public;
  grant execute on function sealed.sees_record(text, text) to ${[...viewerRoles, systemRole].map((r) => `"${r}"`).join(', ')}`;
}

/** Viewers to whom something can happen by their own doing, of a record type. */
export const actorsOf = (done: DoneRecord) =>
  viewers.filter(({ name }) => transitionsFor(done, name).length > 0);

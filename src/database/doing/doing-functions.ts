import { type DoingPlan, type DoneRecord, transitionsFor } from '../../contract/doing/doing-plan.ts';
import type { Model } from '../../contract/model/record.ts';
import { viewers } from '../../identity/viewers.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { snake } from '../columns/planned-column.ts';
import { roleOf, systemRole, viewerRoles } from '../wall/roles.ts';
import { checkRow } from './check-row.ts';
import { checkEvent, demandEvent, followEvent } from './event-functions.ts';
import { guardTriggers, type MakeTrigger } from './guard-triggers.ts';
import { byName, byRole, isByRole, literal, triggerFunction } from './plpgsql.ts';
import { toldApart } from './told-apart.ts';

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
    `create trigger "what follows" after insert on access.record_events for each row execute function sealed.follow_event()`,
    ...held.flatMap((done) => recordTriggers(done, model, stores)),
    seesRecord(held),
    refuseFunction,
  ];
}

function recordTriggers(done: DoneRecord, model: Model, stores: ReadonlySet<string>): string[] {
  const { record } = done;
  const table = quotedTableOf(record.source.table);
  const name = snake(record.name);
  const apart = toldApart(done);
  const make: MakeTrigger = (trigger, when, calls, by = '') =>
    `create trigger "${trigger}" ${when} on ${table} for each row${by} execute function sealed.${calls}()`;
  // Which event is declared is asked while the row is written: the trigger itself runs at the end of the transaction.
  const demands = (event: string, isDeclared: string) =>
    `create constraint trigger "${`doing 3 event ${event}`.trim()}" after insert or update on ${table} deferrable initially deferred for each row when (${isByRole}${apart.length === 0 ? '' : ` and ${isDeclared}`}) execute function sealed.demand_${name}(${event && literal(event)})`;
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
    triggerFunction(`demand_${name}`, demandEvent(done, apart), 'invoker'),
    demands('', `${declared} <> all (array[${apart.map(literal).join(', ')}]::text[])`),
    ...apart.map((event) => demands(event, `${declared} = ${literal(event)}`)),
  ];
}

/** The event that a write is said to be. */
const declared = `coalesce(current_setting('laihu.event', true), '')`;

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

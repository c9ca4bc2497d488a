import { beyondRow, type DoneRecord, statesBefore } from '../../contract/doing/doing-plan.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { byName, literal, refusals, refuse, roles, writersOf } from './plpgsql.ts';

/**
 * An event of the machine that leads from the state before to the state after, told as it was.
 * @param apart events that could be taken for others: the trigger's argument says whether one of them was declared
 */
export function demandEvent({ record, state, transitions }: DoneRecord, apart: readonly string[]): string {
  const column = state && record.columns[state]?.name;
  const [was, now] = column ? [`old."${column}"`, `new."${column}"`] : ['null::text', 'null::text'];
  const declared =
    apart.length === 0
      ? ''
      : `
      and case tg_nargs when 0 then e.event not in (${apart.map(literal).join(', ')}) else e.event = tg_argv[0] end`;
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
    where e.record_type = ${literal(record.name)} and e.record_id = new.id::text and e.version = new.record_version${declared}
      and case tg_op when 'INSERT' then m.was = '–' and e.from_state is null and coalesce(e.to_state, ${now}) is not distinct from ${now}
        else (m.was = '*' or m.was = ${was}) and e.from_state is not distinct from ${was} and e.to_state is not distinct from ${now} end
      and case when m.now is null then tg_op = 'INSERT' or ${now} is not distinct from ${was} else m.now = ${now} end) then
    ${refuse(refusals.event, 'A record changed without its event.')}
  end if;
  return null;
end`;
}

/** The event tells of a version that the record has. */
export const checkEvent = (held: readonly DoneRecord[]): string => `declare held integer;
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

/** What follows from an event goes to the outbox in the same transaction, whoever writes the event. */
export const followEvent = (held: readonly DoneRecord[]): string => {
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
    // Most events have nothing that follows: they end here.
    const events = [...new Set(follows.map(([event]) => literal(event!)))];
    const insert = `if new.event in (${events.join(', ')}) then insert into access.outbox (record_type, record_id, version, effect, store, happened)
  select new.record_type, new.record_id, new.version, f.effect, f.store, jsonb_build_object(
    'record', new.record_type, 'id', new.record_id, 'event', new.event, 'version', new.version, 'unit', new.acting_unit, 'person', new.person,
    'subdistrict', nullif(current_setting('laihu.subdistrict', true), ''), 'today', current_setting('laihu.today', true))
  from (values ${rows}) f(event, was, effect, store, n)
  where f.event = new.event and f.was in ('*', coalesce(new.from_state, '–'))
  group by f.effect, f.store order by min(f.n);
  end if;`;
    return [[record.name, insert] as const];
  });
  return `begin
  ${byName('new.record_type', cases)}
  return null;
end`;
};

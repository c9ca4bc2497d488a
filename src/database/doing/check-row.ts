import { type DoneRecord, statesBefore, transitionsFor } from '../../contract/doing/doing-plan.ts';
import { presented } from '../../contract/doing/taking-in.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import { viewers } from '../../identity/viewers.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { forEachClass } from '../wall/policy-sql.ts';
import { roleOf, systemRole } from '../wall/roles.ts';
import { boundToSession } from '../wall/settings.ts';
import { barredColumns, changedColumns } from './barred-columns.ts';
import { byName, literal, refusals, refuse, roles, writersOf } from './plpgsql.ts';
import { isTakenIn } from './taking-in.ts';
import { ruleKey, territorySql } from './territory-sql.ts';

/** What a row is asked before it is written: a row of the machine and its columns, its territory, links that the writer sees, the version. */
export function checkRow(done: DoneRecord, model: Model, stores: ReadonlySet<string>): string {
  const { record, state, transitions } = done;
  const column = state && record.columns[state]?.name;
  const [was, now] = column ? [`old."${column}"`, `new."${column}"`] : ['null::text', 'null::text'];
  const rules = ownRules(done, model);
  const rowsOf = (transition: Transition) => {
    const { from, to, viewers: actors, bySystem, posts } = transition;
    const barred = new Map(
      [...actors].map((viewer) => [roleOf(viewer), barredColumns(done, transition, viewer)]),
    );
    return statesBefore(from).flatMap((state) =>
      writersOf({ viewers: actors, bySystem }).map(
        (role) =>
          `(${literal(state)}, ${to === null ? 'null' : literal(to)}, ${literal(role)}, ${posts.length === 0 ? 'null' : `array[${posts.map(literal).join(', ')}]`}::text[], ${rules.has(ruleOf(transition, role)) ? literal(ruleOf(transition, role)) : 'null'}::text, array[${(barred.get(role) ?? []).map(literal).join(', ')}]::text[])`,
      ),
    );
  };
  const within =
    rules.size === 0
      ? 'true'
      : `case m.rule ${[...rules].map(([key, holds]) => `when ${literal(key)} then ${holds}`).join(' ')} else true end`;
  // Only the rows of the event that happens are looked at: a query over all of them takes longer than the write.
  const looks = [...Map.groupBy(transitions, ({ event }) => event)].map(
    ([event, ofEvent]) =>
      [
        event,
        `select count(*) > 0, coalesce(bool_or(${within}), false) into legal, within
    from (values ${ofEvent.flatMap(rowsOf).join(', ')}) m(was, now, role, posts, rule, barred)
    where m.role = current_user
      and case tg_op when 'INSERT' then m.was = '–' else m.was = '*' or m.was = ${was} end
      and case when m.now is null then tg_op = 'INSERT' or ${now} is not distinct from ${was} else m.now = ${now} end
      and (m.posts is null or m.posts && string_to_array(current_setting('laihu.posts', true), ','))
      and not m.barred && ${changedColumns(done)};`,
      ] as const,
  );
  return `declare legal boolean := false; within boolean := false; what text := coalesce(current_setting('laihu.event', true), '');
begin
  if current_user <> all (${roles}) then return new; end if;
  ${byName('what', looks)}
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

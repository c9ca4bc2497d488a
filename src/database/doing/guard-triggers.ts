import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { aliased } from '../rows/scope-sql.ts';
import { boundToSession } from '../wall/settings.ts';
import { literal, refusals, triggerFunction, writersOf } from './plpgsql.ts';

/** Makes a trigger of a record's table: its name, when it runs, which function of `sealed` it calls, and for whose writes. */
export type MakeTrigger = (trigger: string, when: string, calls: string, by?: string) => string;

/**
 * A trigger for each set of writers with guards of their own. Who writes is asked outside the function, where the writer is
 * still the one who writes: the function itself runs as the owner.
 */
export function guardTriggers(done: DoneRecord, name: string, isAfter: boolean, make: MakeTrigger): string[] {
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

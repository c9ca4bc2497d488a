import type { Transition } from '../../contract/doing/transition.ts';
import { roleOf, rolePrefix, systemRole, viewerRoles } from '../wall/roles.ts';

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

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const roles = `array[${[...viewerRoles, systemRole].map(literal).join(', ')}]`;
/**
 * Of rows that the owner writes, files and seeds, nothing is asked: their triggers are not even called. Each statement reads
 * the conditions of a table's triggers anew from their stored text, so this one does not name the roles: the function does.
 */
export const isByRole = `starts_with(current_user, '${rolePrefix}')`;
export const byRole = ` when (${isByRole})`;

/** A trigger function. Its names cannot be bent by a search path. */
export const triggerFunction = (name: string, body: string, security: 'invoker' | 'definer') =>
  `create function sealed.${name}() returns trigger language plpgsql security ${security} set search_path = pg_catalog as $body$\n${body}\n$body$;
  revoke all on function sealed.${name}() from public`;

export const refuse = (code: string, message: string) =>
  `raise exception using errcode = '${code}', message = ${literal(message)};`;

/** The steps of a name, found by halves: there are more names than one would compare with one after the other. */
export function byName(name: string, cases: readonly (readonly [name: string, steps: string])[]): string {
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
export const writersOf = ({
  viewers: actors,
  bySystem,
}: Pick<Transition, 'viewers' | 'bySystem'>): string[] => (bySystem ? [systemRole] : [...actors].map(roleOf));

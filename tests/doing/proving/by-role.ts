import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import type { RawRow } from '../../access/reading/district.ts';
import { type Actor, isOpen, leaves, makes, names, postSets, type Row } from '../reading/machines.ts';
import { rightsOf } from '../reading/rights.ts';
import { noRow, tryChanges, tryStatements } from './attempts.ts';
import { type Asker, actors, codeOf, type Ground, type Machine, type Placed, roleAs } from './ground.ts';
import { guardsByTable, guardsInDatabase, missingOf } from './guards.ts';
import { roleOf } from './write-rights.ts';

/** What was tried, and what could not be. */
export interface Tally {
  legal: number;
  illegal: number;
  /** Legal, but a guard does not hold. */
  unready?: number;
  readonly skipped: string[];
}

/** Refused because it is not the actor's, or not the state's. */
const refusedBy = new Set(['LH001', 'LH006', '42501', noRow]);
/** Let through by the machine: done, or stopped by a guard or by a rule about values. */
const isLetThrough = (outcome: string): boolean => /^(PT000|LH002|23\w{3})/.test(outcome);

/** The rows of the table by which an actor may let a try happen to a row in a state. */
export const legalRows = (
  { rows }: Machine,
  { actor, posts, within }: Pick<Placed, 'actor' | 'posts' | 'within'>,
  state: string | null,
  event: string,
  to: string,
): readonly Row[] =>
  rows.filter(
    (row) =>
      row.event === event &&
      leaves(row, state) &&
      (row.to || state || '') === (to || state || '') &&
      isOpen(row, actor, posts) &&
      within.has(row),
  );

/** Each difference between what the roles can change and what the table lets them. */
export async function changeFaults(
  owner: Sql,
  ground: Ground,
  machine: Machine,
  tally: Tally,
  of: readonly Actor[] = actors,
): Promise<string[]> {
  const { type, state, states, tries } = machine;
  const placed = of.flatMap((actor) => {
    const { found, left } = ground.placed(machine, actor);
    tally.skipped.push(...left.map(({ event, where }) => `${where} ${event} by ${actor}: no row of its own`));
    return found;
  });
  const column = state && ground.column(type, state);
  const triers = placed.map((p) => ground.trier(p));
  const outcomes = await tryChanges(owner, ground.held(type), type, column, states, triers, tries);
  const faults: string[] = [];
  let at = 0;
  for (const was of states)
    for (const who of placed)
      for (const { event, to } of tries) {
        const outcome = outcomes[at++] ?? 'nothing';
        const cell = `${was ?? 'any'} ${event} ${to} by ${who.actor}${who.posts.length > 0 ? ` (${who.posts})` : ''}`;
        if (outcome.startsWith('SKIP')) {
          tally.skipped.push(`${type} ${cell}: the owner could not set it (${outcome})`);
          continue;
        }
        const isLegal = legalRows(machine, who, was, event, to).length > 0;
        tally[isLegal ? 'legal' : 'illegal'] += 1;
        const [code = ''] = outcome.split(' ');
        if (isLegal ? !isLetThrough(outcome) : !refusedBy.has(code))
          faults.push(`${type}: ${cell} is ${isLegal ? 'legal' : 'illegal'}, but got ${outcome}`);
      }
  return faults;
}

/** Each difference between what the roles can make and what the table lets them, in the own territory and outside of it. */
export async function makingFaults(
  owner: Sql,
  ground: Ground,
  machine: Machine,
  tally: Tally,
  of: readonly Actor[] = actors,
): Promise<string[]> {
  const { type, rows, state } = machine;
  const events = new Map(rows.filter(makes).map((row) => [`${row.event} ${row.to}`, row]));
  // What is only changed is tried as well: nobody can make it by that event.
  for (const row of rows)
    if (!makes(row) && !events.has(`${row.event} ${row.to}`)) events.set(`${row.event} ${row.to}`, row);
  const faults: string[] = [];
  for (const actor of of) {
    const open = rows.filter((row) => makes(row) && isOpen(row, actor, row.posts));
    // With every post that somebody needs: it is not for want of one that a stranger may make nothing.
    const sets = open.length > 0 ? postSets(open, actor) : [[...new Set(rows.flatMap((row) => row.posts))]];
    for (const posts of sets)
      for (const { event, to } of events.values()) {
        const legal = open.filter((row) => row.event === event && row.to === to && isOpen(row, actor, posts));
        for (const where of ['inside', 'outside'] as const) {
          const isLegal = legal.length > 0 && where === 'inside';
          // Who may make nothing tries it as others may.
          const [row = open[0] ?? rows.find((each) => makes(each) && each.event === event)] = legal;
          const made = newRow(ground, machine, actor, posts, row, where, to, state);
          if (made === undefined) {
            if (where === 'inside' && legal.length > 0)
              tally.skipped.push(`${row?.where} ${event} by ${actor}: no new row of its own`);
            continue;
          }
          const outcome = await tryStatements(owner, made.as, event, [made.statement]);
          tally[isLegal ? 'legal' : 'illegal'] += 1;
          const [code = ''] = outcome.split(' ');
          // Its place may be a link as well, to a unit that the actor does not see.
          const isRefused = refusedBy.has(code) || code === 'LH004';
          if (isLegal ? !isLetThrough(outcome) && code !== 'LH003' : !isRefused)
            faults.push(
              `${type}: ${event} ${to} ${where} by ${actor} (${posts}) is ${isLegal ? 'legal' : 'illegal'}, but got ${outcome}`,
            );
        }
      }
  }
  return faults;
}

const snake = (type: string) => type.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();

/** Each guard that does not hold and does not keep a role from what it guards. */
export async function guardFaults(
  owner: Sql,
  ground: Ground,
  machine: Machine,
  tally: Tally,
  of: readonly Actor[] = actors,
): Promise<string[]> {
  const { type, state, states, tries } = machine;
  const is = await guardsInDatabase(owner, ground.held(type), snake(type));
  const should = guardsByTable(machine, (actor) =>
    actor === 'SYSTEM' ? 'laihu_system' : roleOf(codeOf(actor as Asker)),
  );
  const faults = [
    ...[...is].filter((each) => !should.has(each)),
    ...[...should].filter((each) => !is.has(each)),
  ].map((each) => `${type}: ${each} is ${is.has(each) ? 'looked at' : 'not looked at'}`);
  for (const actor of of) {
    if (actor === 'SYSTEM') continue;
    const placed = await ground.unready(machine, actor, owner);
    const column = state && ground.column(type, state);
    const triers = placed.map((p) => ground.trier(p));
    const outcomes = await tryChanges(owner, ground.held(type), type, column, states, triers, tries);
    let at = 0;
    for (const was of states)
      for (const who of placed)
        for (const { event, to } of tries) {
          const outcome = outcomes[at++] ?? 'nothing';
          const [row] = legalRows(machine, who, was, event, to);
          if (!row || outcome.startsWith('SKIP')) continue;
          const viewer = ground.viewer(actor, who.posts);
          const missing = await inState(owner, ground, machine, who, was, () =>
            missingOf(owner, ground, type, who.row.id, row.guards, viewer),
          );
          if (missing.length === 0) continue;
          tally.unready = (tally.unready ?? 0) + 1;
          if (outcome !== `LH002 ${missing[0]}`)
            faults.push(
              `${type}: ${was} ${event} by ${actor} is not ready for ${missing}, but got ${outcome}`,
            );
        }
  }
  return faults;
}

/** Owners whose connection has a transaction open, in which a mutant stands. */
export const inTransaction = new WeakSet<Sql>();

/** Asks something of a row that the owner has put into a state, and takes it back. */
export async function inState<T>(
  owner: Sql,
  ground: Ground,
  { type, state }: Machine,
  { row, crafted }: Placed,
  was: string | null,
  ask: () => Promise<T>,
): Promise<T> {
  const sets = { ...crafted, ...(state && was !== null && { [ground.column(type, state)]: was }) };
  const open = inTransaction.has(owner);
  await owner.unsafe(open ? 'savepoint asked' : 'begin');
  try {
    await owner.unsafe(`set local session_replication_role = replica`);
    for (const [column, value] of Object.entries(sets))
      await owner.unsafe(`update ${ground.held(type)} set "${column}" = $1 where id = $2`, [value, row.id]);
    await owner.unsafe(`set local session_replication_role = origin`);
    return await ask();
  } finally {
    await owner.unsafe(open ? 'rollback to savepoint asked' : 'rollback');
  }
}

function newRow(
  ground: Ground,
  { type, rows }: Machine,
  actor: Actor,
  posts: readonly string[],
  row: Row | undefined,
  where: 'inside' | 'outside',
  to: string,
  state: string | null,
) {
  const { oracle, district } = ground;
  const values: Record<string, unknown> = { id: randomUUID(), createdBy: 'somebody', sourceSystem: 'laihu' };
  if (state && to !== '') values[state] = to;
  let as = { role: 'laihu_system', settings: { unit: 'system' } as Readonly<Record<string, string>> };
  if (actor !== 'SYSTEM') {
    const viewer = ground.viewer(actor, posts);
    as = roleAs(viewer);
    const own = rows.filter((r) => makes(r) && names(r, actor));
    const writable = new Set(rightsOf(oracle, district, type, own, state).insert);
    if (row) {
      const placed = where === 'inside' ? inside(ground, row, actor) : outside(ground, row, actor);
      if (placed === undefined && own.length > 0) return undefined;
      Object.assign(values, placed);
    } else if (where === 'outside') return undefined;
    // Where it may make nothing at all, any column is one too many.
    if (writable.size > 0)
      for (const property of Object.keys(values))
        if (!writable.has(ground.column(type, property))) delete values[property];
  } else if (where === 'outside') return undefined;
  const entries = Object.entries(values).map(
    ([property, value]) => [ground.column(type, property), value] as const,
  );
  const statement = `insert into ${ground.held(type)} (${entries.map(([c]) => `"${c}"`).join(', ')}) values (${entries.map(([, v]) => literal(v)).join(', ')})`;
  return { as, statement };
}

/** What makes a new row the actor's, by one of the rules of a row of the table. */
export function inside(ground: Ground, row: Row, actor: Asker): Record<string, unknown> | undefined {
  const viewer = ground.viewer(actor);
  const { district } = ground;
  const { place, about, concerned, units, persons } = district.scope(row.record);
  for (const { kind, property } of row.territory) {
    if (kind === 'everywhere' && actor !== 'SVB') return {};
    if (kind === 'unit' || kind === 'person') {
      const held = kind === 'unit' ? viewer.unit : viewer.person;
      // Only coordinators have uuids as ids: nobody else is meant.
      const value = ground.isUuid(row.record, property) && actor !== 'COR' ? randomUUID() : held;
      return { [property]: ground.isList(row.record, property) ? [value] : value };
    }
    if (kind === 'subdistrict' && place && viewer.subdistrict)
      return { [place.subdistrict]: viewer.subdistrict };
    if (kind === 'station' && place?.station && viewer.station) return { [place.station]: viewer.station };
    if (kind === 'neighbourhood' && place?.neighbourhood) {
      const area = district.areas.find(({ holder }) => holder === viewer.person);
      if (area) return { [place.neighbourhood]: area.neighbourhood };
    }
    if (kind === 'own') {
      const scope = ground.scope(viewer);
      const like = district
        .rows(row.record)
        .find((r) => scope.isOwn(row.record, r) && scope.sees(row.record, r.id));
      if (like) {
        const keys = [...about, ...concerned, ...units, ...persons, ...parentKey(ground, row.record)];
        return Object.fromEntries(keys.map((key) => [key, (like as RawRow)[key]]));
      }
    }
  }
  return undefined;
}

const parentKey = ({ district }: Ground, type: string): string[] => {
  const { parent } = district.scope(type);
  return parent ? [parent.by] : [];
};

/** A new row that belongs to somebody else; undefined where every row is the actor's. */
function outside(ground: Ground, row: Row, actor: Asker): Record<string, unknown> | undefined {
  if (actor !== 'SVB' && row.territory.some(({ kind }) => kind === 'everywhere')) return undefined;
  const { place } = ground.district.scope(row.record);
  const values: Record<string, unknown> = {};
  for (const { kind, property } of row.territory) {
    // What a column holds by default may be the actor's.
    const strange = kind === 'person' ? randomUUID() : 'PT-XXX-999';
    if (property !== '') values[property] = ground.isList(row.record, property) ? [strange] : strange;
    if (kind === 'subdistrict' && place) values[place.subdistrict] = '310107999';
    if (kind === 'station' && place?.station) values[place.station] = 'PT-XXX-999';
    if (kind === 'neighbourhood' && place?.neighbourhood) values[place.neighbourhood] = '310107999999';
  }
  return values;
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  const text = Array.isArray(value) ? `{${value.join(',')}}` : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}

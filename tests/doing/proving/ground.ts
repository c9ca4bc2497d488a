import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type PgColumn, PgDialect } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import { getOrMake } from '../../../src/common/get-or-make.ts';
import type { Viewer } from '../../../src/identity/viewer.ts';
import { type ViewerCode, viewers } from '../../../src/identity/viewers.ts';
import type { Pools } from '../../../src/store/pools.ts';
import { Oracle } from '../../access/oracle.ts';
import { type District, type RawRow, readDistrict } from '../../access/reading/district.ts';
import { Scope } from '../../access/reading/scope.ts';
import { testDay, viewerOf } from '../../support/graph.ts';
import { type Actor, isOpen, makes, postSets, type Row, readTables, statesOf } from '../reading/machines.ts';
import { readMutations } from '../reading/mutations.ts';
import { codesOfState, stateProperty } from '../reading/states.ts';
import { holdsFor, isWithin } from '../reading/territory.ts';
import type { Trier, Try } from './attempts.ts';
import { heldBy } from './guards.ts';

const dialect = new PgDialect();

/** An actor who can ask. */
export type Asker = Exclude<Actor, 'SYSTEM'>;
export const askers: readonly Asker[] = [...viewers.map(({ code }) => code), 'SVB'];
export const actors: readonly Actor[] = [...askers, 'SYSTEM'];

/** A record type to which something can happen, as this test reads it. */
export interface Machine {
  readonly type: string;
  readonly rows: readonly Row[];
  /** The property of the state; null without states. */
  readonly state: string | null;
  readonly states: readonly (string | null)[];
  /** What is tried in each state: each event with each state to which it leads somewhere. */
  readonly tries: readonly Try[];
}

/** An actor on a row of the district. */
export interface Placed {
  readonly actor: Actor;
  readonly posts: readonly string[];
  /** As it is after the owner has set what is missing. */
  readonly row: RawRow;
  readonly crafted: Readonly<Record<string, string>>;
  /** The rows of the table that it may use on this row by territory. */
  readonly within: ReadonlySet<Row>;
}

/** What the tests of this folder compare with: the tables, the district, and who sees what of it. */
export class Ground {
  readonly oracle = new Oracle();
  readonly tables = readTables();
  readonly mutations = readMutations(this.tables);
  readonly district: District;
  readonly #machines = new Map<string, Machine>();
  readonly #placed = new Map<string, { readonly found: readonly Placed[]; readonly left: readonly Row[] }>();
  readonly #unready = new Map<string, readonly Placed[]>();
  readonly #scopes = new Map<string, Scope>();

  constructor(district: District) {
    this.district = district;
  }

  static async of(pools: Pools): Promise<Ground> {
    return new Ground(await readDistrict(pools));
  }

  machine(type: string): Machine {
    return getOrMake(this.#machines, type, () => this.#machine(type));
  }

  #machine(type: string): Machine {
    const rows = this.tables.get(type) ?? [];
    const state = stateProperty(this.oracle, type, rows);
    const states = state
      ? [...new Set([...statesOf(rows), ...codesOfState(this.oracle, type, state)])]
      : [null];
    const tries = new Map(
      rows.filter((row) => !makes(row)).map(({ event, to }) => [`${event} ${to}`, { event, to }] as const),
    );
    return { type, rows, state, states, tries: [...tries.values()] };
  }

  get machines(): readonly Machine[] {
    return [...this.tables.keys()].map((type) => this.machine(type));
  }

  viewer(actor: Asker, posts?: readonly string[]): Viewer {
    const viewer = actor === 'SVB' ? viewerOf('SVC', 'PT-SVB-015') : viewerOf(actor);
    return posts ? { ...viewer, posts: posts as Viewer['posts'] } : viewer;
  }

  scope(viewer: Viewer): Scope {
    const key = `${viewer.department} ${viewer.unit} ${viewer.posts.join()}`;
    const known = this.#scopes.get(key) ?? new Scope(this.oracle, this.district, viewer, false);
    this.#scopes.set(key, known);
    return known;
  }

  held(type: string): string {
    const { table } = this.district.source(type);
    return `"${getTableConfig(table).schema}"."${getTableName(table)}"`;
  }

  /** Whether a row of the table is a record of the type as it stands now. */
  async isOfType(owner: Sql, type: string, id: string): Promise<boolean> {
    const { where } = this.district.source(type);
    if (!where) return true;
    const { sql: text, params } = dialect.sqlToQuery(where);
    const rows = await owner.unsafe(
      `select from ${this.held(type)} where id = $${params.length + 1} and (${text})`,
      [...params, id] as never[],
    );
    return rows.length > 0;
  }

  column(type: string, property: string): string {
    const columns = getTableColumns(this.district.source(type).table) as Record<string, PgColumn>;
    const column = columns[property];
    if (!column) throw new Error(`${type} has no property ${property}.`);
    return column.name;
  }

  isUuid(type: string, property: string): boolean {
    const columns = getTableColumns(this.district.source(type).table) as Record<string, PgColumn>;
    return columns[property]?.getSQLType() === 'uuid';
  }

  isList(type: string, property: string): boolean {
    const columns = getTableColumns(this.district.source(type).table) as Record<string, PgColumn>;
    return columns[property]?.getSQLType().endsWith('[]') ?? false;
  }

  /**
   * An actor on rows on which it may act: few, so that each row of the table that changes a record is within its territory
   * on one of them where the district has such a row, or where a unit, a person or a place set by the owner makes one.
   */
  placed(
    machine: Machine,
    actor: Actor,
  ): { readonly found: readonly Placed[]; readonly left: readonly Row[] } {
    return getOrMake(this.#placed, `${machine.type} ${actor}`, () => this.#place(machine, actor));
  }

  /** The actor on rows on which it may act, but a guard does not hold: one for each guard where the district has it. */
  async unready(machine: Machine, actor: Asker, owner: Sql): Promise<readonly Placed[]> {
    const known = this.#unready.get(`${machine.type} ${actor}`);
    if (known) return known;
    const { type } = machine;
    const found: Placed[] = [];
    const rows = machine.rows.filter((row) => !makes(row) && isOpenAtAll(row, actor));
    const posts = rows.flatMap((row) => row.posts);
    const viewer = this.viewer(actor, posts);
    const scope = this.scope(viewer);
    const reaches = (stored: RawRow) =>
      new Set(rows.filter((each) => isWithin(each, stored, viewer, scope, this.district)));
    for (const row of rows)
      for (const name of row.guards) {
        const held = await heldBy(owner, this, type, name, viewer);
        if (!held) continue;
        const inReach = (all: readonly RawRow[]) =>
          all.find(
            (stored) =>
              !held.has(stored.id) &&
              scope.sees(type, stored.id) &&
              isWithin(row, stored, viewer, scope, this.district),
          );
        const others = row.guards.filter((each) => each !== name);
        const heldByOthers = await Promise.all(others.map((each) => heldBy(owner, this, type, each, viewer)));
        // Best one for which it alone does not hold.
        const all = this.district.rows(type);
        const alone = all.filter(({ id }) => heldByOthers.every((ids) => !ids || ids.has(id)));
        const stored = inReach(alone) ?? inReach(all);
        if (stored)
          found.push({
            actor,
            posts: row.posts.slice(0, 1),
            row: stored,
            crafted: {},
            within: reaches(stored),
          });
      }
    this.#unready.set(`${machine.type} ${actor}`, found);
    return found;
  }

  #place(
    machine: Machine,
    actor: Actor,
  ): { readonly found: readonly Placed[]; readonly left: readonly Row[] } {
    const { type } = machine;
    const all = this.district.rows(type);
    const [any] = all;
    const rows = machine.rows.filter((row) => !makes(row) && isOpenAtAll(row, actor));
    if (!any) return { found: [], left: rows };
    const sets = postSets(rows, actor);
    const on = (row: RawRow, crafted: Placed['crafted'], within: ReadonlySet<Row>): Placed[] =>
      sets.map((posts) => ({ actor, posts, row, crafted, within }));
    if (actor === 'SYSTEM') return { found: on(any, {}, new Set(rows)), left: [] };
    if (rows.length === 0) return { found: this.#stranger(machine, actor), left: [] };
    const viewer = this.viewer(actor, sets.flat());
    const scope = this.scope(viewer);
    const seen = all.filter(({ id }) => scope.sees(type, id));
    const within = (stored: RawRow) =>
      new Set(rows.filter((row) => isWithin(row, stored, viewer, scope, this.district)));
    const left = new Set(rows);
    const found: Placed[] = [];
    const candidates = seen.slice(0, 400).map((row) => ({ row, reach: within(row) }));
    while (left.size > 0) {
      const [best] = candidates
        .map((c) => ({ ...c, gain: [...c.reach].filter((r) => left.has(r)).length }))
        .sort((a, b) => b.gain - a.gain);
      if (!best || best.gain === 0) break;
      found.push(...on(best.row, {}, best.reach));
      for (const row of best.reach) left.delete(row);
    }
    // Where one of several territory rules alone holds.
    for (const row of rows)
      for (const rule of row.territory.length > 1 ? row.territory : []) {
        const alone = candidates.find(({ row: stored }) =>
          row.territory.every(
            (each) => holdsFor(each, type, stored, viewer, scope, this.district) === (each === rule),
          ),
        );
        if (alone && !found.some((each) => each.row.id === alone.row.id))
          found.push(...on(alone.row, {}, alone.reach));
      }
    const presence = this.oracle.presence(codeOf(actor), type);
    const isHidden = (row: RawRow) => row.shielded === true;
    const base = seen[0] ?? all.find((row) => !isHidden(row));
    for (const row of base ? [...left] : []) {
      const crafted = this.#craft(row, base!, viewer);
      // What was not seen before is seen as its own.
      if (!crafted || (seen.length === 0 && (presence === 'NONE' || !scope.isOwn(type, crafted.row))))
        continue;
      const reach = within(crafted.row);
      if (!reach.has(row)) continue;
      found.push(...on(crafted.row, crafted.columns, reach));
      for (const each of reach) left.delete(each);
    }
    // One that it sees and on which some row of the table is not within its territory.
    const outside = candidates.find(({ reach }) => reach.size < rows.length);
    if (outside && !found.some(({ row }) => row.id === outside.row.id))
      found.push(...on(outside.row, {}, outside.reach));
    if (found.length === 0) found.push(...on(any, {}, new Set()));
    return { found, left: [...left] };
  }

  /** Who may do nothing, on rows that it sees and on which others may act, as far as there are such rows. */
  #stranger({ type, rows }: Machine, actor: Asker): readonly Placed[] {
    const all = this.district.rows(type);
    const viewer = this.viewer(actor);
    const scope = this.scope(viewer);
    const seen = all.filter(({ id }) => scope.sees(type, id)).slice(0, 400);
    const reached = rows
      .filter((row) => !makes(row))
      .flatMap((row) => seen.find((each) => isWithin(row, each, viewer, scope, this.district)) ?? []);
    const chosen = new Set([...reached.slice(0, 3), ...seen.slice(0, 1), ...all.slice(0, 1)]);
    // With every post that somebody needs: it is not for want of one that it may do nothing.
    const posts = [...new Set(rows.flatMap((row) => row.posts))];
    return [...chosen].slice(0, 3).map((row) => ({ actor, posts, row, crafted: {}, within: new Set<Row>() }));
  }

  /** A row with a unit, a person or a place set so that it is the actor's. */
  #craft(
    { territory, record }: Row,
    base: RawRow,
    viewer: Viewer,
  ): { readonly row: RawRow; readonly columns: Readonly<Record<string, string>> } | undefined {
    const { place } = this.district.scope(record);
    for (const { kind, property } of territory) {
      const [held, value] =
        kind === 'unit'
          ? [property, viewer.unit]
          : kind === 'person'
            ? [property, viewer.person]
            : kind === 'subdistrict'
              ? [place?.subdistrict, viewer.subdistrict]
              : kind === 'station'
                ? [place?.station, viewer.station]
                : kind === 'neighbourhood'
                  ? [
                      place?.neighbourhood,
                      this.district.areas.find(({ holder }) => holder === viewer.person)?.neighbourhood,
                    ]
                  : [];
      if (!held || !value) continue;
      const list = this.isList(record, held);
      return {
        row: { ...base, [held]: list ? [value] : value },
        columns: { [this.column(record, held)]: list ? `{${value}}` : value },
      };
    }
    return undefined;
  }

  trier({ actor, posts, row, crafted }: Placed): Trier {
    const shared = { id: row.id, crafted };
    if (actor === 'SYSTEM')
      return { ...shared, role: 'laihu_system', viewer: 'SYSTEM', settings: { ...nobody, unit: 'system' } };
    const viewer = this.viewer(actor, posts);
    return { ...shared, ...roleAs(viewer) };
  }
}

const nobody = {
  viewer: 'SYSTEM',
  unit: '',
  subdistrict: '',
  station: '',
  holder: '',
  person: '',
  posts: '',
  today: testDay,
};

/** The role of a viewer, and what its connections say of it. */
export function roleAs(viewer: Viewer): Pick<Trier, 'role' | 'viewer' | 'settings'> {
  const { department, unit, subdistrict, station, person, posts } = viewer;
  return {
    role: `laihu_${department.toLowerCase()}`,
    viewer: department,
    settings: {
      viewer: department,
      unit,
      subdistrict: subdistrict ?? '',
      station: station ?? '',
      holder: department === 'COORDINATOR' ? person : unit,
      person,
      posts: [...posts].sort().join(','),
      today: testDay,
    },
  };
}

/** Under which code the tables of reading know an actor. */
export const codeOf = (actor: Asker): ViewerCode => (actor === 'SVB' ? 'SVC' : actor);

const isOpenAtAll = (row: Row, actor: Actor): boolean => isOpen(row, actor, row.posts);

import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Viewer } from '../../../src/identity/viewer.ts';
import { getViewer, type ViewerCode } from '../../../src/identity/viewers.ts';
import { testDay } from '../../support/graph.ts';
import type { Oracle } from '../oracle.ts';
import { askedAbout, isShownWhenAsked } from './asked.ts';
import type { Coordinate } from './contract.ts';
import type { District, RawRow } from './district.ts';

/** `testDay` and so many days back. */
const daysAgo = (days: number): string =>
  new Date(Date.parse(testDay) - days * 86_400_000).toISOString().slice(0, 10);

/** A unit or place, or one of several. */
const among = (value: unknown, one: string | null | undefined): boolean =>
  Array.isArray(value) ? value.includes(one) : value === one;

/** Which rows a viewer sees and which of them are its own, in plain JavaScript from dossier §6.3. */
export class Scope {
  readonly #oracle: Oracle;
  readonly #district: District;
  readonly #viewer: Viewer;
  readonly #code: ViewerCode;
  readonly #linked: ReadonlySet<string>;
  readonly #areas: ReadonlySet<string>;
  readonly #visible = new Map<string, ReadonlySet<string>>();

  readonly #asked = new Map<string, ReadonlySet<unknown>>();
  readonly #withAsked: boolean;

  /** @param withAsked without it: the rows of the tables, not those that a department is only asked about */
  constructor(oracle: Oracle, district: District, viewer: Viewer, withAsked = true) {
    this.#withAsked = withAsked;
    this.#oracle = oracle;
    this.#district = district;
    this.#viewer = viewer;
    this.#code = getViewer(viewer.viewer).code;
    const holder = this.#code === 'COR' ? viewer.person : viewer.unit;
    this.#linked = new Set(
      district.links
        .filter((l) => l.holder === holder && (l.until === null || l.until >= testDay))
        .map((l) => l.subject),
    );
    this.#areas = new Set(district.areas.filter((a) => a.holder === holder).map((a) => a.neighbourhood));
  }

  /** Ids of the rows of a type that the viewer sees. */
  visible(type: string): ReadonlySet<string> {
    const known = this.#visible.get(type);
    if (known) return known;
    const presence = this.#oracle.presence(this.#code, type);
    const rows = presence === 'NONE' ? [] : this.#district.rows(type);
    const shown = rows.filter((row) => {
      if (presence === 'PUBLISHED') return true;
      const { post } = this.#district.source(type).scope;
      if (post?.viewer === this.#viewer.viewer && !this.#viewer.posts.includes(post.function)) return false;
      // The registrar sees everybody; the women's federation its own clients.
      const isClient = this.#code === 'WOF' && this.isOwn(type, row);
      if (this.#code !== 'PSB' && !isClient && this.#isShielded(type, row)) return false;
      if (presence !== 'OWN') return this.#inPlace(type, row);
      return this.isOwn(type, row) || this.#isAsked(type, row);
    });
    const made = new Set(shown.map((row) => row.id));
    this.#visible.set(type, made);
    return made;
  }

  /** The viewer sees the row for being asked about it, and for nothing else. */
  isAskedOnly(type: string, row: RawRow): boolean {
    return this.#isAsked(type, row) && !this.isOwn(type, row);
  }

  #isAsked(type: string, row: RawRow): boolean {
    if (!this.#withAsked) return false;
    const known = this.#asked.get(type) ?? askedAbout(this.#district, this.#code, this.#viewer.unit, type);
    this.#asked.set(type, known);
    return known.has(row.id);
  }

  /** Whether a row has a field's value for the viewer, as far as being asked decides. */
  has(field: Coordinate, row: RawRow): boolean {
    if (!this.isAskedOnly(field.type, row) || isShownWhenAsked(field)) return true;
    // A way to records that the viewer sees by itself.
    const sight = this.#oracle.sight(this.#code, field);
    return field.kind === 'many' && 'own' in sight && !sight.own;
  }

  /** The rows at the end of a relation, of which the viewer sees that they belong there. */
  related(field: Coordinate, row: RawRow): readonly RawRow[] {
    if (!this.has(field, row)) return [];
    if (field.kind === 'link') {
      const one = this.#district.row(field.target, row[field.by]);
      return one && this.sees(field.target, one.id) ? [one] : [];
    }
    const back = [...this.#oracle.type(field.target).fields.values()].filter(
      (f) => f.kind === 'link' && f.by === field.by,
    );
    const all = this.#district.by(field.target, field.by).get(row.id) ?? [];
    return all.filter(
      (r) =>
        this.sees(field.target, r.id) &&
        (!this.isAskedOnly(field.target, r) || back.some((f) => isShownWhenAsked(f))),
    );
  }

  sees(type: string, id: unknown): boolean {
    return typeof id === 'string' && this.visible(type).has(id);
  }

  #inPlace(type: string, row: RawRow): boolean {
    const { scope } = this.#district.source(type);
    if (scope.everywhere) return true;
    const { subdistrict, station } = this.#viewer;
    const value = (column: PgColumn | undefined) => column && row[this.#district.property(type, column)];
    const inSubdistrict = () => among(value(scope.territory?.subdistrict), subdistrict);
    const elsewhere = () =>
      scope.territory ? inSubdistrict() : scope.parent ? this.#parentSeen(type, row) : this.isOwn(type, row);
    switch (getViewer(this.#code).kind) {
      case 'DISTRICT':
        return true;
      case 'SUBDISTRICT':
        return elsewhere();
      case 'POLICE_STATION':
        return scope.territory?.station ? value(scope.territory.station) === station : elsewhere();
      case 'RECEPTION_CENTRE':
        if (scope.subjects || scope.window) return this.isOwn(type, row);
        return scope.parent ? this.#parentSeen(type, row) : elsewhere();
      case 'SOCIETY':
        // Persons only inside the masks of tasks.
        if (scope.subjects && !scope.units && !scope.persons) return this.isOwn(type, row);
        return this.#viewer.unit === 'PT-SVC' ? true : elsewhere();
      case 'COORDINATOR':
        if (scope.territory?.neighbourhood)
          return this.#areas.has(value(scope.territory.neighbourhood) as string);
        return scope.parent ? this.#parentSeen(type, row) : elsewhere();
    }
  }

  /** Linked to the viewer by its own work (`o` of a cell). */
  isOwn(type: string, row: RawRow): boolean {
    const { scope } = this.#district.source(type);
    const value = (column: PgColumn) => row[this.#district.property(type, column)];
    const since = (column: PgColumn | undefined, days: number) => {
      const day = column ? value(column) : null;
      return day === null || (day as string) >= daysAgo(days);
    };
    // What is bound to nobody, such as a published standard, is everybody's own.
    if (scope.everywhere && !scope.units) return true;
    const isDepartment = getViewer(this.#code).kind === 'DISTRICT';
    // Another's file about a person is not shown to a department for serving the person (dossier §6.2, R2).
    const isAnothers = type === 'PermitApplication' && isDepartment && this.#code !== 'PSB';
    const subjects = isAnothers ? [] : (scope.subjects ?? []);
    const linked = [...subjects, ...(scope.concerned ?? [])];
    if (linked.some((subject) => this.#linked.has(value(subject) as string))) return true;
    if (scope.units?.some((unit) => among(value(unit), this.#viewer.unit))) return true;
    if (scope.persons?.some((person) => value(person) === this.#viewer.person)) return true;
    // The thirty days are a window's (dossier §6.3); a department keeps the files that it took in.
    if (
      scope.window &&
      value(scope.window.unit) === this.#viewer.unit &&
      (isDepartment || since(scope.window.closedOn, 30))
    )
      return true;
    // The own item of an open application (dossier §6.2, R2).
    if (type === 'DepartmentOpinion' && row.authorUnit === this.#viewer.unit) {
      const closed = row.windowClosedOn as string | null;
      if (closed === null || closed > testDay) return true;
    }
    if (scope.task && value(scope.task.assignee) === this.#viewer.person && since(scope.task.closedOn, 7))
      return true;
    const parent = this.#parent(type, row);
    return parent ? this.isOwn(scope.parent!.record, parent) : false;
  }

  #parent(type: string, row: RawRow): RawRow | undefined {
    const { parent } = this.#district.source(type).scope;
    return parent && this.#district.row(parent.record, row[this.#district.property(type, parent.by)]);
  }

  #parentSeen(type: string, row: RawRow): boolean {
    const parent = this.#parent(type, row);
    return parent !== undefined && this.#inPlace(this.#district.source(type).scope.parent!.record, parent);
  }

  /** Of a shielded person, by itself or by the record it is part of. */
  #isShielded(type: string, row: RawRow): boolean {
    const { shielded, parent } = this.#district.source(type).scope;
    if (shielded && row[this.#district.property(type, shielded)] === true) return true;
    const above = this.#parent(type, row);
    return parent !== undefined && above !== undefined && this.#isShielded(parent.record, above);
  }
}

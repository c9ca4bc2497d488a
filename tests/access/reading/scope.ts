import type { Viewer } from '../../../src/identity/viewer.ts';
import { getViewer, type ViewerCode } from '../../../src/identity/viewers.ts';
import { testDay } from '../../support/graph.ts';
import type { Oracle } from '../oracle.ts';
import { askedAbout, isShownWhenAsked } from './asked.ts';
import type { Coordinate } from './contract.ts';
import type { District, RawRow } from './district.ts';
import { linkedKeys } from './linked-keys.ts';
import { isPublic } from './published.ts';

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
    this.#code = getViewer(viewer.department).code;
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
      if (presence === 'PUBLISHED') return isPublic(type, row);
      const { post, shield } = this.#district.scope(type);
      const duties: readonly string[] = this.#viewer.posts;
      if (post?.viewer === this.#code && !duties.includes(post.duty)) return false;
      // The registrar sees everybody; the women's federation its own clients.
      const isClient = shield?.own.includes(this.#code) && this.isOwn(type, row);
      if (!isClient && this.#isShielded(type, row)) return false;
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
    if (field.kind === 'link')
      return linkedKeys(field, row)
        .flatMap((key) => this.#district.row(field.target, key) ?? [])
        .filter(({ id }) => this.sees(field.target, id));
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
    const scope = this.#district.scope(type);
    if (scope.everywhere) return isPublic(type, row);
    const { subdistrict, station } = this.#viewer;
    const { place } = scope;
    const elsewhere = () =>
      place
        ? among(row[place.subdistrict], subdistrict)
        : scope.parent
          ? this.#parentSeen(type, row)
          : this.isOwn(type, row);
    const isFile = scope.about.length > 0;
    switch (getViewer(this.#code).kind) {
      case 'DISTRICT':
        return true;
      case 'SUBDISTRICT':
        return elsewhere() || this.#hasLeft(type, row);
      case 'POLICE_STATION':
        return place?.station ? row[place.station] === station : elsewhere();
      case 'RECEPTION_CENTRE':
        if (isFile || scope.window) return this.isOwn(type, row);
        return scope.parent ? this.#parentSeen(type, row) : elsewhere();
      case 'SOCIETY':
        // Persons only inside the masks of tasks.
        if (isFile && scope.units.length === 0 && scope.persons.length === 0) return this.isOwn(type, row);
        return this.#viewer.unit === 'PT-SVC' ? true : elsewhere();
      case 'COORDINATOR':
        if (place?.neighbourhood) return this.#areas.has(row[place.neighbourhood] as string);
        return scope.parent ? this.#parentSeen(type, row) : elsewhere();
    }
  }

  /** What the sub-district made itself of whom it had, for some days after (dossier §6.3, SUB). */
  #hasLeft(type: string, row: RawRow): boolean {
    const { former } = this.#district.scope(type);
    const { unit, subdistrict } = this.#viewer;
    if (!former || row[former.unit] !== unit || row[former.subdistrict] !== subdistrict) return false;
    const day = row[former.leftOn] as string | null;
    return day !== null && day >= daysAgo(former.days);
  }

  /** Linked to the viewer by its own work (`o` of a cell). */
  isOwn(type: string, row: RawRow): boolean {
    const scope = this.#district.scope(type);
    const since = (column: string, days: number) => {
      const day = row[column];
      return day === null || (day as string) >= daysAgo(days);
    };
    // What is bound to nobody, such as a published standard, is everybody's own.
    if (scope.everywhere && scope.units.length === 0) return isPublic(type, row);
    const isDepartment = getViewer(this.#code).kind === 'DISTRICT';
    // Another's file about a person is not shown to a department for serving the person (dossier §6.2, R2).
    const isAnothers = scope.keeper !== undefined && isDepartment && this.#code !== scope.keeper;
    const linked = [...(isAnothers ? [] : scope.about), ...scope.concerned];
    if (linked.some((subject) => this.#linked.has(row[subject] as string))) return true;
    if (scope.units.some((unit) => among(row[unit], this.#viewer.unit))) return true;
    if (scope.persons.some((person) => row[person] === this.#viewer.person)) return true;
    // The thirty days are a window's (dossier §6.3); a department keeps the files that it took in.
    const { window, asked, task } = scope;
    if (
      window &&
      row[window.unit] === this.#viewer.unit &&
      (isDepartment || since(window.closedOn, window.days))
    )
      return true;
    // The own item of an open application (dossier §6.2, R2).
    if (asked && row[asked.unit] === this.#viewer.unit) {
      const closed = row[asked.closedOn] as string | null;
      if (closed === null || closed > testDay) return true;
    }
    if (task && row[task.assignee] === this.#viewer.person && since(task.closedOn, task.days)) return true;
    const parent = this.#parent(type, row);
    return parent ? this.isOwn(scope.parent?.type ?? '', parent) : false;
  }

  #parent(type: string, row: RawRow): RawRow | undefined {
    const { parent } = this.#district.scope(type);
    return parent && this.#district.row(parent.type, row[parent.by]);
  }

  #parentSeen(type: string, row: RawRow): boolean {
    const parent = this.#parent(type, row);
    return parent !== undefined && this.#inPlace(this.#district.scope(type).parent?.type ?? '', parent);
  }

  /** Hidden with a shielded person, by itself or by the record it is part of. */
  #isShielded(type: string, row: RawRow): boolean {
    const { shield, parent } = this.#district.scope(type);
    if (shield && !shield.all.includes(this.#code) && row[shield.by] === true) return true;
    const above = this.#parent(type, row);
    return parent !== undefined && above !== undefined && this.#isShielded(parent.type, above);
  }
}

import type { Viewer } from '../../../src/identity/viewer.ts';
import { getViewer, type ViewerCode } from '../../../src/identity/viewers.ts';
import type { Oracle, Sight } from '../oracle.ts';
import type { Coordinate, Part } from '../reading/contract.ts';
import type { District, RawRow } from '../reading/district.ts';
import { linkedKeys } from '../reading/linked-keys.ts';
import { masked } from '../reading/masks.ts';
import { written } from '../reading/scalars.ts';
import { Scope } from '../reading/scope.ts';
import type { RefusedPlace } from './access-report.ts';
import type { Picked, Selection } from './selection.ts';

type Json = Readonly<Record<string, unknown>>;

/** Global id of a record, as docs/request.md has clients hand it back. */
export const globalId = (type: string, key: unknown): string =>
  Buffer.from(`${type}:${key}`).toString('base64url');

/** The local key of a global id. */
export const keyOf = (id: unknown): string =>
  Buffer.from(String(id), 'base64url').toString('utf8').replace(/^\w+:/, '');

/**
 * Compares answers with what a viewer is to see of the stored rows. It walks the answer: each difference becomes
 * a sentence in `problems`; what was seen in clear is noted for the controls of refusals.
 */
export class Expectation {
  readonly asking: Viewer;
  readonly code: ViewerCode;
  readonly scope: Scope;
  readonly problems: string[] = [];
  /** Coordinates at which a recorded value was seen in clear. */
  readonly seen = new Set<string>();
  /** Texts that are in the answer by right. */
  readonly allowed = new Set<string>();
  /** Recorded texts that this viewer must not find anywhere in the answer. */
  readonly withheld = new Map<string, string>();
  /** Records of the answer, and what of them is refused. */
  readonly #refused: { readonly node: Json; readonly name: string; readonly coordinate: string }[] = [];
  readonly #oracle: Oracle;
  readonly #district: District;

  constructor(
    oracle: Oracle,
    district: District,
    viewer: Viewer,
    scope: Scope = new Scope(oracle, district, viewer),
  ) {
    this.#oracle = oracle;
    this.#district = district;
    this.asking = viewer;
    this.code = getViewer(viewer.department).code;
    this.scope = scope;
  }

  /** Compares a page with the rows that it may hold; `candidates` are all that match in scope. */
  page(
    page: unknown,
    selection: Selection,
    candidates: readonly RawRow[],
    first: number,
    path: string,
  ): void {
    const { totalCount, nodes } = (page ?? {}) as { totalCount?: number; nodes?: Json[] };
    this.#same(totalCount, candidates.length, `${path}.totalCount`);
    this.list(nodes, selection, candidates, Math.min(first, candidates.length), `${path}.nodes`);
  }

  /** Compares a list with the rows that it may hold. */
  list(
    nodes: unknown,
    selection: Selection,
    candidates: readonly RawRow[],
    length: number,
    path: string,
  ): void {
    if (!Array.isArray(nodes)) {
      this.problems.push(`${path}: no list, expected ${length} records`);
      return;
    }
    this.#same(nodes.length, length, `${path}.length`);
    const byKey = new Map(candidates.map((row) => [row.id, row]));
    const ids = nodes.map((node) => keyOf(node.id));
    if (new Set(ids).size !== ids.length) this.problems.push(`${path}: a record stands twice`);
    nodes.forEach((node, i) => {
      const row = byKey.get(ids[i] ?? '');
      if (row) this.record(node, selection, row, `${path}[${i}]`);
      else this.problems.push(`${path}[${i}]: a ${selection.type} that is not this viewer's`);
    });
  }

  /** Compares a record with its row. */
  record(node: Json, selection: Selection, row: RawRow, path: string): void {
    this.#same(node.id, globalId(selection.type, row.id), `${path}.id`);
    this.allowed.add(String(node.id));
    for (const picked of selection.fields) this.#field(node, picked, row, `${path}.${picked.field.name}`);
  }

  /** The places of an answer at which a compared record has a field that is refused. */
  refusedPlaces(data: unknown): RefusedPlace[] {
    const paths = new Map<unknown, string>();
    const walk = (value: unknown, path: readonly (string | number)[]) => {
      if (typeof value !== 'object' || value === null) return;
      paths.set(value, path.join('.'));
      for (const [key, below] of Object.entries(value)) walk(below, [...path, key]);
    };
    walk(data, []);
    return this.#refused.map(({ node, name, coordinate }) => ({
      path: `${paths.get(node)}.${name}`,
      coordinate,
    }));
  }

  /** Notes what of a row is to be withheld, whether or not the row is in the answer. */
  withhold(type: string, row: RawRow): void {
    for (const field of this.#oracle.type(type).fields.values()) {
      const isClear = this.#sightAt(field, row).kind === 'CLEAR';
      const coordinate = `${type}.${field.name}`;
      if (field.kind === 'embed') {
        for (const part of field.parts) {
          if (this.#sightAt(field, row, part).kind !== 'CLEAR')
            this.#canary(row[partProperty(field, part.name)], `${coordinate}.${part.name}`);
        }
      } else if (isClear || field.kind === 'many') continue;
      else if (field.kind === 'link') {
        for (const key of linkedKeys(field, row)) this.#canary(globalId(field.target, key), coordinate);
      } else this.#canary(rawValue(field, row), coordinate);
    }
  }

  /** Notes what of a row is in an answer by right: what is seen in clear, or under a mask, which leaves a county as it is. */
  show(type: string, row: RawRow): void {
    this.allowed.add(globalId(type, row.id));
    for (const field of this.#oracle.type(type).fields.values()) {
      if (field.kind === 'embed') {
        for (const part of field.parts)
          if (this.#sightAt(field, row, part).kind === 'CLEAR')
            this.allowed.add(JSON.stringify(row[partProperty(field, part.name)] ?? null));
      } else if (field.kind === 'link') {
        if (this.#sightAt(field, row).kind === 'CLEAR')
          for (const key of linkedKeys(field, row)) this.allowed.add(globalId(field.target, key));
      } else if (field.kind !== 'many')
        this.allowed.add(JSON.stringify(this.#shown(this.#sightAt(field, row), rawValue(field, row))));
    }
  }

  #canary(value: unknown, coordinate: string): void {
    for (const item of Array.isArray(value) ? value : [value]) {
      const text = typeof item === 'object' && item !== null ? '' : String(item ?? '');
      if (text.length >= 6) this.withheld.set(text, coordinate);
    }
  }

  /** What is seen of a field, or of a part of it, in a row; NULL where the row does not have it for the viewer. */
  #sightAt(field: Coordinate, row: RawRow, part?: Part): Sight {
    const { scope, code } = this;
    const sight = part ? this.#oracle.partSight(code, field, part) : this.#oracle.sight(code, field);
    if (!('own' in sight)) return sight;
    if (scope.isAskedOnly(field.type, row))
      return scope.has(field, row) ? { kind: 'CLEAR', own: false } : { kind: 'NULL', own: false };
    return sight.own && !scope.isOwn(field.type, row) ? { kind: 'NULL', own: true } : sight;
  }

  #field(node: Json, picked: Picked, row: RawRow, path: string): void {
    const { field } = picked;
    const got = node[field.name];
    const sight = this.#sightAt(field, row);
    if (sight.kind === 'DENIED')
      this.#refused.push({ node, name: field.name, coordinate: `${field.type}.${field.name}` });
    if (field.kind === 'link') this.#link(got, picked, row, sight, path);
    else if (field.kind === 'many') this.#many(got, picked, row, sight, path);
    else if (field.kind === 'embed') this.#embed(got, field, row, path);
    else if (field.kind === 'json') this.#json(got, field, row, sight, path);
    else {
      const expected = this.#shown(sight, written(field.target, rawValue(field, row)));
      if (sight.kind === 'CLEAR' && expected !== null) this.seen.add(`${field.type}.${field.name}`);
      this.#same(got, expected, path);
    }
  }

  #shown(sight: Sight, raw: unknown): unknown {
    if (sight.kind === 'CLEAR') return raw;
    return sight.kind === 'MASK' ? masked(sight.mask, raw) : null;
  }

  #link(got: unknown, picked: Picked, row: RawRow, sight: Sight, path: string): void {
    const { field, below } = picked;
    const stored = row[field.by];
    if (!field.list) this.#linked(got, picked, stored, sight, path);
    else if (sight.kind !== 'CLEAR' || stored === null) this.#same(got, null, path);
    else {
      // One for each key, in their order, whether or not the record is there for the viewer.
      const keys = stored as readonly unknown[];
      const found = Array.isArray(got) ? (got as unknown[]) : [];
      this.#same(found.length, keys.length, `${path}.length`);
      if (keys.length === 0) this.#same(got, [], path);
      for (const [i, key] of keys.entries())
        this.#linked(found[i], { field, below, first: 0 }, key, sight, `${path}[${i}]`);
    }
  }

  #linked(got: unknown, { field, below }: Picked, key: unknown, sight: Sight, path: string): void {
    const target = this.#district.row(field.target, key);
    const isShown = sight.kind === 'CLEAR' && target && this.scope.sees(field.target, key);
    if (!isShown) {
      this.#same(got, null, path);
      return;
    }
    this.seen.add(`${field.type}.${field.name}`);
    if (typeof got === 'object' && got !== null) this.record(got as Json, below, target, path);
    else this.problems.push(`${path}: null, expected a ${field.target}`);
  }

  #many(got: unknown, picked: Picked, row: RawRow, sight: Sight, path: string): void {
    const { field, below, first } = picked;
    if (sight.kind !== 'CLEAR' && sight.kind !== 'SILENT') {
      this.#same(got, null, path);
      return;
    }
    const related = sight.kind === 'SILENT' ? [] : this.related(field, row);
    if (related.length > 0) this.seen.add(`${field.type}.${field.name}`);
    if (field.paged) this.page(got, below, related, first, path);
    else this.list(got, below, related, related.length, path);
  }

  /** The related records that the viewer sees. */
  related(field: Coordinate, row: RawRow): readonly RawRow[] {
    return this.scope.related(field, row);
  }

  #embed(got: unknown, field: Coordinate, row: RawRow, path: string): void {
    const expected: Record<string, unknown> = {};
    for (const part of field.parts) {
      const sight = this.#sightAt(field, row, part);
      const raw = written(part.scalar, row[partProperty(field, part.name)]);
      const shown = this.#shown(sight, raw);
      expected[part.name] = shown;
      if (sight.kind === 'CLEAR' && shown !== null) this.seen.add(`${field.type}.${field.name}`);
    }
    const isEmpty = Object.values(expected).every((value) => value === null);
    this.#same(got, isEmpty ? null : expected, path);
  }

  #json(got: unknown, field: Coordinate, row: RawRow, sight: Sight, path: string): void {
    const raw = row[field.name] as readonly Json[] | Json | null;
    if (sight.kind !== 'CLEAR' || raw === null) {
      this.#same(got, null, path);
      return;
    }
    this.seen.add(`${field.type}.${field.name}`);
    const item = (value: Json) =>
      Object.fromEntries(field.parts.map(({ name, scalar }) => [name, written(scalar, value[name] ?? null)]));
    this.#same(got, Array.isArray(raw) ? raw.map(item) : item(raw as Json), path);
  }

  /** Notes a difference; names the place and, for a test's reader, both values. */
  #same(got: unknown, expected: unknown, path: string): void {
    const [is, should] = [JSON.stringify(got ?? null), JSON.stringify(expected ?? null)];
    if (is !== should) this.problems.push(`${path}: got ${is}, expected ${should}`);
    if (expected != null) this.allowed.add(should);
  }
}

/** `landlord` + `name` → `landlordName`; without a prefix the part's own name. */
export function partProperty(field: Coordinate, part: string): string {
  const prefix = field.by;
  return prefix === '' ? part : `${prefix}${part.charAt(0).toUpperCase()}${part.slice(1)}`;
}

/** The stored value of a field that is no relation. */
export const rawValue = (field: Coordinate, row: RawRow): unknown =>
  row[field.kind === 'computed' ? `${field.name}()` : field.name] ?? null;

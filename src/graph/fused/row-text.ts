import { type SQL, sql } from 'drizzle-orm';
import { noKey, projectionOf } from '../reads/projection.ts';
import type { Selection } from '../reads/selection.ts';
import type { RowText } from './connection.ts';
import { type Fact, faultsColumn, mergedFaults, ref } from './facts.ts';
import { idOf, jsonValueOf, objectOf, type Piece, textOf } from './json-sql.ts';
import type { Ledger, ReadPlace } from './ledger.ts';
import type { Member, PagePlace, ValueShape } from './shape.ts';
import { type FusedParts, objectsOfPage, type Source, Sources } from './sources.ts';

/** Where something is read. */
interface RowPlace {
  readonly place: ReadPlace;
  readonly row: string;
  /** Properties that the row has for this viewer. */
  readonly columns: ReadonlyMap<string, SQL>;
  readonly joins: SQL[];
  readonly facts: Fact[];
}

/** Writes rows as JSON objects, for one class of viewers. */
export class RowTexts {
  readonly sources: Sources;
  readonly #parts: FusedParts;
  readonly #ledger: Ledger;

  constructor(parts: FusedParts, ledger: Ledger) {
    this.#parts = parts;
    this.#ledger = ledger;
    this.sources = new Sources(parts, ledger, (place, selection, members, row) =>
      this.row(place, selection, members, row),
    );
  }

  row(place: ReadPlace, selection: Selection, members: readonly Member[], row: string): RowText {
    const { record } = place;
    const projection = projectionOf(record, selection, this.#parts.context);
    const columns = new Map(projection.columns.map(({ property, value }) => [property, value]));
    const joins: SQL[] = [];
    const facts: Fact[] = [];
    const at: RowPlace = { place, row, columns, joins, facts };
    const pairs = members.map((member) => [member.name, this.#member(member, at)] as const);
    return { text: textOf(objectOf(pairs)), joins, facts: mergedFaults(facts) };
  }

  #member(member: Member, at: RowPlace): Piece | readonly Piece[] {
    const piece = this.#value(member.value, at);
    const { value, isRequired } = member;
    if (!isRequired || value.kind === 'typename' || value.kind === 'id') return piece;
    const isMissing =
      value.kind === 'value' && at.columns.has(value.property)
        ? sql`${ref(at.row, value.property)} is null`
        : sql`${textOf([piece].flat() as Piece[])} = 'null'`;
    at.facts.push({ column: faultsColumn, kind: 'sum', value: sql`(${isMissing})::int` });
    return piece;
  }

  #value(shape: ValueShape, at: RowPlace): Piece | readonly Piece[] {
    const { row, columns } = at;
    switch (shape.kind) {
      case 'typename':
        return `"${shape.type}"`;
      case 'id':
        return ['"', idOf(shape.type, ref(row, 'id'), at.place.record.keyType), '"'];
      case 'value':
        return columns.has(shape.property) ? jsonValueOf(ref(row, shape.property), shape.as) : 'null';
      case 'embed': {
        const held = shape.field.parts
          .map((part) => `${shape.field.name}.${part.name}`)
          .filter((property) => columns.has(property));
        if (held.length === 0) return 'null';
        const pairs = shape.members.map(({ name, value }) => [name, this.#value(value, at)] as const);
        const any = sql`num_nonnulls(${sql.join(
          held.map((property) => ref(row, property)),
          sql`, `,
        )}) > 0`;
        this.#ledger.countIf(any, at.facts);
        return sql`case when ${any} then ${textOf(objectOf(pairs))} else 'null' end`;
      }
      case 'link': {
        const { key } = shape.place;
        if (!columns.has(key)) return 'null';
        const { alias, source, facts } = this.sources.record(shape.place, ref(row, key));
        this.#ledger.countIf(sql`${ref(row, key)} is not null`, at.facts);
        at.joins.push(source);
        at.facts.push(...facts);
        return sql`coalesce(${ref(alias, 'j')}, 'null')`;
      }
      case 'links': {
        const { key } = shape.place;
        if (!columns.has(key)) return 'null';
        const { text, source, facts } = this.sources.linked(shape.place, ref(row, key), shape.atMost);
        this.#ledger.count(sql`coalesce(cardinality(${ref(row, key)}), 0)`, at.facts);
        at.joins.push(source);
        at.facts.push(...facts);
        return text;
      }
      case 'page':
        return this.#related(shape.place, objectsOfPage(shape.place), at, (parent, facts) =>
          this.sources.page(shape.place, parent, facts),
        );
      case 'list':
        return this.#related(shape.place, 0, at, (parent) => this.sources.list(shape.place, parent));
    }
  }

  /** What belongs to a row, or null where the viewer may not follow the relation. */
  #related(
    { field }: Pick<PagePlace, 'field'>,
    objects: number,
    { place, row, columns, joins, facts }: RowPlace,
    make: (parent: SQL, facts: Fact[]) => Source,
  ): Piece {
    const key = `${field!.name}.key`;
    if (columns.get(key) === noKey) return 'null';
    const parent = ref(row, columns.has(key) ? key : 'id');
    const found = make(parent, facts);
    joins.push(found.source);
    facts.push(...found.facts);
    if (!columns.has(key)) {
      place.objects += objects;
      return found.text;
    }
    for (let i = 0; i < objects; i++) this.#ledger.countIf(sql`${parent} is not null`, facts);
    return sql`case when ${parent} is null then 'null' else ${found.text} end`;
  }
}

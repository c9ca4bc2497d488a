import type { ViewerName } from '../../identity/viewers.ts';
import type { AccessPlan } from '../compile/access-plan.ts';
import { filterUses, orderUses } from '../policy/arguments.ts';
import { measureDenial } from '../policy/measures.ts';
import type { RuledField, RuledRecord } from '../policy/ruled-record.ts';

/**
 * The coordinates that a viewer may ever read or use, by the matrix alone: what is masked or shown in own rows only
 * is among them. Of a secret group only what shows something is: of a value that is always null a viewer without
 * the right shall not even see the name.
 */
export class VisibleCoordinates {
  readonly #plan: AccessPlan;
  readonly #viewer: ViewerName;
  readonly #values: ReadonlySet<string>;
  readonly #filters: ReadonlySet<string>;

  /**
   * @param values the names of the value objects
   * @param filters the filter fields of the whole contract, as `LeaseFilter.monthlyRent`
   */
  constructor(
    accessPlan: AccessPlan,
    viewer: ViewerName,
    { values, filters }: Readonly<Record<'values' | 'filters', ReadonlySet<string>>>,
  ) {
    this.#plan = accessPlan;
    this.#viewer = viewer;
    this.#values = values;
    this.#filters = filters;
  }

  /** Whether rows of a record type exist for the viewer. */
  record(record: RuledRecord): boolean {
    return record.access[this.#viewer].rows !== 'NONE';
  }

  /** A field of a record, or a root field. */
  output(type: string, field: string): boolean {
    const { denial, masked } = this.#plan.decision(type, field, this.#viewer);
    return denial === null && !(masked?.group.secret && masked.mask === 'NULL');
  }

  /** A field of `XFilter` for a record type X. */
  filter(record: RuledRecord, name: string): boolean {
    const field = record.fields.get(name);
    // The id, and the connectives.
    if (!field || field.kind === 'id') return true;
    if (field.parts) return field.parts.some((part) => this.#partFilter(record, field, part.name));
    return this.#isOpen(record, { [name]: {} });
  }

  /** A value of `XOrderField` for a record type X. */
  order(record: RuledRecord, value: string): boolean {
    return orderUses(this.#plan, record, { field: value }, this.#viewer).every((use) => !use.denial);
  }

  /** Whether there is anything to count for the viewer. */
  anyMeasure(): boolean {
    return [...this.#plan.measures.keys()].some((name) => this.measure(name));
  }

  /** A measure of statistics. */
  measure(name: string): boolean {
    const rule = this.#plan.measures.get(name);
    return rule !== undefined && measureDenial(rule, this.#viewer) === null;
  }

  /** A value object: some visible field holds it. */
  value(type: string): boolean {
    return this.#holders(type).some(([record, field]) => this.output(record.name, field.name));
  }

  /** Whether a name is that of a value object at all. */
  isValue(type: string): boolean {
    return this.#values.has(type);
  }

  /**
   * A field of `VFilter` for a value object V: some field that holds it lets it be compared. One that is no filter at
   * all does not count, or a part would be offered that is refused wherever it is used.
   */
  valueFilter(type: string, part: string): boolean {
    return this.#holders(type).some(
      ([record, field]) =>
        this.#filters.has(`${record.name}Filter.${field.name}`) && this.#partFilter(record, field, part),
    );
  }

  #partFilter(record: RuledRecord, field: RuledField, part: string): boolean {
    return this.#isOpen(record, { [field.name]: { [part]: {} } });
  }

  #isOpen(record: RuledRecord, input: unknown): boolean {
    return filterUses(this.#plan, record, input, this.#viewer).every((use) => !use.denial);
  }

  #holders(type: string): (readonly [RuledRecord, RuledField])[] {
    return [...this.#plan.model.values()]
      .filter((record) => this.record(record))
      .flatMap((record) =>
        [...record.fields.values()]
          .filter((field) => field.type === type)
          .map((field) => [record, field] as const),
      );
  }
}

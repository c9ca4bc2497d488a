import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { getOrMake } from '../../common/get-or-make.ts';
import type { ByViewer } from '../../contract/compile/compile.ts';
import { getRecord, type Model, type RecordField, type RecordModel } from '../../contract/model/record.ts';
import type { FieldAccess } from '../../contract/policy/field-access.ts';
import { type ViewerName, viewers } from '../../identity/viewers.ts';
import { classesOf, type ViewerClass } from '../rows/viewer-class.ts';
import { visibleRows } from '../rows/visible-rows.ts';
import { parametersOf } from '../wall/settings.ts';
import { columnsIn, mapColumns } from './map-columns.ts';
import { maskSql } from './masks.ts';
import {
  argumentsOf,
  castOf,
  longestName,
  type SealedValue,
  snake,
  suffixOf,
  type TablePlan,
  textOf,
  type Use,
} from './planned-column.ts';
import { PlannedTables } from './planned-tables.ts';
import { type RowsText, rowsTexts, withinOwnRows } from './shared-rows.ts';
import { sqlTypeOf } from './sql-types.ts';

/**
 * By which column each coordinate is read, so that PostgreSQL can grant it by itself. A grant is a column's, but
 * one column often serves several coordinates that are ruled differently, and the row scope besides: what may be
 * compared for the scope need not be shown. Then each of them gets a column of its own, virtual and equal; a mask is
 * such a column too, so a viewer can read `name__masked` and not `name`.
 */
export class ColumnPlan {
  readonly sealed = new Map<string, SealedValue>();
  readonly #clear = new Map<string, string>();
  readonly #masked = new Map<string, string>();
  readonly #sources = new Map<string, ReadonlyMap<string, string>>();
  readonly #model: Model;
  readonly #tables: PlannedTables;
  readonly #rows: RowsText;
  readonly #seeing = new Map<string, boolean>();
  readonly #uses = new Map<string, { column: PgColumn; uses: Use[] }>();
  readonly #derived: (() => void)[] = [];

  constructor(model: Model) {
    this.#model = model;
    this.#rows = rowsTexts(model);
    this.#tables = new PlannedTables(model);
    for (const record of model.values())
      for (const field of record.fields.values()) this.#field(record, field);
    for (const [place, { column, uses }] of this.#uses) this.#assign(place, column, uses);
    for (const derive of this.#derived) derive();
  }

  get tables(): ReadonlyMap<string, TablePlan> {
    return this.#tables.all;
  }

  /** The column by which a coordinate is read in clear, compared and ordered. @throws Error for an unknown one */
  clear(coordinate: string): string {
    const name = this.#clear.get(coordinate);
    if (name === undefined) throw new Error(`No column is planned for ${coordinate}.`);
    return name;
  }

  /** The column that shows a coordinate masked. */
  masked(coordinate: string): string {
    const name = this.#masked.get(coordinate);
    if (name === undefined) throw new Error(`No masked column is planned for ${coordinate}.`);
    return name;
  }

  /** The function by which a viewer reads a coordinate; undefined where it reads a column. */
  sealedFor(coordinate: string, viewer: ViewerName): SealedValue | undefined {
    return this.sealed.get(`${coordinate} ${viewer}`);
  }

  /** By which columns a viewer reads what a derived value is made of; the columns' own names where nothing is known. */
  sourcesOf(coordinate: string, viewer: ViewerName): ReadonlyMap<string, string> | undefined {
    return this.#sources.get(`${coordinate} ${viewer}`);
  }

  /** The column that holds a derived value; undefined when it depends on the day or on an argument. */
  derived(coordinate: string): string | undefined {
    return this.#clear.get(coordinate);
  }

  #field(record: RecordModel, field: RecordField): void {
    const { access, rule } = field;
    const { coordinate } = rule;
    if (field.kind === 'column' || field.kind === 'link')
      this.#column(record, field, coordinate, field.column, access);
    else if (field.kind === 'embed')
      for (const part of field.parts)
        this.#column(record, field, `${coordinate}.${part.name}`, part.column, part.access);
    else if (field.kind === 'computed') this.#derived.push(() => this.#computed(record, field));
    else if (field.kind === 'many') {
      const target = getRecord(this.#model, field.type);
      const by = target.columns[field.by];
      const readers = viewers.filter((v) => access[v.name].decision === 'CLEAR').map((v) => v.name);
      if (by) this.#use(target, by, field, coordinate, new Set(readers));
    }
  }

  #column(
    record: RecordModel,
    field: RecordField,
    coordinate: string,
    column: PgColumn,
    access: ByViewer<FieldAccess>,
  ): void {
    const clear = new Set<ViewerName>();
    const masks = new Map<Exclude<FieldAccess['mask'], null>, Set<ViewerName>>();
    for (const { name } of viewers) {
      const { decision, mask, own } = access[name];
      if (decision === 'REFUSED' || mask === 'NULL') continue;
      if (own && this.#seesOthers(record, name)) {
        const value = maskSql(sql.raw(`"t"."${column.name}"`), mask);
        const type = mask ? 'text' : column.getSQLType();
        this.#seal(record, field, coordinate, name, { value, type, parameters: [], own: true });
      } else if (decision === 'CLEAR') clear.add(name);
      else getOrMake(masks, mask!, () => new Set<ViewerName>()).add(name);
    }
    this.#use(record, column, field, coordinate, clear);
    const table = this.#tables.of(record);
    for (const [mask, readers] of masks) {
      const name = this.#tables.add(table, `${column.name}__masked`, {
        type: 'text',
        expression: textOf(maskSql(sql.raw(`"${column.name}"`), mask)),
      });
      for (const viewer of readers) this.#tables.allow(table, name, viewer);
      this.#masked.set(coordinate, name);
    }
  }

  /** Whether a viewer sees rows of a type that are not its own, so that an own-rows cell needs a look at each row. */
  #seesOthers(record: RecordModel, viewer: ViewerName): boolean {
    return getOrMake(this.#seeing, `${record.name} ${viewer}`, () => {
      const rows = (c: ViewerClass, rows?: 'OWN') => textOf(visibleRows(record, 't', c, this.#model, rows));
      return classesOf(viewer).some((c) => rows(c) !== rows(c, 'OWN'));
    });
  }

  #computed(record: RecordModel, field: RecordField & { kind: 'computed' }): void {
    const { coordinate } = field.rule;
    const table = this.#tables.of(record);
    const type = sqlTypeOf(field.type);
    const raw = field.sql(argumentsOf());
    const parameters = [...new Set(parametersOf(raw))];
    const seen = viewers.filter(({ name }) => field.access[name].decision === 'CLEAR');
    if (parameters.length === 0) {
      const name = this.#tables.add(table, `${snake(field.name)}__derived`, {
        type,
        expression: textOf(mapColumns(raw, (column) => sql.raw(`"${column.name}"`))),
      });
      this.#clear.set(coordinate, name);
      for (const viewer of seen) this.#tables.allow(table, name, viewer.name);
      return;
    }
    // It depends on the day or on an argument, so no column can hold it. Who may not read what it is derived from
    // asks a function.
    const value = mapColumns(raw, (column) => sql.raw(`"t"."${column.name}"`));
    for (const { name } of seen) {
      const own = field.access[name].own && this.#seesOthers(record, name);
      const sources = own ? undefined : this.#readable(table, columnsIn(raw), name);
      if (sources) this.#sources.set(`${coordinate} ${name}`, sources);
      else
        this.#seal(record, field, coordinate, name, {
          value,
          type,
          parameters: parameters
            .filter((p) => p !== 'today')
            .map((p) => ({ name: p, type: castOf(value, p) })),
          own,
        });
    }
  }

  /** By which columns a viewer reads some columns in clear; undefined when it may not read all of them. */
  #readable(table: TablePlan, columns: readonly PgColumn[], viewer: ViewerName) {
    const names = new Map<string, string>();
    for (const { name } of columns) {
      const { uses } = this.#uses.get(`${table.name}.${name}`) ?? { uses: [] };
      const use = uses.find(({ readers }) => readers.has(viewer));
      if (!use) return undefined;
      names.set(name, this.clear(use.coordinate));
    }
    return names;
  }

  #seal(
    record: RecordModel,
    field: RecordField,
    coordinate: string,
    viewer: ViewerName,
    how: Pick<SealedValue, 'value' | 'type' | 'parameters' | 'own'>,
  ): void {
    const name = snake(coordinate.replaceAll('.', '_'));
    const functionName = `sealed.${`${name}__${viewer.toLowerCase()}`.slice(0, longestName)}`;
    this.sealed.set(`${coordinate} ${viewer}`, { record, field, viewer, functionName, ...how });
  }

  #use(
    record: RecordModel,
    column: PgColumn,
    field: RecordField,
    coordinate: string,
    readers: Set<ViewerName>,
  ): void {
    const place = `${this.#tables.of(record).name}.${column.name}`;
    const use = { coordinate, suffix: suffixOf(field), readers, record, field };
    getOrMake(this.#uses, place, () => ({ column, uses: [] as Use[] })).uses.push(use);
  }

  /** The uses with equal readers share a column; the first that no scope stands against has the table's own. */
  #assign(place: string, column: PgColumn, uses: readonly Use[]): void {
    const table = this.tables.get(place.slice(0, place.lastIndexOf('.')))!;
    const { within, outside } = withinOwnRows(table, column, uses, this.#rows);
    for (const [use, beyond] of outside)
      for (const viewer of beyond) {
        const value = sql.raw(`"t"."${column.name}"`);
        const how = { value, type: column.getSQLType(), parameters: [], own: false };
        this.#seal(use.record, use.field, use.coordinate, viewer, how);
      }
    const groups = [
      ...Map.groupBy(uses, (use) => `${[...use.readers].sort().join(' ')} ${within.get(use) ?? ''}`).values(),
    ];
    const scoped = table.readers.get(column.name) ?? new Set<ViewerName>();
    const own = groups.find(
      ([use]) => !within.has(use!) && [...scoped].every((viewer) => use!.readers.has(viewer)),
    );
    for (const group of groups) {
      const [first] = group;
      const condition = within.get(first!);
      const name =
        group === own
          ? column.name
          : this.#tables.add(table, `${column.name}__${first!.suffix}`, {
              type: column.getSQLType(),
              expression: condition ? `case when ${condition} then "${column.name}" end` : `"${column.name}"`,
            });
      for (const { coordinate } of group) this.#clear.set(coordinate, name);
      for (const viewer of first!.readers) this.#tables.allow(table, name, viewer);
    }
  }
}

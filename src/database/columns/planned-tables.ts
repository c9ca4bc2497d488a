import { getOrMake } from '../../common/get-or-make.ts';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import { type ViewerName, viewers } from '../../identity/viewers.ts';
import { tableNameOf } from '../../store/table-name.ts';
import { classesOf } from '../rows/viewer-class.ts';
import { type AddedColumn, longestName, type TablePlan } from './planned-column.ts';
import { scopeColumns } from './scope-columns.ts';

/** The tables of all records, each with who may read which of its columns. */
export class PlannedTables {
  readonly all = new Map<string, TablePlan>();
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
    for (const record of model.values()) this.of(record);
  }

  /** The table of a record type. Whoever sees rows of it reads what the row scope compares. */
  of(record: RecordModel): TablePlan {
    const name = tableNameOf(record.source.table);
    const table = getOrMake(this.all, name, () => ({
      store: record.store,
      name,
      records: [] as RecordModel[],
      added: new Map<string, AddedColumn>(),
      // Every role may count rows, of those that it sees.
      readers: new Map([['id', new Set(viewers.map((v) => v.name))]]),
    }));
    if (!table.records.includes(record)) {
      table.records.push(record);
      for (const { name: viewer } of viewers)
        for (const viewerClass of classesOf(viewer))
          for (const place of scopeColumns(record, viewerClass, this.#model)) {
            const at = place.lastIndexOf('.');
            this.allow(this.#named(place.slice(0, at)), place.slice(at + 1), viewer);
          }
    }
    return table;
  }

  /** Lets a viewer read a column. */
  allow({ readers }: TablePlan, column: string, viewer: ViewerName): void {
    getOrMake(readers, column, () => new Set<ViewerName>()).add(viewer);
  }

  /** Adds a column, or finds the mask that is equal; a name that is taken by another gets a number. @returns its name */
  add(table: TablePlan, wanted: string, column: Omit<AddedColumn, 'name'>): string {
    for (let n = 1; ; n++) {
      const name = n === 1 ? wanted.slice(0, longestName) : `${wanted.slice(0, longestName - 3)}_${n}`;
      const there = table.added.get(name);
      if (!there) table.added.set(name, { name, ...column });
      else if (there.expression !== column.expression || !wanted.endsWith('masked')) continue;
      return name;
    }
  }

  #named(name: string): TablePlan {
    const known = this.all.get(name);
    if (known) return known;
    const record = [...this.#model.values()].find((r) => tableNameOf(r.source.table) === name);
    if (!record) throw new Error(`The row scope names ${name}, which holds no records.`);
    return this.of(record);
  }
}

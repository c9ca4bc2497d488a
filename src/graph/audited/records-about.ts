import type { Model, RecordModel } from '../../contract/model/record.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { type Way, waysToPersons } from './audited-records.ts';

/** Reads ids of a store outside all row scopes. None of them is answered. */
export type ReadIds = (
  store: string,
  text: string,
  params: readonly string[][],
) => Promise<readonly string[]>;

/** The most records of a type about one person that are looked at. Nobody has nearly so many. */
const mostIds = 5000;

/**
 * Finds the records of all departments about a person. Secret ones are left out, so that neither a statement
 * nor the time reveals them. Each record type takes one statement, whatever there is.
 */
export class RecordsAbout {
  readonly #records: readonly { readonly record: RecordModel; readonly ways: readonly Way[] }[];
  readonly #readIds: ReadIds;

  constructor(model: Model, persons: ReadonlySet<string>, readIds: ReadIds) {
    this.#readIds = readIds;
    this.#records = [...model.values()]
      .filter(({ name, rules }) => name !== 'Migrant' && !rules.group?.secret)
      .map((record) => ({ record, ways: waysToPersons(record, model, persons) }))
      .filter(({ ways }) => ways.length > 0);
  }

  /** Local ids by record type, including the person's own. */
  async of(migrantId: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = new Map<string, readonly string[]>([['Migrant', [migrantId]]]);
    let left = this.#records;
    while (left.length > 0) {
      const ready = left.filter(({ ways }) => ways.every(({ via }) => via === null || found.has(via)));
      if (ready.length === 0) break;
      left = left.filter((entry) => !ready.includes(entry));
      const ids = await Promise.all(ready.map((entry) => this.#read(entry, found)));
      ready.forEach(({ record }, i) => {
        found.set(record.name, ids[i] ?? []);
      });
    }
    return found;
  }

  #read(
    { record, ways }: { readonly record: RecordModel; readonly ways: readonly Way[] },
    found: ReadonlyMap<string, readonly string[]>,
  ): Promise<readonly string[]> {
    const conditions = ways.map(({ column }, i) => {
      const type = column.getSQLType();
      // A column may hold several ids.
      return type.endsWith('[]')
        ? `"${column.name}" && $${i + 1}::text[]::${type}`
        : `"${column.name}" = any($${i + 1}::text[]::${type}[])`;
    });
    const text = `select "id"::text as "id" from ${quotedTableOf(record.source.table)} where ${conditions.join(' or ')} limit ${mostIds}`;
    return this.#readIds(
      record.store,
      text,
      ways.map(({ via }) => [...(found.get(via ?? 'Migrant') ?? [])]),
    );
  }
}

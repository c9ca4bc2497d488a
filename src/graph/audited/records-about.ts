import type { Model, RecordModel } from '../../contract/model/record.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { type Way, waysToPersons } from './audited-records.ts';

/** Reads ids of a store beside all row scopes; nothing of it is answered. */
export type ReadIds = (
  store: string,
  text: string,
  params: readonly string[][],
) => Promise<readonly string[]>;

/** Records of a type about one person that are looked at; nobody has nearly so many. */
const mostIds = 5000;

/**
 * Finds the records of all departments that are about a person, secret ones left out, so that no statement and no
 * time tells of them. One statement a record type, whatever there is.
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

  /** Local ids by record type, the person's own among them. */
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
    const conditions = ways.map(
      ({ column }, i) => `"${column.name}" = any($${i + 1}::text[]::${column.getSQLType()}[])`,
    );
    const text = `select "id"::text as "id" from ${quotedTableOf(record.source.table)} where ${conditions.join(' or ')} limit ${mostIds}`;
    return this.#readIds(
      record.store,
      text,
      ways.map(({ via }) => [...(found.get(via ?? 'Migrant') ?? [])]),
    );
  }
}

import { getOrMake } from '../../common/get-or-make.ts';
import type { RecordModel, Row } from '../../contract/model/record.ts';
import { isNamedByParent } from './audited-records.ts';
import type { ReadIds } from './records-about.ts';

/** Stands among the ids of a type for more records than are named. */
export const manyRecords = '*';

/** Takes what a request reads, as it is read. */
export class SubjectSink {
  /** Record type → local ids. */
  readonly subjects = new Map<string, Set<string>>();
  /** Reads ids beside all row scopes: who is looked for is named whoever may see it. */
  readonly readIds: ReadIds;
  readonly #audited: ReadonlySet<string>;
  #rowCount = 0;
  #hasAnswered = false;

  /** @param audited the record types whose rows are named */
  constructor(audited: ReadonlySet<string>, readIds: ReadIds) {
    this.#audited = audited;
    this.readIds = readIds;
  }

  /** Whether rows of a type are named. */
  names(record: RecordModel): boolean {
    return this.#audited.has(record.name);
  }

  /** Rows were read, or a list was looked through: also a count of none is an answer. */
  get hasAnswered(): boolean {
    return this.#hasAnswered || this.#rowCount > 0;
  }

  answered(): void {
    this.#hasAnswered = true;
  }

  /** More records of a type were looked for than are named. */
  many(record: RecordModel): void {
    this.asked(record, manyRecords);
  }

  /** Rows that were read, of any type. */
  get rowCount(): number {
    return this.#rowCount;
  }

  /** A record that somebody asks for, by its id or otherwise: an entry names it also where it is not given. */
  asked(record: RecordModel, id: string): void {
    if (this.#audited.has(record.name))
      getOrMake(this.subjects, record.name, () => new Set<string>()).add(id);
  }

  /** Whether the ids of rows are wanted. @param by for records of a parent the property that holds its id */
  namesRows(record: RecordModel, by: string | null): boolean {
    return this.#audited.has(record.name) && (by === null || !isNamedByParent(record, by));
  }

  /** The same as `read` for rows that the database has counted. @param ids theirs, where they are wanted */
  readRows(record: RecordModel, count: number, ids: readonly string[], by: string | null): void {
    this.#rowCount += count;
    if (ids.length === 0 || !this.namesRows(record, by)) return;
    const known = getOrMake(this.subjects, record.name, () => new Set<string>());
    for (const id of ids) known.add(id);
  }

  /** @param by for records of a parent the property that holds its id */
  read(record: RecordModel, rows: readonly Row[], by: string | null = null): void {
    this.#rowCount += rows.length;
    if (rows.length === 0 || !this.namesRows(record, by)) return;
    const ids = getOrMake(this.subjects, record.name, () => new Set<string>());
    for (const row of rows) ids.add(row.id);
  }
}

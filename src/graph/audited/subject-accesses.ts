import type { SubjectEntry, SubjectQuery } from '../../audit/subject-entries.ts';
import type { Subjects } from '../../audit/subject-tokens.ts';
import { personalRecords } from '../../contract/model/persons.ts';
import type { Model } from '../../contract/model/record.ts';
import { type ReadIds, RecordsAbout } from './records-about.ts';

/** The access log as it is searched. */
export interface SearchedLog {
  /** Keyed hashes of record types and ids. */
  tokensOf(subjects: Subjects): Buffer;
  find(query: SubjectQuery): Promise<readonly SubjectEntry[]>;
}

/** Who has read records about a person, as the person may know it. */
export class SubjectAccesses {
  readonly #log: SearchedLog;
  readonly #about: RecordsAbout;
  readonly #secretGroups: readonly string[];

  constructor(log: SearchedLog, model: Model, readIds: ReadIds) {
    this.#log = log;
    this.#about = new RecordsAbout(model, personalRecords(model), readIds);
    const groups = [...model.values()].flatMap(({ rules }) => [
      rules.group,
      ...[...rules.fields.values()].map(({ group }) => group),
    ]);
    this.#secretGroups = [...new Set(groups.flatMap((group) => (group?.secret ? [group.name] : [])))];
  }

  /**
   * Accesses newest first. Entries that answered something of a secret group are left out as a whole, and no secret
   * record is looked for: who asks learns nothing of what such a group hides. A secret group that was refused hides no
   * entry: anybody could add one to a document so as not to be named.
   */
  async of(
    migrantId: string,
    page: { readonly before: string | null; readonly limit: number },
  ): Promise<readonly SubjectEntry[]> {
    const tokens = this.#log.tokensOf(await this.#about.of(migrantId));
    return this.#log.find({ tokens, withoutGroups: this.#secretGroups, ...page });
  }
}

import type { Grant } from '../../contract/policy/grants.ts';
import type { DocumentAccess } from '../check/document-access.ts';
import { encodeNodeId } from '../node-id.ts';

/** What a grant has opened of a row, kept in the row itself. */
export interface Opening {
  readonly groups: ReadonlySet<string>;
  /** The viewer sees the row without the grant, too. */
  readonly isSeen: boolean;
}

/** The property of a row that says what a grant has opened of it. */
export const openingKey = '$granted';

/** The grants that concern one request, and what they have opened in its answer. */
export class RequestGrants {
  readonly purpose: string;
  readonly #grants: readonly Grant[];
  readonly #used = new Set<Grant>();
  /** Coordinates that a grant has opened somewhere. */
  readonly #opened = new Set<string>();
  /** Coordinates that stand under the viewer's own rules somewhere. */
  readonly #ruled = new Set<string>();

  constructor(grants: readonly Grant[], purpose: string) {
    this.#grants = grants;
    this.purpose = purpose;
  }

  /** The groups that grants open of a record. */
  groupsOf(record: string, id: string): readonly string[] {
    return this.#of(record, id)
      .map(({ group }) => group)
      .sort();
  }

  /** The database has shown groups of a record. */
  used(record: string, id: string, groups: ReadonlySet<string>): void {
    for (const grant of this.#of(record, id)) if (groups.has(grant.group)) this.#used.add(grant);
  }

  opened(coordinate: string): void {
    this.#opened.add(coordinate);
  }

  ruled(coordinate: string): void {
    this.#ruled.add(coordinate);
  }

  /** What is known of the document, once it has run: less what grants have opened wherever it stands. */
  lift(access: DocumentAccess): DocumentAccess {
    const stays = ({ coordinate }: { readonly coordinate: string }) => this.#stays(coordinate);
    const { log } = access;
    const refused = log.refused.filter((coordinate) => this.#stays(coordinate));
    const shown = new Set([...this.#used].map(({ group }) => group));
    return {
      ...access,
      denials: access.denials.filter(stays),
      masked: access.masked.filter(stays),
      own: access.own.filter(stays),
      granted: [...this.#used].map(({ record, id, group, until }) => ({
        id: encodeNodeId(record, id),
        fieldGroup: group,
        until,
      })),
      log: {
        ...log,
        refused,
        isRefused: refused.length > 0,
        deniedGroups: log.deniedGroups.filter((group) => !shown.has(group)),
      },
    };
  }

  #stays(coordinate: string): boolean {
    return !this.#opened.has(coordinate) || this.#ruled.has(coordinate);
  }

  #of(record: string, id: string): readonly Grant[] {
    return this.#grants.filter((grant) => grant.record === record && grant.id === id);
  }
}

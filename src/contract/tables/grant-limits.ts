import { readFileSync } from 'node:fs';
import { type ViewerName, viewers } from '../../identity/viewers.ts';

/** What a case-bound grant of a field group may not do (dossier §6.5). */
export interface GrantLimit {
  readonly group: string;
  /** To whom no grant of the group is given. */
  readonly never: ReadonlySet<ViewerName>;
  /** The client must have consented before a grant of the group counts. */
  readonly needsConsent: boolean;
}

/** The limits of case-bound grants; a group that the table does not name has none. */
export class GrantLimits {
  readonly rows: ReadonlyMap<string, GrantLimit>;

  constructor(rows: ReadonlyMap<string, GrantLimit> = new Map()) {
    this.rows = rows;
  }

  /** Whether a viewer may get a grant of a group at all. */
  mayBeGranted(group: string, viewer: ViewerName): boolean {
    return holdsGrants(viewer) && !this.rows.get(group)?.never.has(viewer);
  }

  needsConsent(group: string): boolean {
    return this.rows.get(group)?.needsConsent ?? false;
  }
}

/** A grant is for a unit. A coordinator acts for a branch of the society, whose grants are the officers'. */
export const holdsGrants = (viewer: ViewerName): boolean =>
  viewers.some(({ name, kind }) => name === viewer && kind !== 'COORDINATOR');

/** Reads `schema/grants.tsv`. @throws Error naming every fault at once */
export function readGrantLimits(file: string, groups: ReadonlySet<string>): GrantLimits {
  return parseGrantLimits(readFileSync(file, 'utf8'), file, groups);
}

/** The same from text. @param file how faults call it */
export function parseGrantLimits(text: string, file: string, groups: ReadonlySet<string>): GrantLimits {
  const [head = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const faults: string[] = [];
  if (head !== 'group\tnever\tconsent\tclause')
    faults.push('the columns are not group, never, consent, clause');
  const rows = new Map<string, GrantLimit>();
  for (const line of lines) {
    const [group = '', never = '', consent = '', clause = ''] = line.split('\t').map((cell) => cell.trim());
    if (!groups.has(group)) faults.push(`${group}: is no group of schema/visibility.tsv`);
    if (rows.has(group)) faults.push(`${group}: stands twice`);
    if (consent !== '' && consent !== 'client')
      faults.push(`${group}, column consent: write "client" or nothing`);
    if (never === '' && consent === '') faults.push(`${group}: limits nothing`);
    if (clause === '') faults.push(`${group}: names no clause`);
    const codes =
      never === 'everybody' ? viewers.map(({ code }) => code) : never.split(/[, ]+/).filter(Boolean);
    const named = codes.map((code) => viewers.find((viewer) => viewer.code === code)?.name ?? code);
    for (const [i, name] of named.entries())
      if (name === codes[i]) faults.push(`${group}, column never: there is no viewer ${name}`);
    rows.set(group, { group, never: new Set(named as ViewerName[]), needsConsent: consent === 'client' });
  }
  if (faults.length > 0) throw new Error(`The limits of grants (${file}) have faults:\n${faults.join('\n')}`);
  return new GrantLimits(rows);
}

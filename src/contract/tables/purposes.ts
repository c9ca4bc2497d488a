import { readFileSync } from 'node:fs';
import { type ViewerName, viewers } from '../../identity/viewers.ts';

/** A purpose for which persons are read, and the clause that opens it to each viewer (dossier §6.4). */
export interface PurposeRow {
  readonly purpose: string;
  readonly title: string;
  readonly titleZh: string;
  readonly openTo: ReadonlyMap<ViewerName, string>;
}

/** Which purposes are open to whom. Purposes narrow nothing yet; they say why, and the audit log keeps them. */
export class Purposes {
  readonly rows: ReadonlyMap<string, PurposeRow>;
  readonly #usual: ReadonlyMap<ViewerName, string>;

  constructor(rows: ReadonlyMap<string, PurposeRow>, usual: ReadonlyMap<ViewerName, string>) {
    this.rows = rows;
    this.#usual = usual;
  }

  /** The clause that opens a purpose to a viewer. */
  clause(purpose: string, viewer: ViewerName): string | undefined {
    return this.rows.get(purpose)?.openTo.get(viewer);
  }

  /** The purposes open to a viewer, in the order of the table. */
  openTo(viewer: ViewerName): readonly string[] {
    return [...this.rows.values()].filter((row) => row.openTo.has(viewer)).map((row) => row.purpose);
  }

  /** The purpose that a viewer's work mostly has; a console may offer it first, the server never assumes it. */
  usualOf(viewer: ViewerName): string {
    return this.#usual.get(viewer) ?? '';
  }
}

const cellForm = /^([A-Z]+-\w+|[IV]+-\w+)(\*?)$/;

/**
 * Reads the table of purposes: one row a purpose, one column a viewer; a cell is the clause that opens the purpose,
 * with an asterisk where it is the viewer's usual one.
 * @param names the values of the SDL's enum Purpose: the rows must be the same.
 * @throws Error naming row and column of every fault at once.
 */
export function readPurposes(file: string, names: readonly string[]): Purposes {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
  const heads = head.split('\t');
  const faults: string[] = [];
  for (const name of ['purpose', 'title', 'titleZh', ...viewers.map((v) => v.code)])
    if (!heads.includes(name)) faults.push(`column ${name} is missing`);
  const rows = new Map<string, PurposeRow>();
  const usual = new Map<ViewerName, string>();
  for (const line of lines) {
    const values = line.split('\t');
    const get = (name: string) => values[heads.indexOf(name)]?.trim() ?? '';
    const purpose = get('purpose');
    if (rows.has(purpose)) faults.push(`${purpose}: stands twice`);
    if (!names.includes(purpose)) faults.push(`${purpose}: is no value of the enum Purpose`);
    const openTo = new Map<ViewerName, string>();
    for (const viewer of viewers) {
      const text = get(viewer.code);
      if (text === '') continue;
      const [, clause, mark] = cellForm.exec(text) ?? [];
      if (!clause)
        faults.push(`${purpose}, column ${viewer.code}: "${text}" is no clause, such as HLR-b or HLR-b*`);
      else openTo.set(viewer.name, clause);
      if (!mark) continue;
      if (usual.has(viewer.name)) faults.push(`${viewer.code}: has two usual purposes`);
      usual.set(viewer.name, purpose);
    }
    if (openTo.size === 0) faults.push(`${purpose}: is open to nobody`);
    rows.set(purpose, { purpose, title: get('title'), titleZh: get('titleZh'), openTo });
  }
  for (const name of names) if (!rows.has(name)) faults.push(`${name}: has no row`);
  for (const viewer of viewers)
    if (!usual.has(viewer.name)) faults.push(`${viewer.code}: has no usual purpose; every viewer needs one`);
  if (faults.length > 0) throw new Error(`The table of purposes (${file}) has faults:\n${faults.join('\n')}`);
  return new Purposes(rows, usual);
}

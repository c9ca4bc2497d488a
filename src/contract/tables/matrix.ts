import { readFileSync } from 'node:fs';
import { type ViewerName, viewers } from '../../identity/viewers.ts';

/** One cell of the matrix: what a viewer sees of a group, on which rows, and the clause that gives the duty. */
export interface Cell {
  /** F full, M masked, A aggregates only. */
  readonly value: 'F' | 'M' | 'A';
  /** Only rows linked to the viewer by its own work. */
  readonly own: boolean;
  readonly clause: string;
}

/** One field group: a row of the matrix. */
export interface FieldGroup {
  readonly name: string;
  /** The dossier's short code, e.g. `P2`. */
  readonly code: string;
  readonly title: string;
  /** The department that answers for the group. */
  readonly owner: ViewerName;
  /** Who may write the group, in the dossier's words (§6.2): `PSB; CAC, COR capture`; `writersOf` reads them. */
  readonly writer: string;
  /** A viewer who may not see a row may not learn that it exists (dossier §6.4). */
  readonly secret: boolean;
  /** What M shows: by the fields' masks and classes, or only the companion fields. */
  readonly masked: 'by class' | 'companions';
  /** Smallest cell of an aggregate; null where none is offered. */
  readonly k: number | null;
  readonly cells: ReadonlyMap<ViewerName, Cell>;
}

export type Matrix = ReadonlyMap<string, FieldGroup>;

const cellForm = /^([FMA])(o?) (\S+)$/;

/**
 * Reads the visibility matrix (dossier §6.1), a tab-separated table: one row a field group, one column a viewer.
 * @throws Error naming file, line and column of every fault at once.
 */
export function readMatrix(file: string): Matrix {
  return parseMatrix(readFileSync(file, 'utf8'), file);
}

/**
 * The same from text.
 * @param file how faults call it
 * @param mayLack columns that an earlier revision of the table does not have
 */
export function parseMatrix(text: string, file: string, mayLack: readonly string[] = []): Matrix {
  const [head = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const heads = head.split('\t');
  const faults: string[] = [];
  for (const name of [
    'group',
    'code',
    'title',
    'owner',
    'writer',
    'secrecy',
    'masked',
    'k',
    ...viewers.map((v) => v.code),
  ])
    if (!heads.includes(name) && !mayLack.includes(name)) faults.push(`${file}: column ${name} is missing`);
  const matrix = new Map<string, FieldGroup>();
  lines.forEach((line, i) => {
    const values = line.split('\t');
    const get = (name: string) => values[heads.indexOf(name)]?.trim() ?? '';
    const where = `${file}:${i + 2} ${get('group')}`;
    const cells = new Map<ViewerName, Cell>();
    for (const viewer of viewers) {
      const text = get(viewer.code);
      if (text === '') continue;
      const match = cellForm.exec(text);
      if (!match)
        faults.push(`${where}, column ${viewer.code}: "${text}" is not F, M or A, maybe o, and a clause`);
      else
        cells.set(viewer.name, {
          value: match[1] as Cell['value'],
          own: match[2] === 'o',
          clause: match[3] ?? '',
        });
    }
    const masked = get('masked');
    if (masked !== 'by class' && masked !== 'companions')
      faults.push(`${where}, column masked: write "by class" or "companions"`);
    if (!viewers.some((v) => v.name === get('owner'))) faults.push(`${where}, column owner: no such viewer`);
    if (heads.includes('writer')) faults.push(...writerFaults(get('writer'), `${where}, column writer`));
    if (matrix.has(get('group'))) faults.push(`${where}: the group stands twice`);
    matrix.set(get('group'), {
      name: get('group'),
      code: get('code'),
      title: get('title'),
      owner: get('owner') as ViewerName,
      writer: get('writer'),
      secret: get('secrecy') === 'secret',
      masked: masked as FieldGroup['masked'],
      k: get('k') === '' ? null : Number(get('k')),
      cells,
    });
  });
  if (faults.length > 0) throw new Error(`The visibility matrix has faults:\n${faults.join('\n')}`);
  return matrix;
}

/** Codes of viewers, besides words that say what they write; or nobody by name: the system, the owner. */
function writerFaults(text: string, where: string): string[] {
  const codes = text.match(/\b[A-Z]{2,}\b/g) ?? [];
  const unknown = codes.filter((code) => !viewers.some((viewer) => viewer.code === code));
  if (unknown.length > 0) return [`${where}: there is no viewer ${unknown.join(', ')}`];
  return codes.length > 0 || /\b(system|owner)\b/.test(text)
    ? []
    : [`${where}: "${text}" names no viewer, such as "PSB; CAC, COR capture"`];
}

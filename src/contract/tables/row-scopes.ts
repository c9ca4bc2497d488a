import { readFileSync } from 'node:fs';
import type { PostFunction } from '../../identity/viewer.ts';
import { findViewer, type ViewerName } from '../../identity/viewers.ts';
import { type Part, parts } from './row-scope-parts.ts';

/** One line: a part of the row scope of a record type, or a right that a field of Query gives some viewers alone. */
export interface ScopeLine {
  /** A record type, or the coordinate of a root field. */
  readonly type: string;
  readonly part: Part;
  /** What is no column: levels, days, viewers, other record types. */
  readonly value: string;
  /** The part of the dossier, or the clause of the notice, that gives it. */
  readonly clause: string;
}

/** `schema/row-scopes.tsv`: whose rows are whose, one line a part. */
export interface RowScopeTable {
  /** How faults call it. */
  readonly file: string;
  readonly lines: readonly ScopeLine[];
  /** Who may ask what others may read: `explainAccess(as:)`. */
  readonly explainsOthers: readonly ViewerName[];
}

export const explainAccessField = 'Query.explainAccess';

const heads = ['type', 'part', 'value', 'clause'];
/** A section, row or value of the dossier (6.3, R2, PUB), or a clause of the notice (LAO-a, II-2d). */
const clauseForm = /^(\d\.\d|[A-Z]+\d*|[A-Z]+-\w+)$/;

/** Reads the table. @throws Error that names line, fault and remedy of everything that is wrong in it. */
export const readRowScopes = (file: string): RowScopeTable =>
  parseRowScopes(readFileSync(file, 'utf8'), file);

/** The same from text. @param file how faults call it */
export function parseRowScopes(text: string, file: string): RowScopeTable {
  const [head = '', ...rows] = text.trimEnd().split(/\r?\n/);
  const faults: string[] = [];
  if (head !== heads.join('\t'))
    faults.push(`${file}:1: the columns are not ${heads.join(', ')}; write them so, with tabs between`);
  const lines = rows.map((row, i) => lineOf(row, `${file}:${i + 2}`, rows[i - 1], faults));
  lines.forEach(({ type, part }, i) => {
    const above = lines[i - 1];
    if (above?.type === type && above.part === part && !parts.get(part)?.several)
      faults.push(`${file}:${i + 2} ${type}: has the part ${part} twice; keep one line of it`);
  });
  if (faults.length > 0) throw new Error(`The table of row scopes has faults:\n${faults.join('\n')}`);
  const explaining = lines.filter(({ part }) => part === 'others');
  return { file, lines, explainsOthers: explaining.map(({ value }) => viewerNamed(value)) };
}

function lineOf(row: string, where: string, above: string | undefined, faults: string[]): ScopeLine {
  const [type = '', part = '', value = '', clause = '', ...more] = row.split('\t');
  const form = parts.get(part as Part);
  if (more.length > 0) faults.push(`${where}: has more than ${heads.length} columns; remove the others`);
  if (above !== undefined && above >= row)
    faults.push(`${where} ${type}: stands twice or out of order; sort the lines and keep one of each`);
  if (!form)
    faults.push(`${where} ${type}: there is no part "${part}"; use one of ${[...parts.keys()].join(', ')}`);
  else if (!form.takes(value))
    faults.push(`${where} ${type}: "${value}" is no value of ${part}; write ${form.says}`);
  if ((part === 'others') !== (type === explainAccessField))
    faults.push(
      `${where} ${type}: the part others is of ${explainAccessField} alone; move or remove the line`,
    );
  if (!clauseForm.test(clause))
    faults.push(
      `${where} ${type}: "${clause}" is no clause; name what gives the part, such as 6.3, R2 or LAO-a`,
    );
  return { type, part: part as Part, value, clause };
}

/** A viewer by its code; the table's values were looked at when it was read. */
function viewerNamed(code: string): ViewerName {
  const viewer = findViewer(code);
  if (!viewer) throw new Error(`There is no viewer ${code}.`);
  return viewer.name;
}

/** `LAO AUDITOR`: a viewer and what its post lets do. */
export function postOf(value: string): { viewer: ViewerName; function: PostFunction } {
  const [viewer = '', duty = ''] = value.split(' ');
  return { viewer: viewerNamed(viewer), function: duty as PostFunction };
}

/** `PSB WOFo`: who sees rows of shielded persons, with `o` those of its own. */
export function shieldOpenTo(value: string): Map<ViewerName, 'ALL' | 'OWN'> {
  return new Map(
    value
      .split(' ')
      .map((text) =>
        text.endsWith('o') ? [viewerNamed(text.slice(0, -1)), 'OWN'] : [viewerNamed(text), 'ALL'],
      ),
  );
}

export const keeperOf = (value: string): { keeper: ViewerName } => ({ keeper: viewerNamed(value) });

import { readFileSync } from 'node:fs';
import { type ViewerName, viewers } from '../../identity/viewers.ts';
import type { FieldGroup, Matrix } from './matrix.ts';

/** ONCE: only with the record (`capture`, `write-once`). */
export type WriterRight = 'ANY' | 'ONCE';

/**
 * Who writes a group, by the column `writer` of the matrix: the codes that it names, and for `owner` the owner of
 * the group and the department whose store keeps the record.
 * @param store of the record that is written; null: of whichever
 */
export function writersOf(
  { writer, owner }: FieldGroup,
  store: string | null,
): ReadonlyMap<ViewerName, WriterRight> {
  const found = new Map<ViewerName, WriterRight>();
  for (const part of writer.split(';')) {
    const right = /\b(capture|write-once)\b/.test(part) ? 'ONCE' : 'ANY';
    for (const { code, name } of viewers) if (new RegExp(`\\b${code}\\b`).test(part)) found.set(name, right);
    for (const { name } of viewers)
      if (/\bowner\b/.test(part) && (name === owner || name.toLowerCase() === store)) found.set(name, right);
  }
  return found;
}

/** Viewers who write fields of groups of which the matrix does not name them writers, and why. */
export interface WriterException {
  /** `schema/writers.tsv:3`. */
  readonly where: string;
  readonly groups: ReadonlySet<string>;
  readonly viewers: ReadonlySet<ViewerName>;
  /** Of which record types. */
  readonly records: ReadonlySet<string>;
  readonly clause: string;
  readonly reason: string;
}

/** Reads `schema/writers.tsv`. @throws Error naming every fault at once */
export function readWriters(file: string, matrix: Matrix): readonly WriterException[] {
  return parseWriters(readFileSync(file, 'utf8'), file, matrix);
}

/** The same from text. @param file how faults call it */
export function parseWriters(text: string, file: string, matrix: Matrix): readonly WriterException[] {
  const [head = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const faults: string[] = [];
  if (head !== 'groups\tviewers\trecords\tclause\treason')
    faults.push('the columns are not groups, viewers, records, clause, reason');
  const rows = lines.map((line, i): WriterException => {
    const where = `${file}:${i + 2}`;
    const [groups = '', codes = '', records = '', clause = '', reason = ''] = line
      .split('\t')
      .map((cell) => cell.trim());
    const names = (cell: string) => cell.split(/[, ]+/).filter(Boolean);
    for (const group of names(groups))
      if (!matrix.has(group)) faults.push(`${where}: ${group} is no group of schema/visibility.tsv`);
    const named = names(codes).flatMap((code) => {
      const name = viewers.find((viewer) => viewer.code === code)?.name;
      if (!name) faults.push(`${where}: there is no viewer ${code}`);
      return name ?? [];
    });
    for (const [column, cell] of Object.entries({ groups, viewers: codes, records, clause, reason }))
      if (cell === '') faults.push(`${where}, column ${column}: is empty`);
    return {
      where,
      groups: new Set(names(groups)),
      viewers: new Set(named),
      records: new Set(names(records)),
      clause,
      reason,
    };
  });
  if (faults.length > 0) throw new Error(`The exceptions of writers have faults:\n${faults.join('\n')}`);
  return rows;
}

import { readFileSync } from 'node:fs';

/** So many records can be taken out as a file without a second person. */
export interface ExportLimits {
  /** Of a list that reads persons. */
  readonly persons: number;
  /** Of any other list. */
  readonly others: number;
}

/** Reads `schema/exports.tsv`. @throws Error naming every fault at once */
export function readExportLimits(file: string): ExportLimits {
  return parseExportLimits(readFileSync(file, 'utf8'), file);
}

/** The same from text. @param file how faults call it */
export function parseExportLimits(text: string, file: string): ExportLimits {
  const [head = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const faults: string[] = [];
  if (head !== 'about\trows\tclause') faults.push('the columns are not about, rows, clause');
  const found = new Map<string, number>();
  for (const line of lines) {
    const [about = '', rows = '', clause = ''] = line.split('\t').map((cell) => cell.trim());
    if (about !== 'persons' && about !== 'others') faults.push(`${about}: is neither persons nor others`);
    if (found.has(about)) faults.push(`${about}: stands twice`);
    if (!/^\d{1,9}$/.test(rows)) faults.push(`${about}, column rows: "${rows}" is no whole number`);
    if (clause === '') faults.push(`${about}: names no clause`);
    found.set(about, Number(rows));
  }
  const [persons, others] = [found.get('persons'), found.get('others')];
  if (persons === undefined || others === undefined)
    faults.push('there must be a row persons and a row others');
  if (faults.length > 0 || persons === undefined || others === undefined)
    throw new Error(`The limits of exports (${file}) have faults:\n${faults.join('\n')}`);
  return { persons, others };
}

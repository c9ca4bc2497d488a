import { ImportRefused } from '../import-refused.ts';
import type { FileKind } from '../kinds/file-kind.ts';

/** Columns that an export of refused rows adds; a corrected export may keep them. */
export const refusalColumns = ['行号', '错误代码', '错误栏目'] as const;

/**
 * Finds the columns of a file of this kind in its first line; their order is free.
 * @returns for each of the kind's columns its place in the line
 * @throws ImportRefused: another department's file, a missing, unknown or repeated column, no headings at all.
 */
export function matchHeadings(
  cells: readonly string[],
  kind: FileKind,
  kinds: readonly FileKind[],
  name: string,
): readonly number[] {
  const headings = cells.map((cell) => cell.normalize('NFKC').trim());
  if (headings.length === 1 && /[;\t]/.test(headings[0]!))
    throw new ImportRefused(
      `The columns of ${name} are not separated by commas; save the table as CSV with commas.`,
    );
  const shared = (of: FileKind) => of.columns.filter((column) => headings.includes(column)).length;
  const own = shared(kind);
  const other = kinds.reduce((best, of) => (shared(of) > shared(best) ? of : best), kind);
  if (other !== kind)
    throw new ImportRefused(
      `${name} is a file of ${other.name} (${other.title}); import it as ${other.name}, not as ${kind.name}.`,
    );
  if (own === 0)
    throw new ImportRefused(
      `${name} is not a CSV file of ${kind.name}: its first line has none of the headings ${kind.columns.slice(0, 3).join(', ')} ….`,
    );
  const missing = kind.columns.filter((column) => !headings.includes(column));
  if (missing.length > 0)
    throw new ImportRefused(
      `${name} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}; a file of ${kind.name} has ${kind.columns.length} columns.`,
    );
  const repeated = kind.columns.find((column) => headings.indexOf(column) !== headings.lastIndexOf(column));
  if (repeated) throw new ImportRefused(`${name} has the column ${repeated} twice; leave one of them out.`);
  const known = new Set<string>([...kind.columns, ...refusalColumns]);
  const unknown = headings.find((heading) => !known.has(heading));
  if (unknown !== undefined)
    throw new ImportRefused(
      `${name} has a column ${unknown === '' ? 'without heading' : `"${unknown.slice(0, 20)}"`} that a file of ${kind.name} does not have; leave it out.`,
    );
  return kind.columns.map((column) => headings.indexOf(column));
}

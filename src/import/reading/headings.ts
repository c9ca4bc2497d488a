import { withoutInvisible } from '../../identifiers/invisible.ts';
import type { FileKind } from '../file-kind.ts';
import { ImportRefused } from '../import-refused.ts';

/** Columns that an export of refused rows adds; a corrected export may keep them. */
export const refusalColumns = ['行号', '错误代码', '错误栏目'] as const;

/** The columns of a file, found in its headings. */
export interface Columns {
  /** By heading the place in a row; also of optional columns that the file has. */
  readonly places: ReadonlyMap<string, number>;
  /** Cells that a row has; what lies beyond has no heading. */
  readonly width: number;
  /** Whether an export of refused rows comes back. */
  readonly isExport: boolean;
}

/** Other words for a column. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['证件种类', '证件类型'],
  ['证件类别', '证件类型'],
  ['证件名称', '证件类型'],
]);

/**
 * Finds the columns of a file of this kind in its first line; their order is free.
 * @throws ImportRefused: another department's file, a missing, unknown or repeated column, no headings at all.
 */
export function matchHeadings(
  cells: readonly string[],
  kind: FileKind,
  kinds: readonly FileKind[],
  name: string,
): Columns {
  const headings = cells.map((cell) => {
    const heading = withoutInvisible(cell).normalize('NFKC').replace(/\s+/g, '');
    return aliases.get(heading) ?? heading;
  });
  // A spreadsheet writes empty columns behind the table.
  while (headings.at(-1) === '') headings.pop();
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
  const allowed = [...kind.columns, ...kind.optionalColumns];
  const repeated = allowed.find((column) => headings.indexOf(column) !== headings.lastIndexOf(column));
  if (repeated) throw new ImportRefused(`${name} has the column ${repeated} twice; leave one of them out.`);
  const known = new Set<string>([...allowed, ...refusalColumns]);
  const unknown = headings.find((heading) => !known.has(heading));
  if (unknown !== undefined)
    throw new ImportRefused(
      `${name} has a column ${unknown === '' ? 'without heading' : `"${unknown.slice(0, 20)}"`} that a file of ${kind.name} does not have; leave it out.`,
    );
  return {
    places: new Map(allowed.filter((c) => headings.includes(c)).map((c) => [c, headings.indexOf(c)])),
    width: headings.length,
    isExport: refusalColumns.every((column) => headings.includes(column)),
  };
}

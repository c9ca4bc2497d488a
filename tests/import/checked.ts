import { checkFile, type RefusedRow } from '../../src/import/check-file.ts';
import { openText } from '../../src/import/reading/text-blocks.ts';
import type { Counts } from '../../src/import/tally.ts';
import { fileKinds, kindOf, rowOf, writeFile } from './files.ts';
import { type FileKind, headings } from './synthetic-rows.ts';

/** What a check makes of a file: counts, refused rows, and the accepted ones by staging column. */
export interface Checked {
  readonly tally: Counts;
  readonly refused: readonly RefusedRow[];
  readonly accepted: readonly Readonly<Record<string, string | null>>[];
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };

export async function checkPath(kind: FileKind, path: string, month = '2007-03'): Promise<Checked> {
  const refused: RefusedRow[] = [];
  const accepted: Record<string, string | null>[] = [];
  const columns = ['line', 'again', ...kindOf(kind).staging];
  const { tally } = await checkFile({
    file: await openText(path),
    kind: kindOf(kind),
    kinds: fileKinds,
    month,
    sink: {
      accept(copyLine) {
        const values = copyLine
          .slice(0, -1)
          .split('\t')
          .map((text) => (text === '\\N' ? null : text.replace(/\\(.)/g, (_, c: string) => escapes[c] ?? c)));
        accepted.push(Object.fromEntries(columns.map((column, n) => [column, values[n] ?? null])));
        return undefined;
      },
      refuse: (row) => void refused.push(row),
    },
  });
  return { tally, refused, accepted };
}

/** Rows of a kind, each a valid one with some cells changed; columns that the kind does not need are added. */
export async function checkRows(
  kind: FileKind,
  rows: readonly Readonly<Record<string, string>>[],
  month?: string,
): Promise<Checked> {
  const more = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (heading) => !headings[kind].includes(heading),
  );
  const key = kind === 'public-security' ? '登记编号' : kind === 'housing' ? '合同备案号' : undefined;
  const table = rows.map((cells, n) => {
    const own = key ? { [key]: `PT20070300${String(n).padStart(4, '0')}`, ...cells } : cells;
    return [...rowOf(kind, own), ...more.map((heading) => cells[heading] ?? '')];
  });
  return checkPath(kind, writeFile(kind, table, { head: [...headings[kind], ...more], utf8: true }), month);
}

/** One row. @returns its staging values, or the code of its refusal */
export async function checkRow(kind: FileKind, cells: Readonly<Record<string, string>>) {
  const { tally, refused, accepted } = await checkRows(kind, [cells]);
  return { tally, values: accepted[0], code: refused[0]?.code, column: refused[0]?.column };
}

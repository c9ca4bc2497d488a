import { parse } from 'csv-parse/sync';
import { ImportRefused } from '../import-refused.ts';
import type { FileKind } from '../kinds/file-kind.ts';
import { matchHeadings } from './headings.ts';
import { readText, type TextFile } from './text-blocks.ts';

/**
 * Looks at the first line of a file, so that another department's file is refused before a database is started.
 * @throws ImportRefused as `matchHeadings` does.
 */
export async function peekHeadings(
  file: TextFile,
  kind: FileKind,
  kinds: readonly FileKind[],
): Promise<void> {
  for await (const text of readText(file, () => {})) {
    const line = text.split('\n').find((part) => part.trim() !== '') ?? '';
    matchHeadings(cellsOf(line, file.name), kind, kinds, file.name);
    return;
  }
}

function cellsOf(line: string, name: string): readonly string[] {
  try {
    const [cells] = parse(line, { relax_quotes: true }) as string[][];
    return cells ?? [];
  } catch {
    throw new ImportRefused(
      `${name} is not a CSV file: its first line opens a quotation mark and does not close it.`,
    );
  }
}

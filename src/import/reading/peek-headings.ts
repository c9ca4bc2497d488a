import type { FileKind } from '../file-kind.ts';
import { readCsv } from './csv-records.ts';
import { matchHeadings } from './headings.ts';
import { readText, type TextFile } from './text-blocks.ts';

/**
 * Looks at the first line of a file, so that another department's file is refused before a database is started.
 * @throws ImportRefused as `matchHeadings` and `readCsv` do.
 */
export async function peekHeadings(
  file: TextFile,
  kind: FileKind,
  kinds: readonly FileKind[],
): Promise<void> {
  let headings: readonly string[] | undefined;
  async function* untilHeadings() {
    for await (const text of readText(file, { onBytes() {} })) {
      yield text;
      if (headings) return;
    }
  }
  try {
    await readCsv(untilHeadings(), file.name, ({ cells }) => {
      headings ??= cells;
      return undefined;
    });
  } catch (error) {
    // What lies behind the headings is the import's to judge, which sees all of it.
    if (!headings) throw error;
  }
  matchHeadings(headings ?? [], kind, kinds, file.name);
}

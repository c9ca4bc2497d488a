import { ExportStopped } from '../../graph/exports/export-stopped.ts';
import type { Answered, FileFormat } from './file-format.ts';

/** How an export has ended, once it has. */
export interface ExportEnd {
  rows: number;
  /** `DONE`, or the code of what stopped it; undefined while it runs. */
  state?: string;
}

/**
 * The text of a file, a page at a time. Where the export stops before its last record, the last line says so, and so does
 * `end`: a file without it could be taken for whole.
 */
export async function* exportText(
  pages: AsyncIterable<readonly Answered[]>,
  format: FileFormat,
  goesOn: boolean,
  end: ExportEnd,
  onDone: () => Promise<void>,
): AsyncGenerator<string> {
  let before = goesOn ? '' : format.head();
  try {
    for await (const records of pages) {
      end.rows += records.length;
      yield before + format.page(records);
      before = '';
    }
    await onDone();
    yield before + format.end();
    end.state = 'DONE';
  } catch (error) {
    const { code, message } =
      error instanceof ExportStopped
        ? error
        : new ExportStopped('EXPORT_FAILED', 'Something went wrong here; go on from the last record.');
    end.state = code;
    yield before + format.stopped(code, message) + format.end();
  }
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ViewerCode } from '../../../src/identity/viewers.ts';

/** A row of schema/visibility.tsv. */
export interface MatrixRow {
  readonly group: string;
  readonly owner: string;
  readonly secret: boolean;
  readonly companions: boolean;
  readonly cells: ReadonlyMap<ViewerCode, { readonly letter: string; readonly own: boolean }>;
}

/** The matrix as the file writes it: a letter, maybe `o`, and a clause in each cell that is not empty. */
export function readMatrixTable(): ReadonlyMap<string, MatrixRow> {
  const file = join(import.meta.dirname, '../../../schema/visibility.tsv');
  const [heads = [], ...lines] = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  return new Map(
    lines.map((line) => {
      const at = (head: string) => line[heads.indexOf(head)] ?? '';
      const cells = new Map(
        heads
          .filter((head) => /^[A-Z]{3}$/.test(head) && at(head) !== '')
          .map((head) => [
            head as ViewerCode,
            { letter: at(head).charAt(0), own: at(head).charAt(1) === 'o' },
          ]),
      );
      const row = {
        group: at('group'),
        owner: at('owner'),
        secret: at('secrecy') === 'secret',
        companions: at('masked') === 'companions',
        cells,
      };
      return [row.group, row];
    }),
  );
}

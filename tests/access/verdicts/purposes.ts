import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Purposes } from '../../../src/contract/tables/purposes.ts';
import { purposeRefusal } from '../../../src/graph/check/purpose-check.ts';
import { compared, eachViewer } from './compared.ts';

const [heads = [], ...rows] = readFileSync(join(import.meta.dirname, '../../../schema/purposes.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'));

/** Differences between what is refused and the table of purposes, read on its own. */
export function* purposeFaults(purposes: Purposes): Generator<string> {
  for (const { code, name } of eachViewer) {
    const at = (row: readonly string[]) => row[heads.indexOf(code)] ?? '';
    for (const row of rows) {
      const purpose = row[0] ?? '';
      const refusal = purposeRefusal(purposes, { purpose, isUnknown: false }, name);
      yield* compared(
        `${code} ${purpose}`,
        refusal ? refusal.extensions.code : 'open',
        at(row) === '' ? 'PURPOSE_DENIED' : 'open',
      );
    }
    for (const [isUnknown, expected] of [
      [false, 'PURPOSE_REQUIRED'],
      [true, 'PURPOSE_UNKNOWN'],
    ] as const) {
      const refusal = purposeRefusal(purposes, { purpose: null, isUnknown }, name);
      yield* compared(`${code} without a purpose`, refusal?.extensions.code, expected);
      const open = rows.filter((row) => at(row) !== '').map((row) => row[0]);
      yield* compared(`${code}: open`, refusal?.extensions.open, open);
    }
    yield* compared(`${code}: usual`, purposes.usualOf(name), rows.find((row) => at(row).endsWith('*'))?.[0]);
  }
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPurposes } from '../../src/contract/tables/purposes.ts';

const file = join(import.meta.dirname, '../../schema/purposes.tsv');
const text = readFileSync(file, 'utf8');
const names = text
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t')[0] ?? '');

describe('a table of purposes is refused, every fault named at once, in which', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'laihu-purposes-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const faultsOf = (changed: string, enumValues = names): string => {
    const path = join(folder, 'purposes.tsv');
    writeFileSync(path, changed);
    try {
      readPurposes(path, enumValues);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('nothing is wrong: that one is taken', () => {
    expect(faultsOf(text)).toBe('');
  });

  it.each([
    ['a viewer has no usual purpose', text.replace('EDU-a*', 'EDU-a'), 'EDU: has no usual purpose'],
    ['a viewer has two', text.replace('\tLSS-b\t', '\tLSS-b*\t'), 'LSS: has two usual purposes'],
    [
      'a cell is no clause',
      text.replace('CIV-a', 'yes please'),
      'AID, column CIV: "yes please" is no clause',
    ],
    ['a purpose is open to nobody', text.replace('CIV-a', ''), 'AID: is open to nobody'],
    ['a row stands twice', `${text}${text.split('\n')[1]}\n`, 'REGISTRATION: stands twice'],
    [
      'a row is no value of the enum',
      text.replace('SITE_SAFETY', 'SAFETY'),
      'SAFETY: is no value of the enum',
    ],
    ['a value of the enum has no row', text.replace(/^AID\t.*\n/m, ''), 'AID: has no row'],
    ['a column is missing', text.replace('\tCOR\n', '\tXXX\n'), 'column COR is missing'],
  ])('%s', (_what, changed, fault) => {
    expect(changed).not.toBe(text);
    expect(faultsOf(changed)).toContain(fault);
  });

  it('several things are wrong', () => {
    const faults = faultsOf(text.replace('EDU-a*', 'EDU-a').replace('CIV-a', ''));
    expect(faults).toContain('EDU: has no usual purpose');
    expect(faults).toContain('AID: is open to nobody');
  });
});

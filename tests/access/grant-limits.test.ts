import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { opensGroup } from '../../src/contract/policy/grants.ts';
import { parseGrantLimits } from '../../src/contract/tables/grant-limits.ts';
import { readMatrix } from '../../src/contract/tables/matrix.ts';
import { viewers } from '../../src/identity/viewers.ts';

const schema = join(import.meta.dirname, '../../schema');
const text = readFileSync(join(schema, 'grants.tsv'), 'utf8');
const matrix = readMatrix(join(schema, 'visibility.tsv'));
const groups = new Set(matrix.keys());
const read = (table: string) => parseGrantLimits(table, 'grants.tsv', groups);

test('the table says what the dossier says (§6.5)', () => {
  const limits = read(text);
  const everybody = viewers.map(({ code }) => code).sort();
  const byCode = (code: string) => [...matrix.values()].find((group) => group.code === code)!.name;
  const refused = (group: string) =>
    viewers.filter(({ name }) => !limits.mayBeGranted(group, name)).map(({ code }) => code);
  for (const code of ['F2', 'P4', 'C3']) expect(refused(byCode(code)).sort()).toEqual(everybody);
  expect(refused(byCode('M1')).sort()).toEqual(['COR', 'FPC', 'PSB', 'STN']);
  const consented = [...groups].filter((group) => limits.needsConsent(group)).sort();
  expect(consented).toEqual(['W1', 'S3', 'J2', 'C1'].map(byCode).sort());
  // A coordinator acts for a branch of the society; no grant is a coordinator's.
  expect(refused(byCode('P8'))).toEqual(['COR']);
});

test('of a record of a secret type only the type’s own group is opened', () => {
  const of = (group: string) => ({ name: 'Any', rules: { group: matrix.get(group) } }) as never;
  expect(opensGroup(of('WOMENS_RIGHTS_CASE'), 'CONTACT')).toBe(false);
  expect(opensGroup(of('WOMENS_RIGHTS_CASE'), 'WOMENS_RIGHTS_CASE')).toBe(true);
  expect(opensGroup(of('LEASE_STATUS'), 'LEASE_TERMS')).toBe(true);
});

describe('the server does not start', () => {
  test.each([
    ['with a group that does not exist', 'NOTHING\teverybody\t\t6.5', 'NOTHING: is no group'],
    ['with a viewer that does not exist', 'ETHNICITY\tXYZ\t\t6.5', 'there is no viewer XYZ'],
    ['with a group that stands twice', 'AID_CASE\t\tclient\t6.5', 'AID_CASE: stands twice'],
    ['with another consent', 'MEDIATION\t\tmaybe\t6.5', 'MEDIATION, column consent'],
    ['with a line that limits nothing', 'MEDIATION\t\t\t6.5', 'MEDIATION: limits nothing'],
    ['without a clause', 'MEDIATION\teverybody\t\t', 'MEDIATION: names no clause'],
  ])('%s', (_, line, fault) => {
    expect(() => read(`${text.trimEnd()}\n${line}\n`)).toThrow(fault);
  });

  test('with other columns', () => {
    expect(() => read(text.replace('never', 'ever'))).toThrow('the columns are not');
  });
});

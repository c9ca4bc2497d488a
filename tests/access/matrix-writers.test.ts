import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseMatrix } from '../../src/contract/tables/matrix.ts';

const text = readFileSync(join(import.meta.dirname, '../../schema/visibility.tsv'), 'utf8');
const matrix = parseMatrix(text, 'visibility.tsv');

// Dossier §6.2, column "writer".
test.each([
  ['P1', 'PSB; CAC, COR capture'],
  ['P2', 'PSB; CAC, COR write-once'],
  ['H2', 'HLR; CAC'],
  ['H4', 'HLR; COR'],
  ['L1', 'LSS; AIC for licence fields'],
  ['R1', 'PSB issue; CAC, PER accept'],
  ['F1', 'FPC, SUB'],
  ['K3', 'SUB, STN, SVC; issuing departments'],
  ['N1', 'FIN; SVC, SUB submit'],
  ['X2', 'system; owners approve grants'],
  ['PUB', 'owner'],
])('%s is written by %s', (code, writer) => {
  expect([...matrix.values()].find((group) => group.code === code)?.writer).toBe(writer);
});

test('every group says who writes it', () => {
  expect([...matrix.values()].filter(({ writer }) => writer === '')).toEqual([]);
  expect(matrix.size).toBe(59);
});

test.each([
  ['a writer that is no viewer', 'PSB; CAC, COR capture', 'PSB; CAD capture', 'there is no viewer CAD'],
  ['no writer', 'PSB; CAC, COR capture', '', '"" names no viewer, such as "PSB; CAC, COR capture"'],
  ['no column', '\twriter\t', '\twriters\t', 'column writer is missing'],
])('the matrix is not read with %s', (_, from, to, sentence) => {
  expect(text).toContain(from);
  expect(() => parseMatrix(text.replace(from, to), 'visibility.tsv')).toThrow(sentence);
});

test('a revision from before the column can still be compared', () => {
  const before = text.replace('\twriter\t', '\twriters\t');
  expect(parseMatrix(before, 'visibility.tsv', ['writer']).size).toBe(59);
});

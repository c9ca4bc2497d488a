import { expect, test } from 'vitest';
import { productContract } from '../../src/product-contract.ts';
import { ruleContract } from '../../src/ruled-contract.ts';
import { expectNoProblems } from './asking/no-problems.ts';
import { Oracle } from './oracle.ts';
import { purposeFaults } from './verdicts/purposes.ts';
import { toldFaults, verdictFaults } from './verdicts/verdicts.ts';

// Every viewer at every coordinate, before anything runs: rows, fields, parts, filters, orders. That the answers then
// keep to it is what the tests of the surfaces beside this one show.

const contract = productContract();
const ruled = ruleContract(contract);
const oracle = new Oracle();

test('what each viewer may do at each coordinate is what matrix and SDL say', () => {
  expectNoProblems([...verdictFaults(ruled, oracle)]);
});

test('what is told of each coordinate and each cell is what matrix and SDL say', () => {
  expectNoProblems([...toldFaults(ruled, contract.matrix, oracle)]);
});

test('each purpose is open to whom the table opens it', () => {
  expectNoProblems([...purposeFaults(contract.purposes)]);
});

test('there are coordinates of each kind, so that the comparison says something', () => {
  const fields = [...oracle.types.values()].flatMap((type) => [...type.fields.values()]);
  for (const kind of ['value', 'computed', 'embed', 'link', 'many'])
    expect(
      fields.some((field) => field.kind === kind),
      kind,
    ).toBe(true);
  expect(fields.filter((field) => field.filtered).length).toBeGreaterThan(500);
  expect(oracle.roots.size).toBeGreaterThan(2);
});

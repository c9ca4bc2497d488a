import { expect, test } from 'vitest';
import type { FieldRule } from '../../src/access/rules.ts';
import { sightOf } from '../../src/access/sight.ts';
import { viewers } from '../../src/identity/viewers.ts';
import { productContract } from '../../src/schema.ts';

// The server does not start with a derived value that anybody would see more widely than what it is derived from. Should
// such a contract run all the same, the value is seen as its inputs are.

const { matrix } = productContract();

const rule = (group: string, more: Partial<FieldRule> = {}): FieldRule => ({
  coordinate: `Any.${group}`,
  group: matrix.get(group)!,
  sensitivity: 'SENSITIVE',
  mask: null,
  reference: false,
  ...more,
});

test('a value that everybody may see is seen as what it is derived from', () => {
  const found = new Set<string>();
  for (const { name } of viewers) {
    const input = rule('LEASE_TERMS');
    const derived = rule('ORGANISATION', { sensitivity: 'INTERNAL', inputs: [input] });
    const [seen, ofInput] = [sightOf(derived, name), sightOf(input, name)];
    expect([seen.outcome, seen.own], name).toEqual([ofInput.outcome, ofInput.own]);
    found.add(`${seen.outcome} ${seen.own}`);
  }
  expect([...found]).toEqual(
    expect.arrayContaining(['CLEAR false', 'CLEAR true', 'MASKED false', 'HIDDEN false']),
  );
});

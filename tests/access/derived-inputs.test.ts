import { expect, test } from 'vitest';
import { fieldAccess } from '../../src/contract/policy/field-access.ts';
import type { FieldRule } from '../../src/contract/policy/rules.ts';
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
    const [seen, ofInput] = [fieldAccess(derived, name), fieldAccess(input, name)];
    expect([seen.decision, seen.own], name).toEqual([ofInput.decision, ofInput.own]);
    found.add(`${seen.decision} ${seen.own}`);
  }
  expect([...found]).toEqual(
    expect.arrayContaining(['CLEAR false', 'CLEAR true', 'MASKED false', 'REFUSED false']),
  );
});

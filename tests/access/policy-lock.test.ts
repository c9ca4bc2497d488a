import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ColumnPlan } from '../../src/database/columns/column-plan.ts';
import { printLock } from '../../src/database/lock/print-lock.ts';
import { type Contract, productContract, ruleContract } from '../../src/schema.ts';

const kept = readFileSync(join(import.meta.dirname, '../../policy.lock'), 'utf8').split('\n');

function lockOf(contract: Contract): string[] {
  const { model, accessPlan } = ruleContract(contract);
  return printLock({ ...contract, model, accessPlan, plan: new ColumnPlan(model) }).split('\n');
}

test('policy.lock is what the tables say', () => {
  const now = new Set(lockOf(productContract()));
  const before = new Set(kept);
  const differences = [
    ...kept.filter((line) => !now.has(line)).map((line) => `- ${line}`),
    ...[...now].filter((line) => !before.has(line)).map((line) => `+ ${line}`),
  ];
  expect(
    differences.slice(0, 20),
    `${differences.length} lines of policy.lock differ. Read them, then say: npm run -s policy:lock > policy.lock`,
  ).toEqual([]);
});

/** A line with a beginning, as it is kept. */
const line = (start: string): string => {
  const [found, ...more] = kept.filter((text) => text.startsWith(`${start} `));
  expect(more).toEqual([]);
  return found ?? '';
};

describe('policy.lock says of the dossier', () => {
  test.each([
    ['output Lease.monthlyRent', 'clear HLR', 'clear-own CAC'],
    ['output Migrant.name', 'NAME POP SVC', 'no-rows LGR DRC'],
    ['output Lease.monthlyRent', 'null PSB STN SUB COR', 'refused POP PER EDU'],
    ['output AdoptionRegistration.registeredOn', 'clear CIV', 'silent LGR'],
    ['filter LeaseFilter.monthlyRent', 'open HLR', 'no-rows LGR DRC'],
    ['group ADOPTION_REGISTRATION', 'F CIV', 'secret'],
    ['write IDENTITY_BASICS', '[P1] PSB; CAC, COR capture', ''],
    ['purpose SUBJECT_ACCESS', 'CAC', ''],
    ['published ConstructionPenalty', 'from published_on', ''],
    ['explain others', 'LAO', 'ITC'],
  ])('%s', (start, ...parts) => {
    for (const part of parts) expect(line(start)).toContain(part);
  });

  test('whose rows are whose, by predicate', () => {
    expect(kept).toContain('rows Migrant true | PSB');
    expect(kept).toContain('rows Migrant (subdistrict_code = :subdistrict and not shielded) | SUB');
  });
});

test('a row scope that changes, changes a line', () => {
  const product = productContract();
  const departments = product.departments.map((department) => {
    const market = department.records.Market;
    if (!market) return department;
    const { territory: _, ...scope } = market.scope;
    const changed = { ...market, scope: { ...scope, everywhere: true as const } };
    return { ...department, records: { ...department.records, Market: changed } };
  });
  const changed = lockOf({ ...product, departments });
  expect(changed.filter((text) => !kept.includes(text)).some((text) => text.startsWith('rows Market '))).toBe(
    true,
  );
});

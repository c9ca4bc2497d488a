import { expect, it } from 'vitest';
import { parseRetention, productRetention } from '../../src/contract/deadlines/retention.ts';
import { placeRetention } from '../../src/database/deadlines/place-retention.ts';
import { departments } from '../../src/departments/index.ts';

const rules = productRetention();

it('has a term for every record type, and those that name others go first', () => {
  const terms = placeRetention(rules, departments);
  const types = departments.flatMap(({ records }) => Object.keys(records));
  expect(terms.flatMap(({ records }) => records).sort()).toEqual([...types].sort());
  const order = terms.flatMap(({ records }) => records);
  for (const [first, then] of [
    ['ApplicationMaterial', 'PermitApplication'],
    ['ArrearsComplainant', 'WageArrearsCase'],
    ['WageArrearsCase', 'Employer'],
    ['Guardianship', 'HouseholdMember'],
    ['HouseholdMember', 'Household'],
    ['Visit', 'CoordinatorTask'],
  ] as const)
    expect(order.indexOf(first)).toBeLessThan(order.indexOf(then));
});

it('never ends the access log', () =>
  expect(rules.find(({ record }) => record === 'AccessLogEntry')?.action).toBe('KEEP'));

const head = 'record\tfrom\tyears\taction\twhile\tclears\treason\n';
const line = 'LegalAidCase\tclosedOn\t10\tDELETE\tstatus=CLOSED\t\tJUS-b: term of a file';

it.each([
  ['record', 'type', 'the columns are not record'],
  ['closedOn', 'the end', 'is no property'],
  ['10', 'ten', 'is no number of years'],
  ['10', '0', 'is no number of years'],
  ['DELETE', 'SHRED', 'is no action'],
  ['DELETE', 'KEEP', 'is kept for ever'],
  ['DELETE', 'ANONYMISE', 'clears is for ANONYMISE alone'],
  ['status=CLOSED', 'closed', 'is no condition'],
  ['JUS-b: term of a file', 'so it is', 'is no reason'],
])('a table with %s → %s is refused with its line', (from, to, fault) =>
  expect(() => parseRetention((head + line).replace(from, to), 't.tsv')).toThrow(
    new RegExp(`t\\.tsv:[12].*${fault}`),
  ),
);

const text = (change: (lines: string[]) => string[]) => {
  const reason = (record: string) => `${record}\t\t\tKEEP\t\t\t6.1: kept`;
  const types = departments.flatMap(({ records }) => Object.keys(records)).sort();
  return parseRetention(head + change(types.map(reason)).join('\n'), 't.tsv');
};
const instead = (record: string, rest: string) => (lines: string[]) =>
  lines.map((l) => (l.startsWith(`${record}\t`) ? `${record}\t${rest}\t6.1: so` : l));

it.each<[string, (lines: string[]) => string[], string]>([
  ['a type without a line', (lines) => lines.slice(1), 'has no line'],
  [
    'a line without a type',
    (lines) => [...lines, 'Zebra\t\t\tKEEP\t\t\t6.1: kept'],
    'there is no such record',
  ],
  ['an end of the access log', instead('AccessLogEntry', 'occurredAt\t9\tDELETE\t\t'), 'kept for ever'],
  ['a term from no day', instead('LegalAidCase', 'matter\t9\tDELETE\t\t'), 'no day or instant'],
  [
    'a term from a property that there is not',
    instead('LegalAidCase', 'endedOn\t9\tDELETE\t\t'),
    'has no endedOn',
  ],
  ['a term from no record', instead('LegalAidCase', 'caseNo.closedOn\t9\tDELETE\t\t'), 'names no record'],
  ['a condition on nothing', instead('LegalAidCase', 'closedOn\t9\tDELETE\tstage=X\t'), 'has no stage'],
  [
    'an empty name',
    instead('InfectiousReport', 'reportedAt\t3\tANONYMISE\t\tpatientId; snapshotName'),
    'may not be empty',
  ],
  [
    'a person left',
    instead('InfectiousReport', 'reportedAt\t3\tANONYMISE\t\tsnapshotName=无'),
    'patient_id still says who',
  ],
  [
    'two terms for a table',
    instead('PoliceCaseParty', 'policeCaseId.closedOn\t9\tDELETE\t\t'),
    'give both the same term',
  ],
])('a start is refused for %s', (_what, change, fault) =>
  expect(() => placeRetention(text(change), departments)).toThrow(fault),
);

import { getNamedType, isEnumType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parseReminders, productReminders } from '../../src/contract/deadlines/reminders.ts';
import { placeReminders } from '../../src/database/deadlines/make-reminders.ts';
import { departments } from '../../src/departments/index.ts';
import { findActingUnit } from '../../src/identity/units.ts';
import { productGraph } from '../support/graph.ts';

const rules = productReminders();

describe('the table of reminders', () => {
  it('finds a table and a deadline for every line', () =>
    expect(placeReminders(rules, departments).map(({ rule }) => rule.kind)).toEqual(
      rules.map(({ kind }) => kind),
    ));

  it.each(
    rules.flatMap((rule) => rule.while.map((condition) => [rule.kind, rule.record, condition] as const)),
  )('%s asks %s for codes that there are', (_kind, record, { property, codes }) => {
    if (codes.length === 0) return;
    const type = productGraph().bare.getType(record);
    const field = isObjectType(type) ? type.getFields()[property] : undefined;
    const named = field && getNamedType(field.type);
    const values = isEnumType(named) ? named.getValues().map(({ name }) => name) : [];
    expect(values).toEqual(expect.arrayContaining([...codes]));
  });

  it('names units that somebody acts for', () => {
    for (const { to } of rules)
      for (const { unit, property } of to)
        if (unit) expect(findActingUnit(property ? `${unit}-015` : unit)?.id).toBeDefined();
  });

  // Dossier 5.1, 5.2, 5.3 and 5.4.
  it.each([
    ['PERMIT_ENDS', 'validTo', [60, 30, 7]],
    ['TALENT_PERMIT_ENDS', 'validTo', [60, 30, 7]],
    ['LEASE_ENDS', 'endsOn', [30]],
  ])('%s comes so many days before %s as the dossier says', (kind, property, leads) => {
    const rule = rules.find((r) => r.kind === kind);
    expect(rule?.deadline).toMatchObject({ property, term: undefined });
    expect(rule?.leads).toEqual(leads);
  });

  it('counts the 60 working days of an arrears case', () =>
    expect(rules.find(({ kind }) => kind === 'ARREARS_TERM')?.deadline).toMatchObject({
      property: 'acceptedOn',
      term: { count: 60, unit: 'wd' },
    }));
});

const head = 'kind\trecord\tdeadline\tleads\twhile\tto\tclause\ttitle\n';
const good = 'PERMIT_ENDS\tResidencePermit\tvalidTo\t60d, +1d\tstatus=ACTIVE\tPT-PSB\t5.2\tEnds (到期)';
const with_ = (from: string, to: string) => head + good.replace(from, to);

it.each([
  ['kind', 'sort', 'the columns are not kind'],
  ['PERMIT_ENDS', 'permitEnds', 'is no name of a reminder'],
  ['validTo', 'valid until', 'is no deadline'],
  ['+1d', 'tomorrow', 'is no lead'],
  ['status=ACTIVE', 'status is ACTIVE', 'is no condition'],
  ['PT-PSB', 'the police', 'is nobody'],
  ['5.2', 'five', 'is no clause'],
  ['(到期)', '', 'needs a title'],
])('a table with %s → %s is refused with its line', (from, to, fault) => {
  const text = from === 'kind' ? (head + good).replace(from, to) : with_(from, to);
  expect(() => parseReminders(text, 'r.tsv')).toThrow(new RegExp(`r\\.tsv:[12].*${fault}`));
});

it.each([
  ['ResidencePermit', 'Passport', 'there is no record Passport'],
  ['validTo', 'expiresOn', 'no day or instant expiresOn'],
  ['status=', 'state=', 'has no state'],
  ['PT-PSB', 'PT-CAC streetCode', 'has no streetCode'],
])('%s → %s cannot be placed', (from, to, fault) =>
  expect(() => placeReminders(parseReminders(with_(from, to), 'r.tsv'), departments)).toThrow(fault),
);

it('a kind stands once', () =>
  expect(() => parseReminders(`${head}${good}\n${good}`, 'r.tsv')).toThrow('stands twice or out of order'));

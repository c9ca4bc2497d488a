import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, isEnumType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { readTables } from '../reading/machines.ts';
import { dossierRules, kinds, type Rule, rules } from './read-rules.ts';

// rules.tsv says of each rule of the dossier's entities how it is held. Here the list is compared with the dossier, and the
// reasons why no call breaks a rule with the do-matrix and the printed schema.

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../graph/schema.graphql'), 'utf8'));
const rows = [...readTables().values()].flat();
const nameOf = ({ entity, field }: Rule) => `${entity}.${field}`;
const ofKind = (...some: Rule['kind'][]) => rules.filter(({ kind }) => some.includes(kind));

/** The field as the product has it; undefined where it has none. */
function fieldOf({ product }: Rule) {
  const [type = '', name = ''] = product.split('.');
  const found = schema.getType(type);
  return isObjectType(found) ? found.getFields()[name] : undefined;
}

/** Who gives the field by a mutation. */
const givenBy = ({ product }: Rule) => {
  const [record, field] = product.split('.');
  return rows.filter(
    (row) =>
      row.record === record &&
      row.mutation !== '' &&
      row.viewers.length > 0 &&
      row.input.some((input) => input.field === field),
  );
};

/** Faults of the rows of some kinds, each with the rule's name. */
const faultsOf = (some: readonly Rule[], faultOf: (rule: Rule) => string | undefined) =>
  some.flatMap((rule) => {
    const fault = faultOf(rule);
    return fault ? [`${nameOf(rule)}: ${fault}`] : [];
  });

describe('the list of rules', () => {
  const dossier = dossierRules();

  test.skipIf(!dossier)(
    dossier ? 'is that of the dossier' : 'is not compared: ../shared/domain/entities.json is not here',
    () => {
      const own = rules.map((rule) => `${nameOf(rule)}: ${rule.text}`);
      expect(own.sort()).toEqual([...(dossier ?? [])].sort());
    },
  );

  test('has a known kind and each rule once', () => {
    expect(rules.filter(({ kind }) => !Object.hasOwn(kinds, kind)).map(nameOf)).toEqual([]);
    expect(new Set(rules.map(nameOf)).size).toBe(rules.length);
  });

  test('names fields that the product has', () => {
    expect(
      faultsOf(
        rules.filter(({ product }) => product !== ''),
        (rule) => (fieldOf(rule) ? undefined : `there is no ${rule.product}`),
      ),
    ).toEqual([]);
  });

  test('names for each rule that a call breaks the call, what breaks it, and where it is refused', () => {
    expect(
      faultsOf(ofKind('refused', 'warned', 'allowed'), ({ kind, call, bad, expected }) => {
        const [file] = call.split('.');
        if (!existsSync(join(import.meta.dirname, `rules-${file}.test.ts`))) return `no file for ${call}`;
        if (bad.length === 0) return 'nothing breaks it';
        return kind === 'refused' && expected.length === 0 ? 'no path' : undefined;
      }),
    ).toEqual([]);
  });
});

describe('a rule that no call breaks', () => {
  test('is of a field that no mutation takes', () => {
    expect(
      faultsOf(ofKind('not given'), (rule) => {
        const taking = givenBy(rule).map(({ where }) => where);
        return taking.length > 0 ? `taken by ${taking}` : undefined;
      }),
    ).toEqual([]);
  });

  test('is a list of codes that the schema has', () => {
    expect(
      faultsOf(ofKind('enum'), (rule) => {
        const type = getNamedType(fieldOf(rule)!.type);
        // A value object of codes and numbers alone has no room for anything else.
        if (isObjectType(type)) return undefined;
        if (!isEnumType(type)) return `${type} is no enum`;
        const codes = new Set(type.getValues().map(({ name }) => name));
        const lacking = (rule.text.replace(/\[.*?\]/g, '').match(/\b[A-Z][A-Z_]{3,}\b/g) ?? []).filter(
          (code) => !codes.has(code),
        );
        return lacking.length > 0 ? `${type} has no ${lacking}` : undefined;
      }),
    ).toEqual([]);
  });

  test('stands beside another field of the entity, whose rule it is', () => {
    expect(
      faultsOf(ofKind('of'), ({ entity, text, note }) => {
        const own = rules.find((rule) => rule.entity === entity && rule.field === note);
        if (!own) return `there is no ${note}`;
        return own.text !== text || own.kind === 'of' ? `${note} has another rule` : undefined;
      }),
    ).toEqual([]);
  });

  test('says who may, as the do-matrix does', () => {
    expect(
      faultsOf(ofKind('actor'), ({ note }) => {
        const words = note.split(' ');
        const able = rows
          .filter(({ mutation }) => mutation === words.at(-1))
          .flatMap(({ viewers }) => viewers);
        const should = words.slice(0, -1).sort().join();
        const are = [...new Set(able)].sort().join();
        return are === should ? undefined : `${are} may, not ${should}`;
      }),
    ).toEqual([]);
  });

  test('says in words why', () => {
    expect(
      faultsOf(ofKind('shown', 'deadline', 'not given'), ({ note }) => (note === '' ? 'no word' : undefined)),
    ).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableColumns } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import { crossScopes } from '../../src/contract/model/cross-scopes.ts';
import type { Carriers } from '../../src/contract/model/row-scope.ts';
import { parseRowScopes } from '../../src/contract/tables/row-scopes.ts';
import type { Department } from '../../src/departments/department.ts';
import { departments } from '../../src/departments/index.ts';
import { dossierParts, type ScopePart, tableLines } from './reading/row-scopes.ts';

// schema/row-scopes.tsv and the departments' columns against the dossier (§3, §6.2, §6.3) as tests/access/dossier copies
// it. No database: a part that is left out in both places is told here, before any row is looked at.

const file = join(import.meta.dirname, '../../schema/row-scopes.tsv');
const text = readFileSync(file, 'utf8');
const dossier = dossierParts();

type Lines = readonly (readonly [type: string, part: string, value: string])[];
interface Policy {
  readonly lines: Lines;
  readonly departments: readonly Department[];
}
const product: Policy = { lines: tableLines(), departments };

const keyOf = ({ part, value }: Pick<ScopePart, 'part' | 'value'>) =>
  part === 'territory' || part === 'asked' ? `${part} ${value}` : part;

/** What a department's columns say, by part. */
function carriedParts(carries: Carriers, properties: ReadonlyMap<unknown, string>): Map<string, string> {
  const found = new Map<string, string>();
  const put = (key: string, ...columns: (PgColumn | undefined)[]) =>
    columns.length > 0 && found.set(key, columns.map((column) => properties.get(column) ?? '?').join(' '));
  const { territory, asked, former, window, task, parent, published, shield, ...lists } = carries;
  for (const [level, column] of Object.entries(territory ?? {})) put(`territory ${level}`, column);
  for (const [type, by] of Object.entries(asked?.opens ?? {}))
    put(`asked ${type}`, asked?.unit, asked?.closedOn, by);
  for (const [part, columns] of Object.entries(lists)) put(part, ...(columns ?? []));
  if (former) put('former', former.unit, former.subdistrict, former.leftOn);
  if (window) put('window', window.unit, window.closedOn);
  if (task) put('task', task.assignee, task.closedOn, task.subject, task.subdistrict);
  for (const [part, column] of Object.entries({ parent, published, shield })) if (column) put(part, column);
  return found;
}

/** Every difference of a table and of columns from the dossier. */
function differences({ lines, departments: stores }: Policy): string[] {
  const faults: string[] = [];
  const told = (type: string, what: string, got: ReadonlySet<string>, expected: ReadonlySet<string>) => {
    for (const one of expected) if (!got.has(one)) faults.push(`${type}: ${what} lacks ${one}`);
    for (const one of got)
      if (!expected.has(one)) faults.push(`${type}: ${what} has ${one}, the dossier not`);
  };
  const types = new Set([...dossier.keys(), ...lines.map(([type]) => type)]);
  const byType = Map.groupBy(lines, ([type]) => type);
  for (const type of types) {
    const got = (byType.get(type) ?? []).map(([, part, value]) => `${part} ${value}`);
    told(type, 'the table', new Set(got), new Set(dossier.get(type)?.map((p) => `${p.part} ${p.value}`)));
  }
  for (const { records } of stores)
    for (const [type, { table, carries }] of Object.entries(records)) {
      const properties = new Map(
        Object.entries(getTableColumns(table)).map(([name, column]) => [column, name]),
      );
      const got = [...carriedParts(carries ?? {}, properties)].map(
        ([part, columns]) => `${part}: ${columns}`,
      );
      const expected = (dossier.get(type) ?? []).filter(({ columns }) => columns.length > 0);
      told(
        type,
        'carries',
        new Set(got),
        new Set(expected.map((p) => `${keyOf(p)}: ${p.columns.join(' ')}`)),
      );
    }
  return faults;
}

test('the table and the columns of the departments are those of the dossier', () => {
  expect(differences(product)).toEqual([]);
  expect(dossier.size).toBe(departments.flatMap(({ records }) => Object.keys(records)).length);
});

test('who may ask what others read are those who supervise, keep the dictionary, and inspect', () => {
  expect([...parseRowScopes(text, file).explainsOthers].sort()).toEqual([
    'INFORMATISATION',
    'LEGAL_AFFAIRS',
    'POPULATION_OFFICE',
  ]);
});

// --- Nothing can be taken out, widened or moved without a difference.

const changeCarriers = (type: string, change: (carries: Carriers) => Carriers): readonly Department[] =>
  departments.map((department) => {
    const source = department.records[type];
    if (!source) return department;
    const changed = { ...source, carries: change(source.carries ?? {}) };
    return { ...department, records: { ...department.records, [type]: changed } };
  });

const withoutPart =
  (part: string, value: string) =>
  (carries: Carriers): Carriers => {
    const { [part as keyof Carriers]: whole, ...rest } = carries;
    if (part === 'territory') {
      const { [value as 'station']: _, ...levels } = carries.territory!;
      return Object.keys(levels).length > 0
        ? ({ ...rest, territory: levels as Carriers['territory'] } as Carriers)
        : rest;
    }
    if (part === 'asked') {
      const { [value]: _, ...opens } = carries.asked!.opens;
      return { ...rest, asked: { ...carries.asked!, opens } };
    }
    return rest;
  };

/** Each list of columns with one of them left out. */
function* fewerColumns(): Generator<readonly [name: string, policy: Policy]> {
  for (const { records } of departments)
    for (const [type, { carries = {} }] of Object.entries(records))
      for (const [part, columns] of Object.entries(carries))
        if (Array.isArray(columns))
          for (const [i, column] of (columns as PgColumn[]).entries()) {
            const fewer = { [part]: (columns as PgColumn[]).toSpliced(i, 1) };
            yield [
              `${type}: no ${part} by ${column.name}`,
              { ...product, departments: changeCarriers(type, (c) => ({ ...c, ...fewer })) },
            ];
          }
}

function* mutants(): Generator<readonly [name: string, policy: Policy]> {
  for (const [i, [type, part, value]] of product.lines.entries()) {
    const fewer = { ...product, lines: product.lines.toSpliced(i, 1) };
    const stores = changeCarriers(type, withoutPart(part, value));
    const name = `${type}: no ${part} ${value}`;
    yield [`${name} in the table`, fewer];
    yield [`${name} in both`, { ...fewer, departments: stores }];
    if (dossier.get(type)?.some((p) => p.part === part && p.columns.length > 0))
      yield [`${name} in the columns`, { ...product, departments: stores }];
  }
  for (const type of new Set(product.lines.map(([type]) => type)))
    if (!product.lines.some(([of, part]) => of === type && part === 'everywhere'))
      yield [
        `${type}: everywhere in place of all`,
        {
          lines: [...product.lines.filter(([of]) => of !== type), [type, 'everywhere', '']],
          departments: changeCarriers(type, () => ({})),
        },
      ];
  yield* fewerColumns();
}

test('no part of a row scope can be taken out of the table, the columns or both', () => {
  const all = [...mutants()];
  const survivors = all.filter(([, policy]) => differences(policy).length === 0).map(([name]) => name);
  expect(survivors).toEqual([]);
  expect(all.length).toBeGreaterThan(product.lines.length * 2);
});

test.each([
  ['QualificationCheck', 'shield', 'PSB'],
  ['CertificateCheck', 'post', 'SUB FP_OFFICER'],
])('%s without its %s differs from the dossier, wherever it is left out', (type, part, value) => {
  const lines = product.lines.filter(([of, has]) => of !== type || has !== part);
  const stores = changeCarriers(type, withoutPart(part, value));
  expect(lines.length).toBeLessThan(product.lines.length);
  expect(differences({ lines, departments: stores })).not.toEqual([]);
});

test.each(['Market', 'CommerceCase'])(
  '%s everywhere instead of in its territory differs from the dossier',
  (type) => {
    const lines: Lines = [
      ...product.lines.filter(([of, part]) => of !== type || part !== 'territory'),
      [type, 'everywhere', ''],
    ];
    const stores = changeCarriers(type, ({ territory: _, ...carries }) => carries);
    expect(differences({ lines, departments: stores })).not.toEqual([]);
  },
);

// --- What does not fit stops the start, in sentences.

const faultOf = (make: () => unknown): string => {
  try {
    make();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};
const startWith = (table: string, stores: readonly Department[] = departments): string =>
  faultOf(() => crossScopes(stores, parseRowScopes(table, 'row-scopes.tsv')));
const replaced = (from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

describe('a table and columns that do not fit', () => {
  test('fit as they are', () => expect(startWith(text)).toBe(''));

  test.each([
    [
      'a part without a column',
      () => replaced('AidCase\tsubjects\t\t6.3\n', 'AidCase\tsubjects\t\t6.3\nAidCase\tunits\t\tC1\n'),
      'row-scopes.tsv: AidCase has the part units, but src/departments/civil-affairs/ names no column for it; add it to carries, or remove the line.',
    ],
    [
      'a column without a part',
      () => replaced('QualificationCheck\tshield\tPSB\t6.3\n', ''),
      'src/departments/commerce/: carries of QualificationCheck names a column for shield, but row-scopes.tsv has no such line; add it with its clause, or remove the column.',
    ],
    [
      'a level without a column',
      () =>
        replaced(
          'Coordinator\tterritory\tstation',
          'Coordinator\tterritory\tneighbourhood\t6.3\nCoordinator\tterritory\tstation',
        ),
      'row-scopes.tsv: Coordinator has the part territory neighbourhood, but src/departments/coordinators/ names no column for it',
    ],
    [
      'a type without a line',
      () => replaced('Appointment\teverywhere\t\tO1\n', ''),
      'row-scopes.tsv: Appointment has no line, so that nobody would see a row; add its parts with their clauses.',
    ],
    [
      'an unknown type',
      () =>
        replaced(
          'Appointment\teverywhere\t\tO1\n',
          'Appointment\teverywhere\t\tO1\nAppointments\teverywhere\t\tO1\n',
        ),
      'row-scopes.tsv: Appointments is no record type of any department; correct the name or remove its lines.',
    ],
    [
      'an unknown parent',
      () => replaced('Visit\tparent\tCoordinatorTask', 'Visit\tparent\tTask'),
      'parent of Visit names Task',
    ],
    [
      'an unknown part',
      () => replaced('AidCase\tsubjects', 'AidCase\tsubject'),
      'there is no part "subject"; use one of territory, subjects',
    ],
    [
      'an unknown viewer',
      () => replaced('post\tLAO AUDITOR', 'post\tLAW AUDITOR'),
      '"LAW AUDITOR" is no value of post; write the code of a viewer',
    ],
    [
      'an unknown function',
      () => replaced('post\tLAO AUDITOR', 'post\tLAO READER'),
      '"LAO READER" is no value of post',
    ],
    [
      'an unknown viewer of shielded rows',
      () => replaced('Migrant\tshield\tPSB WOFo', 'Migrant\tshield\tPSB WFo'),
      '"PSB WFo" is no value of shield',
    ],
    [
      'no clause',
      () => replaced('AidCase\tsubjects\t\t6.3', 'AidCase\tsubjects\t\t'),
      '"" is no clause; name what gives the part',
    ],
    [
      'a part twice',
      () =>
        replaced(
          'Visit\tparent\tCoordinatorTask',
          'Visit\tparent\tAidCase\tK3\nVisit\tparent\tCoordinatorTask',
        ),
      'Visit: has the part parent twice; keep one line of it',
    ],
    [
      'no order',
      () => `${text}AidCase\tunits\t\tC1\n`,
      'AidCase: stands twice or out of order; sort the lines',
    ],
    ['another head', () => text.replace('clause', 'reason'), 'the columns are not type, part, value, clause'],
  ])('stop the start: %s', (_, table, sentence) => {
    expect(startWith(table())).toContain(sentence);
  });

  test('stop the start: an empty list of columns', () => {
    expect(
      startWith(
        text,
        changeCarriers('AidCase', () => ({ subjects: [] })),
      ),
    ).toContain('AidCase has the part subjects, but src/departments/civil-affairs/ names no column for it');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planDoing } from '../../src/contract/doing/doing-plan.ts';
import { fieldWrites, lintWriters } from '../../src/contract/doing/lint-writers.ts';
import { enumValues } from '../../src/contract/sdl/directives.ts';
import { parseWriters } from '../../src/contract/tables/writers.ts';
import { departments } from '../../src/departments/index.ts';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { productContract } from '../../src/product-contract.ts';
import { ruleContract } from '../../src/ruled-contract.ts';
import { Oracle } from '../access/oracle.ts';
import { makes, readTables } from './reading/machines.ts';
import { writtenBy } from './reading/rights.ts';

// Who writes a field group is said twice: by the column `writer` of the matrix (dossier §6.2), and by the do-matrix.

const folder = join(import.meta.dirname, '../../schema');
const lines = (file: string) =>
  readFileSync(join(folder, file), 'utf8')
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split('\t'));
const [heads = [], ...groups] = lines('visibility.tsv');
const column = (name: string) => heads.indexOf(name);
const writerOf = new Map(
  groups.map((cells) => [cells[column('group')] ?? '', cells[column('writer')] ?? '']),
);
const exceptions = lines('writers.tsv').slice(1);

describe('by a second reading of the tables', () => {
  const oracle = new Oracle();
  const isExcepted = (group: string, code: string, record: string) =>
    exceptions.some(([of = '', who = '', which = '']) =>
      [
        [of, group],
        [who, code],
        [which, record],
      ].every(([cell = '', name = '']) => cell.split(', ').includes(name)),
    );
  const storeOf = new Map(
    departments.flatMap(({ store, records }) => Object.keys(records).map((type) => [type, store])),
  );

  test.each([...readTables()])(
    'whoever writes %s is a writer of what is written, or is excepted',
    (type, rows) => {
      const faults: string[] = [];
      for (const row of rows)
        for (const field of oracle.type(type).fields.values()) {
          const given = row.input.some((input) => input.field === field.name);
          const set = writtenBy(oracle, { ...row, input: [] }).includes(field.name);
          if (!given && !set) continue;
          for (const code of row.viewers) {
            const parts = (writerOf.get(field.group) ?? '').split('; ');
            const named = parts.find((part) => part.split(/[ ,]+/).includes(code));
            const isOnce = named !== undefined && /capture|write-once/.test(named);
            const isOwner =
              parts.includes('owner') &&
              viewers.find((v) => v.code === code)?.name.toLowerCase() === storeOf.get(type);
            if (isOwner || (named && (!isOnce || makes(row)))) continue;
            if (!isExcepted(field.group, code, type))
              faults.push(`${row.where}: ${code} ${field.name} of ${field.group}`);
          }
        }
      expect(faults).toEqual([]);
    },
  );
});

describe('the start', () => {
  const contract = productContract();
  const { model, document } = ruleContract(contract);
  const codesOf = (type: string) => enumValues(document, type);
  const writes = fieldWrites(planDoing(contract.doing!, model, contract.departments, codesOf));
  const { matrix, writerExceptions = [] } = contract;
  const start = (group: string, writer: string) =>
    lintWriters(writes, new Map(matrix).set(group, { ...matrix.get(group)!, writer }), writerExceptions);

  test('is let through by the tables as they are', () => {
    expect(() => lintWriters(writes, matrix, writerExceptions)).not.toThrow();
  });

  test.each([...writerOf])('stops where a writer of %s (%s) is taken out or added', (group, writer) => {
    const codes = viewers.map(({ code }) => code);
    const isThere = (code: ViewerCode) => new RegExp(`\\b${code}\\b`).test(writer);
    for (const code of codes.filter(isThere))
      expect(() => start(group, writer.replace(new RegExp(`\\b${code}\\b`), '')), `without ${code}`).toThrow(
        'do not fit',
      );
    // The owner of what is published is named by its word.
    for (const code of codes.filter((each) => !isThere(each)))
      if (group !== 'PUBLISHED')
        expect(() => start(group, `${writer}; ${code}`), `with ${code}`).toThrow('do not fit');
  });

  test.each(writerExceptions.map((each) => [each.where.replace(/^.*\//, ''), each] as const))(
    'stops without the exception %s, or without a part of it',
    (_, exception) => {
      const others = writerExceptions.filter((each) => each !== exception);
      expect(() => lintWriters(writes, matrix, others)).toThrow('do not fit');
      for (const part of ['groups', 'viewers', 'records'] as const)
        for (const name of exception[part]) {
          const left = new Set<string>([...exception[part]].filter((each) => each !== name));
          const less = { ...exception, [part]: left };
          expect(() => lintWriters(writes, matrix, [...others, less]), `without ${name}`).toThrow(
            'do not fit',
          );
        }
    },
  );

  test('stops with an exception that excuses nothing', () => {
    const [first] = writerExceptions;
    const idle = { ...first!, where: 'writers.tsv:99', records: new Set(['Market']) };
    expect(() => lintWriters(writes, matrix, [...writerExceptions, idle])).toThrow(
      'writers.tsv:99: needs no exception for Market',
    );
  });

  test('stops where what is captured with the record is changed later', () => {
    const captured = (matrix.get('IDENTITY_BASICS')?.writer ?? '').replace('PSB', 'PSB capture');
    expect(() => start('IDENTITY_BASICS', captured)).toThrow('only with the record');
  });
});

describe('the table of exceptions is not read', () => {
  const text = readFileSync(join(folder, 'writers.tsv'), 'utf8');
  const { matrix } = productContract();
  test.each([
    ['with a group that does not exist', 'NOTHING\tCAC\tMigrant\t8.6\tBecause.', 'NOTHING is no group'],
    ['with a viewer that does not exist', 'CONTACT\tXYZ\tMigrant\t8.6\tBecause.', 'there is no viewer XYZ'],
    ['without a reason', 'CONTACT\tCAC\tMigrant\t8.6\t', 'column reason: is empty'],
    ['without a clause', 'CONTACT\tCAC\tMigrant\t\tBecause.', 'column clause: is empty'],
  ])('%s', (_, line, fault) => {
    expect(() => parseWriters(`${text.trimEnd()}\n${line}\n`, 'writers.tsv', matrix)).toThrow(fault);
  });
});

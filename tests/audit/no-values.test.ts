import { readFileSync } from 'node:fs';
import { getTableConfig, type PgColumn } from 'drizzle-orm/pg-core';
import { type GraphQLObjectType, getNamedType, isLeafType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RecordModel } from '../../src/contract/model/record.ts';
import type { Sensitivity } from '../../src/contract/policy/rules.ts';
import { personas } from '../../src/identity/personas.ts';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { viewerOf } from '../support/graph.ts';
import { createRecordedGraph, globalId, type RecordedGraph } from './recorded-graph.ts';

let graph: RecordedGraph;
/** Everything that was answered. */
let answered = '';

beforeAll(async () => {
  graph = await createRecordedGraph();
});
afterAll(() => graph.close());

const separators = /[\s",{}()[\]]+/;
const personal: ReadonlySet<Sensitivity> = new Set(['PERSONAL', 'SENSITIVE', 'SECRET']);

/** Columns of a record type with what is personal of it. */
function personalColumns(record: RecordModel): PgColumn[] {
  return [...record.fields.values()].flatMap((field) => {
    if (field.kind === 'column' && personal.has(field.rule.sensitivity)) return [field.column];
    if (field.kind === 'embed')
      return field.parts.filter((p) => personal.has(p.sensitivity)).map((p) => p.column);
    return [];
  });
}

/** Texts of the district that say something of somebody: not codes, and long enough not to occur by chance. */
async function personalValues(): Promise<Set<string>> {
  const values = new Set<string>();
  for (const record of graph.graph.model.values()) {
    if (record.store === 'audit') continue;
    const { schema, name } = getTableConfig(record.source.table);
    const owner = graph.pools.ownerOf(record.store);
    for (const column of [
      ...personalColumns(record),
      ...(record.keyType === 'uuid' ? [record.columns.id!] : []),
    ]) {
      const rows = await owner.unsafe(
        `select distinct "${column.name}"::text as value from "${schema}"."${name}" where "${column.name}" is not null`,
      );
      for (const { value } of rows) {
        const text = String(value);
        if (/^[A-Z_]+$/.test(text)) continue;
        if (/[\u4e00-\u9fff]/.test(text) ? text.length >= 2 : text.length >= 9) values.add(text);
      }
    }
  }
  return values;
}

/** Each viewer asks each list, then looks persons up by everything that is personal. */
async function mixedLoad(): Promise<void> {
  const records = [...graph.graph.model.values()].filter((record) => record.many);
  const ask = async (code: ViewerCode, document: string, variables = {}) => {
    const { data, errors } = await graph.ask(viewerOf(code), document, variables);
    answered += JSON.stringify([data, errors]);
  };
  for (const code of ['POP', 'FPC', 'PSB', 'STN', 'HLR', 'CIV', 'SUB', 'CAC', 'COR'] as const)
    for (const record of records) {
      const type = graph.graph.bare.getType(record.name) as GraphQLObjectType;
      const plain = Object.values(type.getFields()).filter(
        (f) => isLeafType(getNamedType(f.type)) && f.args.length === 0,
      );
      await ask(
        code,
        `{ ${record.many}(first: 10) { totalCount nodes { ${plain.map((f) => f.name).join(' ')} } } }`,
      );
    }
  const people = await graph.pools.ownerOf('public_security')`
    select id, name, citizen_id_number as number from public_security.migrants order by id limit 10`;
  for (const { id, name, number } of people)
    for (const code of ['PSB', 'SUB', 'CAC', 'HLR', 'AIC'] as const) {
      await ask(code, 'query ($id: ID!) { node(id: $id) { id ... on Migrant { name } } }', {
        id: globalId('Migrant', id),
      });
      // A number where an id belongs, and a value as an alias: what a client writes is not kept either.
      await ask(code, `{ node(id: "${globalId('Migrant', number)}") { id } x${number}: __typename }`);
      await ask(
        code,
        'query ($number: CitizenId!) { migrantByCitizenId(citizenIdNumber: $number) { name } }',
        { number },
      );
      await ask(
        code,
        'query ($name: String!) { migrants(first: 5, filter: { name: { startsWith: $name } }) { nodes { id name } } }',
        { name },
      );
      await ask(
        code,
        `{ leases(first: 5, filter: { tenantMigrant: { name: { contains: "${name}" } } }) { nodes { id } } }`,
      );
    }
}

it('no personal value and no id of a record is in the log or its seals, whatever was asked and answered', {
  timeout: 240_000,
}, async () => {
  await mixedLoad();
  const values = await personalValues();
  expect(values.size).toBeGreaterThan(5000);
  const rows = await graph.database.sql`select e::text as text from audit.entries e`;
  expect(rows.length).toBeGreaterThan(300);
  // The tokens themselves are numbers of up to nineteen digits: looked at as whole values, not as runs of digits.
  const log = rows.map(({ text }) => String(text).replace(/\{"?-?\d{6,}[-\d,]*"?\}/g, '{…}')).join('\n');
  const tokens = new Set(rows.flatMap(({ text }) => String(text).match(/-?\d{9,}/g) ?? []));
  const seals = readFileSync(graph.database.sealsFile, 'utf8');
  // Who asked, for which unit, is what the log is for.
  for (const { person, unit } of personas) for (const known of [person, unit]) values.delete(known);
  const found = (text: string) => {
    const words = [...new Set(text.split(separators))].join(' ');
    return [...values].filter((value) => (separators.test(value) ? text : words).includes(value));
  };
  expect(found(log)).toEqual([]);
  expect(found(seals)).toEqual([]);
  expect([...values].filter((value) => tokens.has(value))).toEqual([]);
  // The control: the same search finds hundreds of them in what was answered.
  expect(found(answered).length).toBeGreaterThan(300);
});

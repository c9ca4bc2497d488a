import { getTableName } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getOrMake } from '../../src/common/get-or-make.ts';
import { departments } from '../../src/departments/index.ts';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { createTestDatabase } from '../support/database.ts';
import { type Answer, createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { comparisonsOf } from './asking/comparisons.ts';
import { globalId } from './asking/expectation.ts';
import { everything, selectionText } from './asking/selection.ts';
import { openSetting, recordTypes, type Setting } from './asking/setup.ts';
import { orderName } from './reading/contract.ts';

// Nobody may learn of a secret record who may not read it (dossier §6.4): the answer is that of somebody who may,
// when there is nothing. That answer is taken from a copy of the district without secret records.

let setting: Setting;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let empty: TestGraph;

beforeAll(async () => {
  setting = await openSetting();
  database = await createTestDatabase('district');
  empty = createTestGraph(database.url);
  for (const { store, records } of departments)
    for (const [type, { table }] of Object.entries(records))
      if (setting.oracle.isSecret(type))
        await empty.pools
          .ownerOf(store)
          .unsafe(`truncate "${getTableConfig(table).schema}"."${getTableName(table)}" cascade`);
});
afterAll(async () => {
  await setting.graph.close();
  await empty.close();
  await database.drop();
});

/** Who reads all records of a secret type. */
function rightful(type: string): ViewerCode {
  const { oracle } = setting;
  const cells = oracle.row(oracle.type(type).group).cells;
  const found = viewers.find(({ code }) => cells.get(code)?.letter === 'F' && !cells.get(code)?.own);
  return (found ?? viewers.find(({ code }) => cells.get(code)?.letter === 'F'))!.code;
}

interface Asked {
  readonly title: string;
  readonly document: string;
  readonly variables: Record<string, unknown>;
}

/** Every way to ask for records of a type. */
function waysToAsk(type: string): Asked[] {
  const { oracle, district } = setting;
  const { one, many, fields } = oracle.type(type);
  const row = district.rows(type)[0];
  const id = globalId(type, row?.id);
  const text = selectionText(everything(oracle.type(type)));
  const asked: Asked[] = [
    {
      title: 'node',
      document: `query ($id: ID!) { node(id: $id) { id ... on ${type} { ${text} } } }`,
      variables: { id },
    },
    {
      title: 'nodes',
      document: `query ($id: ID!) { nodes(ids: [$id]) { ... on ${type} { ${text} } } }`,
      variables: { id },
    },
  ];
  if (one)
    asked.push({
      title: one,
      document: `query ($id: ID!) { ${one}(id: $id) { ${text} } }`,
      variables: { id },
    });
  if (!many) return asked;
  const page = `{ totalCount nodes { ${text} } edges { cursor } pageInfo { hasNextPage endCursor } }`;
  asked.push({ title: 'list', document: `{ ${many}(first: 5) ${page} }`, variables: {} });
  for (const { coordinate, input } of comparisonsOf(oracle, district, type, []))
    asked.push({
      title: coordinate,
      document: `query ($f: ${type}Filter!) { ${many}(first: 5, filter: $f) ${page} }`,
      variables: { f: input },
    });
  for (const field of fields.values())
    for (const of of field.orders) {
      const name = orderName(field.name, of);
      asked.push({
        title: name,
        document: `{ ${many}(first: 5, orderBy: { field: ${name} }) ${page} }`,
        variables: {},
      });
    }
  return asked;
}

const body = ({ data, errors, extensions }: Answer) => ({
  data,
  errors: errors.map(({ message, path, extensions: more }) => ({ message, path, ...more })),
  extensions,
});

/** Answers where there is nothing, by type and way to ask: the same whoever is refused. */
const nothingThere = new Map<string, Promise<Answer>>();

const codes = viewers.map((v) => v.code);

test('there are secret records, or nothing is shown here', () => {
  const secret = recordTypes.filter((type) => setting.oracle.isSecret(type));
  expect(secret).toContain('PoliceCase');
  for (const type of secret) expect(setting.district.rows(type).length, type).toBeGreaterThan(0);
});

describe.each(codes)('%s, without the right, learns nothing of secret records', (code) => {
  test.each(recordTypes)('of %s', async (type) => {
    if (!setting.oracle.isSecret(type) || setting.oracle.presence(code, type) !== 'NONE') return;
    const different: string[] = [];
    for (const { title, document, variables } of waysToAsk(type)) {
      const refused = await setting.graph.ask(viewerOf(code), document, variables);
      const nothing = await getOrMake(nothingThere, `${type} ${title}`, () =>
        empty.ask(viewerOf(rightful(type)), document, variables),
      );
      if (JSON.stringify(body(refused)) !== JSON.stringify(body(nothing))) different.push(`${title}: body`);
      if (refused.statements.length !== nothing.statements.length)
        different.push(`${title}: ${refused.statements.length} statements, not ${nothing.statements.length}`);
    }
    expect(different.join('\n')).toBe('');
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { viewerOf } from '../support/graph.ts';
import { globalId } from './asking/expectation.ts';
import { isRelation } from './asking/selection.ts';
import { openSetting, recordTypes, type Setting } from './asking/setup.ts';
import { orderName } from './reading/contract.ts';

// Persons are read with a purpose only (dossier §0.8), whatever way leads to them: a list, an id, a relation, a filter
// or an order that looks into their records.

let setting: Setting;

beforeAll(async () => {
  setting = await openSetting();
});
afterAll(() => setting.graph.close());

/** Whose rows are about persons, as the dossier reads a row scope. */
function isPersonal(type: string): boolean {
  const { about, serves, task, parent } = setting.district.scope(type);
  if (setting.oracle.isSecret(type) || task) return true;
  if ([...about, ...serves].length > 0) return true;
  return parent !== undefined && isPersonal(parent.type);
}

interface Way {
  readonly what: string;
  readonly document: string;
  readonly variables?: Record<string, unknown>;
  readonly personal: boolean;
}

function waysTo(type: string): Way[] {
  const { oracle, district } = setting;
  const { one, many, fields } = oracle.type(type);
  const id = globalId(type, district.rows(type)[0]?.id ?? '00000000-0000-4000-8000-000000000000');
  const personal = isPersonal(type);
  const ways: Way[] = [
    { what: 'node', document: `{ node(id: "${id}") { id } }`, personal },
    {
      what: 'nodes',
      document: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      variables: { ids: [id] },
      personal,
    },
  ];
  if (one) ways.push({ what: one, document: `{ ${one}(id: "${id}") { id } }`, personal });
  if (!many) return ways;
  ways.push(
    { what: many, document: `{ ${many}(first: 1) { nodes { id } } }`, personal },
    { what: `${many}, counted`, document: `{ ${many} { totalCount } }`, personal },
  );
  for (const field of fields.values()) {
    if (!isRelation(field)) continue;
    const leads = personal || isPersonal(field.target);
    const below = field.paged ? 'first: 1' : '';
    ways.push({
      what: `${many} to ${field.name}`,
      document: `{ ${many}(first: 1) { nodes { ${field.name}${below && `(${below})`} { ${field.paged ? 'totalCount' : 'id'} } } } }`,
      personal: leads,
    });
    if (field.filtered) {
      const some = field.kind === 'many' ? { some: {} } : {};
      ways.push({
        what: `${many} filtered by ${field.name}`,
        document: `query ($f: ${type}Filter) { ${many}(first: 1, filter: $f) { totalCount } }`,
        variables: { f: { [field.name]: some } },
        personal: leads,
      });
    }
    for (const of of field.orders)
      if (of !== '')
        ways.push({
          what: `${many} ordered by ${field.name}`,
          document: `{ ${many}(first: 1, orderBy: { field: ${orderName(field.name, of)} }) { nodes { id } } }`,
          personal: leads,
        });
  }
  return ways;
}

/** Who sees most rows: what is asked is then a matter of the purpose only. */
function someone(type: string): ViewerCode {
  const seen = (code: ViewerCode) => setting.oracle.presence(code, type) === 'ALL';
  return (viewers.find(({ code }) => seen(code)) ?? viewers[0]!).code;
}

describe('without a purpose', () => {
  test.each(recordTypes)(
    'no way leads to the persons of %s, and each leads to what is not about persons',
    async (type) => {
      const wrong: string[] = [];
      for (const { what, document, variables, personal } of waysTo(type)) {
        const answer = await setting.graph.ask(viewerOf(someone(type)), document, variables, null);
        const codes = answer.errors.map((e) => e.extensions.code);
        const isRefused = answer.data === null && codes.join() === 'PURPOSE_REQUIRED';
        if (isRefused !== personal) wrong.push(`${what}: ${isRefused ? 'refused' : 'answered'}`);
        if (personal && answer.statements.length > 0) wrong.push(`${what}: asked the database`);
      }
      expect(wrong).toEqual([]);
    },
  );

  test('there are types of both kinds', () => {
    expect(recordTypes.filter(isPersonal).length).toBeGreaterThan(30);
    expect(recordTypes.filter((type) => !isPersonal(type)).length).toBeGreaterThan(20);
  });
});

import { afterAll, beforeAll, describe, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { createTestGraph } from '../support/graph.ts';
import { isEmptyPage, leadsNowhere, outcomesOf } from './alone/outcomes.ts';
import { isClear, leadsToNothing } from './alone/refused.ts';
import { graphWithoutRules } from './alone/without-rules.ts';
import { leaks } from './asking/access-report.ts';
import { comparisonsOf, through } from './asking/comparisons.ts';
import { globalId, keyOf } from './asking/expectation.ts';
import { expectNoProblems } from './asking/no-problems.ts';
import { everything, isRelation, selectionText } from './asking/selection.ts';
import { openSetting, recordTypes, type Setting } from './asking/setup.ts';
import { orderName } from './reading/contract.ts';
import { unrecorded } from './unrecorded.ts';

// The program's rules are off: every field of every row is asked for in clear. What protects is the database, asked over
// the roles of the viewers; what it shows is compared with SDL, matrix and dossier.

let setting: Setting;
const refusedSomewhere = new Set<string>();
const seenSomewhere = new Set<string>();

beforeAll(async () => {
  setting = await openSetting(createTestGraph(undefined, undefined, graphWithoutRules()));
});
afterAll(() => setting.graph.close());

describe.each(viewers.map((v) => v.code))('%s, by the database alone,', (code) => {
  test.each(recordTypes)('sees of %s the rows and fields that are its own to see', async (type) => {
    const { graph, oracle, district } = setting;
    const { many, fields, name } = oracle.type(type);
    const expected = setting.expect(code);
    const inScope = district.rows(type).filter((row) => expected.scope.sees(type, row.id));
    const foreign = district.rows(type).filter((row) => !expected.scope.sees(type, row.id));
    const samples = setting.samples(expected, type);
    const clear = everything({ ...oracle.type(type), name }, (field) => isClear(oracle, code, field));
    const refused = [...fields.values()].filter((field) => !isClear(oracle, code, field));
    const one = (field: (typeof refused)[number]) =>
      selectionText({ type, fields: everything(oracle.type(type), (f) => f === field).fields });
    const some = (text: string) =>
      many ? `${many}(first: 20) { nodes { ${text} } }` : `nodes(ids: $some) { ... on ${type} { ${text} } }`;
    const ids = (rows: readonly { readonly id: string }[]) => rows.map((row) => globalId(type, row.id));
    const answer = await graph.ask(
      expected.asking,
      `query ($ids: [ID!]!, $foreign: [ID!]!, $some: [ID!]!) {
        some: nodes(ids: $some) { id }
        ${many ? `rows: ${many}(first: 100, filter: { id: { in: $ids } }) { totalCount nodes { ${selectionText(clear)} } }` : ''}
        ${many ? `all: ${many}(first: 100) { totalCount nodes { id } }` : ''}
        known: nodes(ids: $ids) { ... on ${type} { ${selectionText(clear)} } }
        foreign: nodes(ids: $foreign) { id }
        ${refused.map((field, i) => `r${i}: ${some(one(field))}`).join('\n')}
      }`,
      {
        ids: ids(samples),
        foreign: ids(foreign.slice(0, 100)),
        some: ids(district.rows(type).slice(0, 100)),
      },
    );
    const outcome = outcomesOf(answer);
    const problems: string[] = [];
    const exists = oracle.presence(code, type) !== 'NONE';
    const lists = ['known', 'foreign', ...(many ? ['rows', 'all'] : [])].map((alias) => ({
      alias,
      ...outcome(alias),
    }));
    for (const { alias, refused: isRefused } of lists)
      if (exists && isRefused && alias !== 'foreign') problems.push(`${alias}: refused`);
    const value = (alias: string) => lists.find((list) => list.alias === alias)?.value;
    for (const found of (value('foreign') ?? []) as unknown[])
      if (found !== null) problems.push('foreign: a row that is not this viewer’s');
    if (exists) {
      expected.list(value('known'), clear, samples, samples.length, 'known');
      if (many) {
        expected.page(value('rows'), clear, samples, 100, 'rows');
        expected.page(value('all'), { type, fields: [] }, inScope, 100, 'all');
      }
    } else if (many)
      for (const alias of ['rows', 'all'])
        if (value(alias) !== null && !isEmptyPage(value(alias))) problems.push(`${alias}: rows, expected none`);

    refused.forEach((field, i) => {
      const coordinate = `${type}.${field.name}`;
      const { refused: isRefused, value: shown } = outcome(`r${i}`);
      refusedSomewhere.add(coordinate);
      if (isRefused) return;
      const page = many ? shown : { nodes: (shown as unknown[]).filter((node) => node !== null) };
      if (!exists && isEmptyPage(page)) return;
      if (leadsToNothing(oracle, code, field) && leadsNowhere(page, field.name)) return;
      problems.push(`${coordinate}: not refused`);
    });
    for (const row of [...samples, ...district.rows(type).slice(0, 100)]) expected.withhold(type, row);
    for (const coordinate of expected.seen) seenSomewhere.add(coordinate);
    expectNoProblems(expected.problems, problems, leaks(answer, expected));
  });

  test.each(recordTypes)('filters and orders %s by what it sees in clear', async (type) => {
    const { graph, oracle, district } = setting;
    const { many, fields } = oracle.type(type);
    if (!many) return;
    const expected = setting.expect(code);
    const inScope = district.rows(type).filter((row) => expected.scope.sees(type, row.id));
    const foreign = district.rows(type).find((row) => !expected.scope.sees(type, row.id));
    const own = comparisonsOf(oracle, district, type, inScope);
    const filters = own.flatMap((comparison) => {
      const field = fields.get(comparison.coordinate.split('.')[1] ?? '')!;
      const nowhere = isRelation(field) && leadsToNothing(oracle, code, field);
      const direct = { ...comparison, refused: comparison.refusal(code) !== null, nowhere };
      if (!isRelation(field) || direct.refused) return [direct];
      const inner = comparisonsOf(oracle, district, field.target, []).map((c) => {
        const target = oracle.type(field.target).fields.get(c.coordinate.split('.')[1] ?? '')!;
        return {
          ...c,
          ...through(district, field, c),
          refused: c.refusal(code) !== null,
          nowhere: leadsToNothing(oracle, code, target),
        };
      });
      return [direct, ...inner];
    });
    const orders = [...fields.values()].flatMap((field) =>
      field.orders.map((of) => {
        const by = of === '' ? null : oracle.type(field.target).fields.get(of)!;
        const refusal =
          oracle.argumentRefusal(code, field) ?? (by && oracle.argumentRefusal(code, by));
        return {
          name: orderName(field.name, of),
          refused: refusal !== null,
          nowhere: leadsToNothing(oracle, code, field),
        };
      }),
    );
    const answer = await graph.ask(
      expected.asking,
      `query ($id: ID! ${filters.map((_, i) => `$f${i}: ${type}Filter!`).join(' ')}) {
        none: node(id: $id) { id }
        ${filters.map((_, i) => `f${i}: ${many}(first: 100, filter: $f${i}) { totalCount nodes { id } }`).join('\n')}
        ${orders.map(({ name }, i) => `o${i}: ${many}(first: 100, orderBy: { field: ${name} }) { nodes { id } }`).join('\n')}
      }`,
      {
        id: globalId(type, foreign?.id ?? district.rows(type)[0]?.id),
        ...Object.fromEntries(filters.map(({ input }, i) => [`f${i}`, input])),
      },
    );
    const outcome = outcomesOf(answer);
    const problems: string[] = [];
    const exists = oracle.presence(code, type) !== 'NONE';
    const check = (alias: string, what: string, isRefused: boolean, nowhere: boolean, rows: readonly string[]) => {
      const { refused, value } = outcome(alias);
      if (refused) {
        if (!isRefused && exists) problems.push(`${what}: refused`);
        return;
      }
      const { totalCount, nodes } = value as { totalCount?: number; nodes: { id: string }[] };
      const wanted = new Set(rows);
      if (isRefused && exists && !nowhere) problems.push(`${what}: not refused`);
      const got = nodes.map((node) => keyOf(node.id));
      const isRight =
        (totalCount ?? rows.length) === rows.length &&
        got.length === Math.min(rows.length, 100) &&
        got.every((id) => wanted.has(id));
      if (!isRight) problems.push(`${what}: ${totalCount ?? got.length} rows, expected ${rows.length}`);
    };
    filters.forEach(({ input, holds, refused, nowhere, coordinate, value }, i) => {
      if (refused && value.length >= 6) expected.withheld.set(value, coordinate);
      const rows = refused ? [] : inScope.filter((row) => holds(row, expected.scope)).map((row) => row.id);
      check(`f${i}`, JSON.stringify(input), refused, nowhere, rows);
    });
    const everyId = inScope.map((row) => row.id);
    orders.forEach(({ name, refused, nowhere }, i) => {
      check(`o${i}`, `${type} by ${name}`, refused, nowhere, everyId);
    });
    expectNoProblems(problems, leaks(answer, expected));
  });
});

test('every coordinate that the database refused was seen in clear by somebody', () => {
  const empty = unrecorded(setting);
  expectNoProblems([...refusedSomewhere].filter((c) => !seenSomewhere.has(c) && !empty.has(c)));
});

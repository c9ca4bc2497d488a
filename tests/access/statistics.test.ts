import { buildSchema, type GraphQLEnumType, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DocumentCheck } from '../../src/graph/check/document-check.ts';
import { getViewer, viewers } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { Oracle } from './oracle.ts';
import { readMeasures } from './reading/measures.ts';

// Every viewer asks for every measure: counts tell of records, so they are ruled as what they count.

const oracle = new Oracle();
const measures = [...readMeasures()].map(([name, groups]) => ({
  name,
  groups: groups.map((g) => oracle.row(g)),
}));
/** Whose rows are of a station, a window or an area: statistics are of a sub-district at least. */
const narrow = ['STN', 'CAC', 'COR'];

/** Measures that somebody got. */
const answered = new Set<string>();

let graph: TestGraph;
beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph.close());

describe.each(viewers.map(({ code }) => code))('%s', (code) => {
  const { name } = getViewer(code);

  test('gets the measures of which its cell says A, M or F without o, and is told why it gets no other', async () => {
    for (const { name: measure, groups } of measures) {
      const refused = groups.find((group) => {
        const cell = group.cells.get(code);
        return !cell || cell.own || narrow.includes(code);
      });
      const document = `{ statistics(measure: ${measure}, month: "2007-02") { cells { value } } }`;
      const { data, errors, denied } = await graph.ask(viewerOf(code), document);
      const coordinate = `StatisticMeasure.${measure}`;
      if (!refused) {
        expect(errors, coordinate).toEqual([]);
        expect(data.statistics.cells, coordinate).toHaveLength(1);
        answered.add(measure);
        continue;
      }
      expect(data.statistics, coordinate).toBeNull();
      expect(errors.map(({ path, extensions }) => [path, extensions])).toEqual([
        [['statistics'], { code: 'FORBIDDEN', coordinate }],
      ]);
      expect(denied).toMatchObject([
        {
          coordinate,
          group: refused.group,
          owner: refused.owner,
          reason: refused.cells.has(code) ? 'OWN_ROWS_ONLY' : 'NOT_GRANTED',
        },
      ]);
    }
  });

  test('gets the same by a variable, and is foretold it', async () => {
    const document =
      'query ($m: StatisticMeasure!) { statistics(measure: $m, month: "2007-02") { cells { value } } }';
    for (const measure of ['AID_MATTERS', 'PERMIT_COVERAGE', 'EMPLOYED_MIGRANTS']) {
      const { data } = await graph.ask(viewerOf(code), document, { m: measure });
      const { data: foretold } = await graph.ask(
        viewerOf('POP'),
        'query ($d: String!, $v: JSON, $as: Viewer) { explainAccess(document: $d, variables: $v, as: $as) { coordinates { coordinate verdict surface } } }',
        { d: document, v: { m: measure }, as: name },
      );
      const verdicts = foretold.explainAccess.coordinates
        .filter(({ surface }: { surface: string }) => surface === 'MEASURE')
        .map(({ verdict }: { verdict: string }) => verdict);
      expect(verdicts.includes('DENIED'), measure).toBe(data.statistics === null);
    }
  });

  test('knows no measure that it may not ask for', () => {
    const printed = buildSchema(graph.graph.viewerSchemas.print(name));
    const known = printed.getType('StatisticMeasure') as GraphQLEnumType | undefined;
    for (const { name: measure, groups } of measures) {
      const may = groups.every((g) => g.cells.get(code)?.own === false) && !narrow.includes(code);
      expect(known?.getValue(measure) !== undefined, measure).toBe(may);
    }
    expect(printed.getQueryType()?.getFields().statistics !== undefined).toBe(known !== undefined);
  });

  test('reads no record of a group of which it gets aggregates only', async () => {
    const records = [...graph.graph.model.values()].filter(
      ({ rules }) => rules.group?.cells.get(name)?.value === 'A',
    );
    for (const { name: type, rules, many, fields } of records) {
      const { group } = rules;
      if (!group || !many) continue;
      // Of published records everybody sees some fields; what the group rules is not among them.
      const field = [...fields.values()].find(
        (f) => f.kind === 'column' && f.rule.group === group && f.rule.sensitivity !== 'PUBLIC',
      );
      if (rules.published && !field) continue;
      const picked = rules.published ? field?.name : 'id';
      const { data, errors, denied } = await graph.ask(
        viewerOf(code),
        `{ ${many}(first: 5) { nodes { ${picked} } totalCount } }`,
      );
      if (group.secret) {
        expect([errors, data[many]], type).toEqual([[], { nodes: [], totalCount: 0 }]);
        continue;
      }
      const reasons = new Set(denied.map((d) => `${d.group} ${d.reason}`));
      expect(reasons, type).toEqual(new Set([`${group.name} AGGREGATES_ONLY`]));
      expect(new Set(errors.map((e) => e.extensions.code)), type).toEqual(new Set(['FORBIDDEN']));
      if (!rules.published) expect(data[many], type).toBeNull();
      else for (const node of data[many].nodes) expect(node[picked!], type).toBeNull();
    }
  });
});

test('every measure that was refused to somebody was answered to somebody', () => {
  expect(measures.filter(({ name }) => !answered.has(name))).toEqual([]);
});

test('a read of secret statistics is recorded, with the measure', () => {
  const check = new DocumentCheck(graph.graph.bare, graph.graph.accessPlan, new Set());
  const of = (measure: string) =>
    check.check(
      graph.graph.executor.read({
        document: parse(`{ statistics(measure: ${measure}) { cells { value } } }`),
      }),
      'POPULATION_OFFICE',
    ).log;
  expect(of('AID_MATTERS')).toMatchObject({ isAudited: true, isRefused: false });
  expect(of('AID_MATTERS').coordinates).toContain('StatisticMeasure.AID_MATTERS');
  expect(of('LEASES_IN_FORCE').isAudited).toBe(false);
});

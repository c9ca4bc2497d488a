import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { productContract } from '../../src/product-contract.ts';
import { ruleContract } from '../../src/ruled-contract.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, viewerOf } from '../support/graph.ts';
import { globalId } from './asking/expectation.ts';
import { openSetting, type Setting } from './asking/setup.ts';
import { Oracle } from './oracle.ts';
import { openTypes } from './reading/published.ts';
import { makeUnusual } from './rows/unusual.ts';

// A public field opens rows to everybody. It does not make public a row that is not published yet.

describe('a type that is open through a public field', () => {
  const oracle = new Oracle();

  test('is one of those of which the dossier says from when its rows are public', () => {
    const open = [...oracle.types.values()].filter(({ fields }) =>
      [...fields.values()].some(({ sensitivity }) => sensitivity === 'PUBLIC'),
    );
    expect(open.map(({ name }) => name).sort()).toEqual([...openTypes.keys()].sort());
  });

  test.each([...openTypes.keys()])('stops the start where it does not say it: %s', (type) => {
    const contract = productContract();
    const departments = contract.departments.map((department) => {
      const source = department.records[type];
      if (!source) return department;
      const { published: _, ...scope } = source.scope;
      return { ...department, records: { ...department.records, [type]: { ...source, scope } } };
    });
    expect(() => ruleContract({ ...contract, departments })).toThrow(`${type}: has fields of class PUBLIC`);
    expect(() => ruleContract(contract)).not.toThrow();
  });
});

describe('of rows that are not published', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let setting: Setting;
  beforeAll(async () => {
    database = await createTestDatabase('district');
    const graph = createTestGraph(database.url);
    await makeUnusual(graph.pools);
    setting = await openSetting(graph);
  });
  afterAll(async () => {
    await setting?.graph.close();
    await database.drop();
  });

  const guarded = [...openTypes].flatMap(([type, day]) => (day ? [[type, day] as const] : []));
  test.each(guarded)(
    'an outsider learns nothing of a %s by list, id, count, filter or relation',
    async (type, day) => {
      const { graph, district, oracle } = setting;
      const rows = district.rows(type);
      const isOut = (value: unknown) => typeof value === 'string' && value <= '2007-03-01';
      const hidden = rows.filter((row) => !isOut(row[day]));
      const shown = rows.filter((row) => isOut(row[day]));
      expect(Math.min(hidden.length, shown.length)).toBeGreaterThan(0);
      expect(hidden.some((row) => row[day] !== null)).toBe(true);
      const { many } = oracle.type(type);
      const ids = rows.slice(0, 100).map((row) => globalId(type, row.id));
      const outsiders = viewers.filter(({ code }) => oracle.presence(code, type) === 'PUBLISHED');
      expect(outsiders.length).toBeGreaterThan(8);
      for (const { code } of outsiders) {
        const { data, errors } = await graph.ask(
          viewerOf(code),
          `query ($ids: [ID!]!) { all: ${many}(first: 100) { totalCount }
          none: ${many}(first: 100, filter: { ${day}: { isNull: true } }) { totalCount }
          later: ${many}(first: 100, filter: { ${day}: { from: "2007-03-02" } }) { totalCount }
          nodes(ids: $ids) { id } }`,
          { ids },
        );
        expect(errors.filter(({ extensions }) => extensions.code !== 'OUT_OF_SCOPE')).toEqual([]);
        expect([data.all.totalCount, data.none.totalCount, data.later.totalCount]).toEqual([
          shown.length,
          0,
          0,
        ]);
        const seen = data.nodes.flatMap((node: { id: string } | null) => node?.id ?? []);
        expect(seen.sort()).toEqual(
          ids.filter((id) => shown.some((row) => globalId(type, row.id) === id)).sort(),
        );
      }
    },
  );
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { departments } from '../../src/departments/index.ts';
import { viewers } from '../../src/identity/viewers.ts';
import { compareErrors, compareExtensions, leaks, refusalsOf, rootRefusal } from './asking/access-report.ts';
import { globalId } from './asking/expectation.ts';
import { coordinatesOf, everything, selectionText } from './asking/selection.ts';
import { openSetting, type Setting } from './asking/setup.ts';
import { Controls } from './asking/controls.ts';

const types = departments.flatMap((d) => Object.keys(d.records));
const controls = new Controls();
let setting: Setting;

beforeAll(async () => {
  setting = await openSetting();
});
afterAll(() => setting.graph.close());

/**
 * Root lists: the first page as it comes, and sampled rows found again by id, each with every coordinate of the
 * type, `totalCount` and cursors.
 */
describe.each(viewers.map((v) => v.code))('%s lists', (code) => {
  test.each(types)('%s as the matrix says', async (type) => {
    const { graph, oracle, district } = setting;
    const { many } = oracle.type(type);
    if (!many) return;
    const expectation = setting.expectation(code);
    const inScope = district.rows(type).filter((row) => expectation.scope.sees(type, row.id));
    const samples = setting.samples(expectation, type);
    const selection = everything(oracle.type(type));
    const text = selectionText(selection);
    const answer = await graph.ask(
      setting.viewer(code),
      `query ($ids: [ID!]!) {
        page: ${many}(first: 10) { totalCount nodes { ${text} } edges { cursor } pageInfo { startCursor endCursor } }
        picked: ${many}(first: 100, filter: { id: { in: $ids } }) { totalCount nodes { ${text} } }
      }`,
      { ids: samples.map((row) => globalId(type, row.id)) },
    );
    const fields = [...coordinatesOf(selection)];
    const refusals = refusalsOf(oracle, code, fields);
    const root = rootRefusal(oracle, code, type, `Query.${many}`);
    if (root) {
      refusals.push(root);
      expect(answer.data, type).toEqual({ page: null, picked: null });
      expect(answer.statements).toEqual([]);
    } else {
      expectation.page(answer.data.page, selection, inScope, 10, `${many}`);
      expectation.page(answer.data.picked, selection, samples, 100, `${many}(ids)`);
    }
    for (const row of [...samples, ...district.rows(type).slice(0, 20)]) expectation.withhold(type, row);
    controls.note(expectation, refusals);
    expect([
      ...expectation.problems,
      ...compareErrors(answer, refusals),
      ...compareExtensions(oracle, code, answer, fields),
      ...leaks(answer, expectation),
    ]).toEqual([]);
  });
});

test('every coordinate that was refused in a list was seen in clear by somebody in a list', () => {
  const listed = new Set(types.filter((type) => setting.oracle.type(type).many));
  expect(controls.refusedButNeverSeen((c) => listed.has(c.split('.')[0] ?? ''))).toEqual([]);
});

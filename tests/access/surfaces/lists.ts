import { expect } from 'vitest';
import { compareErrors, compareExtensions, leaks, refusalsOf, rootRefusal } from '../asking/access-report.ts';
import { Controls } from '../asking/controls.ts';
import { globalId } from '../asking/expectation.ts';
import { expectNoProblems } from '../asking/no-problems.ts';
import { coordinatesOf, everything, isRelation, selectionText } from '../asking/selection.ts';
import { unrecorded } from '../unrecorded.ts';
import { selectedForOthers, wronglySelected } from './statements.ts';
import type { Surface } from './surface.ts';

const controls = new Controls();

// The first page as it comes, and sampled rows found again by id: every coordinate, `totalCount`, cursors.
export const lists: Surface = {
  name: 'lists',
  states: '%s are listed, counted and seen as the matrix says',
  async ask(setting, { code }, type) {
    const { graph, oracle, district } = setting;
    const { many } = oracle.type(type);
    if (!many) return;
    const expected = setting.expect(code);
    const inScope = district.rows(type).filter((row) => expected.scope.sees(type, row.id));
    const samples = setting.samples(expected, type);
    const selection = everything(oracle.type(type));
    // The page as it comes goes without the related records, which the sampled rows show.
    const plain = everything(oracle.type(type), (field) => !isRelation(field));
    const text = selectionText(plain);
    const answer = await graph.ask(
      expected.asking,
      `query ($ids: [ID!]!) {
        page: ${many}(first: 10) { totalCount nodes { ${text} } edges { cursor } pageInfo { startCursor endCursor } }
        picked: ${many}(first: 100, filter: { id: { in: $ids } }) { totalCount nodes { ${selectionText(selection)} } }
      }`,
      { ids: samples.map((row) => globalId(type, row.id)) },
    );
    const fields = [...coordinatesOf(selection)];
    const refusals = refusalsOf(oracle, code, fields);
    const root = rootRefusal(oracle, code, type, `Query.${many}`);
    const wrong = oracle.presence(code, type) === 'NONE' ? [] : wronglySelected(setting, code, plain, answer);
    if (root) {
      refusals.push(root);
      expect(answer.data).toEqual({ page: null, picked: null });
      expect(answer.statements).toEqual([]);
    } else {
      expected.page(answer.data.page, plain, inScope, 10, many);
      expected.page(answer.data.picked, selection, samples, 100, `${many}(ids)`);
    }
    const places = root
      ? Object.keys(answer.data).map((path) => ({ path, coordinate: root.coordinate }))
      : expected.refusedPlaces(answer.data);
    for (const row of [...samples, ...district.rows(type).slice(0, 20)]) expected.withhold(type, row);
    controls.note(expected, refusals);
    expectNoProblems(
      expected.problems,
      compareErrors(answer, refusals, places),
      compareExtensions(oracle, code, answer, fields),
      wrong,
      leaks(answer, expected),
    );
  },
  controls: [
    selectedForOthers,
    {
      title: 'every coordinate that was refused in a list was seen in clear by somebody in a list',
      check(setting) {
        const missing = controls.refusedButNeverSeen((type) => setting.oracle.type(type).many !== undefined);
        const empty = unrecorded(setting);
        expectNoProblems(missing.filter((coordinate) => !empty.has(coordinate)));
      },
    },
  ],
};

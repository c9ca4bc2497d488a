import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import type { Answer } from '../support/graph.ts';
import { compareErrors, compareExtensions, leaks, refusalsOf, rootRefusal } from './asking/access-report.ts';
import { Controls } from './asking/controls.ts';
import { globalId } from './asking/expectation.ts';
import { expectNoProblems } from './asking/no-problems.ts';
import { coordinatesOf, everything, isRelation, selectionText } from './asking/selection.ts';
import { openSetting, recordTypes, type Setting } from './asking/setup.ts';
import { unrecorded } from './unrecorded.ts';

const controls = new Controls();
let setting: Setting;

beforeAll(async () => {
  setting = await openSetting();
});
afterAll(() => setting.graph.close());

// Sampled rows by their global ids; where the viewer has none, rows that are somebody else's.
describe.each(viewers.map((v) => v.code))('%s fetches by global id', (code) => {
  test.each(recordTypes)('%s as the matrix says', async (type) => {
    const { graph, oracle, district } = setting;
    const expected = setting.expect(code);
    const samples = setting.samples(expected, type);
    const foreign = district.rows(type).filter((row) => !expected.scope.sees(type, row.id));
    const asked = samples.length > 0 ? samples : foreign.slice(0, 3);
    // Relations in clear are followed in nested.test.ts.
    const selection = everything(
      oracle.type(type),
      (field) => !isRelation(field) || oracle.sight(code, field).kind !== 'CLEAR',
    );
    const answer = await graph.ask(
      expected.asking,
      `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on ${type} { ${selectionText(selection)} } } }`,
      { ids: asked.map((row) => globalId(type, row.id)) },
    );
    const fields = [...coordinatesOf(selection)];
    const refusals = refusalsOf(oracle, code, fields);
    const root = asked.length > 0 ? rootRefusal(oracle, code, type, type) : undefined;
    if (root) refusals.push(root);
    if (samples.length > 0) expected.list(answer.data.nodes, selection, samples, samples.length, 'nodes');
    else expect(answer.data.nodes).toEqual(asked.map(() => null));
    for (const row of [...samples, ...foreign.slice(0, 20)]) expected.withhold(type, row);
    controls.note(expected, refusals);
    const isPlain = samples.length > 0 || root || asked.length === 0 || oracle.isSecret(type);
    const errors = isPlain
      ? answer.errors
      : answer.errors.filter((e) => e.extensions.code !== 'OUT_OF_SCOPE');
    expectNoProblems(
      expected.problems,
      compareErrors({ ...answer, errors }, refusals),
      compareExtensions(oracle, code, answer, fields),
      leaks(answer, expected),
    );
  });

  test.each(recordTypes)(
    'nothing of a %s that is not its own to see, by node and by root field',
    async (type) => {
      const { graph, oracle, district } = setting;
      const expected = setting.expect(code);
      const row = district.rows(type).find((r) => !expected.scope.sees(type, r.id));
      if (!row) return;
      expected.withhold(type, row);
      const { one } = oracle.type(type);
      const id = globalId(type, row.id);
      const unknown = globalId(type, typeof row.id === 'string' && row.id.length === 36 ? absent : 'PT-NONE');
      const ask = (about: string) =>
        graph.ask(
          expected.asking,
          `query ($id: ID!) { node(id: $id) { id } ${one ? `${one}(id: $id) { id }` : ''} }`,
          { id: about },
        );
      const [there, nowhere] = [await ask(id), await ask(unknown)];
      // What exists elsewhere and what does not exist are one answer.
      expect(there.data).toEqual(one ? { node: null, [one]: null } : { node: null });
      expect(there.data).toEqual(nowhere.data);
      expect(said(there)).toEqual(said(nowhere));
      expect(there.statements.map((s) => s.text)).toEqual(nowhere.statements.map((s) => s.text));
      if (oracle.isSecret(type)) expect([...there.errors, there.extensions ?? null]).toEqual([null]);
      expectNoProblems(leaks(there, expected));
    },
  );
});

const absent = '00000000-0000-4000-8000-000000000000';
const said = ({ errors }: Answer) =>
  errors.map(({ message, extensions, path }) => JSON.stringify({ message, extensions, path })).sort();

test('every coordinate that was refused by id was seen in clear by somebody by id', () => {
  const missing = controls.refusedButNeverSeen().filter((coordinate) => !isRelationAt(coordinate));
  const empty = unrecorded(setting);
  expectNoProblems(missing.filter((coordinate) => !empty.has(coordinate)));
});

/** Relations in clear are not asked for on this surface. */
function isRelationAt(coordinate: string): boolean {
  const [type = '', name = ''] = coordinate.split('.');
  const field = setting.oracle.type(type).fields.get(name);
  return field !== undefined && isRelation(field);
}

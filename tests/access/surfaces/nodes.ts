import { expect } from 'vitest';
import type { Answer } from '../../support/graph.ts';
import { compareErrors, compareExtensions, leaks, refusalsOf, rootRefusal } from '../asking/access-report.ts';
import { Controls } from '../asking/controls.ts';
import { globalId } from '../asking/expectation.ts';
import { expectNoProblems } from '../asking/no-problems.ts';
import { coordinatesOf, everything, isRelation, selectionText } from '../asking/selection.ts';
import type { Setting } from '../asking/setup.ts';
import { unrecorded } from '../unrecorded.ts';
import type { Surface } from './surface.ts';

const controls = new Controls();
const absent = '00000000-0000-4000-8000-000000000000';
const said = ({ errors }: Answer) =>
  errors.map(({ message, extensions, path }) => JSON.stringify({ message, extensions, path })).sort();

/** Relations in clear are not asked for on this surface. */
function isRelationAt({ oracle }: Setting, coordinate: string): boolean {
  const [type = '', name = ''] = coordinate.split('.');
  const field = oracle.type(type).fields.get(name);
  return field !== undefined && isRelation(field);
}

// Sampled rows by their global ids; where the viewer has none, rows that are somebody else's.
export const nodes: Surface = {
  name: 'nodes',
  states: '%s are fetched by global id as the matrix says',
  async ask(setting, { code }, type) {
    const { graph, oracle, district } = setting;
    const expected = setting.expect(code);
    const samples = setting.samples(expected, type);
    const foreign = district.rows(type).filter((row) => !expected.scope.sees(type, row.id));
    const asked = samples.length > 0 ? samples : foreign.slice(0, 3);
    // Relations in clear are followed in nested.ts.
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
    const places = root
      ? asked.map((_, i) => ({ path: `nodes.${i}`, coordinate: root.coordinate }))
      : expected.refusedPlaces(answer.data);
    for (const row of [...samples, ...foreign.slice(0, 20)]) expected.withhold(type, row);
    controls.note(expected, refusals);
    const isPlain = samples.length > 0 || root || asked.length === 0 || oracle.isSecret(type);
    const errors = isPlain
      ? answer.errors
      : answer.errors.filter((e) => e.extensions.code !== 'OUT_OF_SCOPE');
    expectNoProblems(
      expected.problems,
      compareErrors({ ...answer, errors }, refusals, places),
      compareExtensions(oracle, code, answer, fields),
      leaks(answer, expected),
    );
  },
  controls: [
    {
      title: 'every coordinate that was refused by id was seen in clear by somebody by id',
      check(setting) {
        const missing = controls
          .refusedButNeverSeen()
          .filter((coordinate) => !isRelationAt(setting, coordinate));
        const empty = unrecorded(setting);
        expectNoProblems(missing.filter((coordinate) => !empty.has(coordinate)));
      },
    },
  ],
};

/** Rows that are not the viewer's own to see, by node and by root field: nothing. */
export const nodesOfOthers: Surface = {
  name: 'nodes of others',
  states: 'of a %s nothing is fetched that is not theirs to see',
  async ask(setting, { code }, type) {
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
};

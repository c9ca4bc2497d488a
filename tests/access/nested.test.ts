import { afterAll, beforeAll, describe, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { compareErrors, compareExtensions, leaks, refusalsOf } from './asking/access-report.ts';
import { Controls } from './asking/controls.ts';
import type { Expectation } from './asking/expectation.ts';
import { globalId } from './asking/expectation.ts';
import { expectNoProblems } from './asking/no-problems.ts';
import {
  coordinatesOf,
  everything,
  isRelation,
  pick,
  type Selection,
  selectionText,
} from './asking/selection.ts';
import { openSetting, recordTypes, type Setting } from './asking/setup.ts';
import type { Coordinate } from './reading/contract.ts';
import type { RawRow } from './reading/district.ts';
import { unrecorded } from './unrecorded.ts';

const controls = new Controls();
let setting: Setting;

beforeAll(async () => {
  setting = await openSetting();
});
afterAll(() => setting.graph.close());

/** The relations that lead to a type, in a fixed order. */
function waysTo(type: string): Coordinate[] {
  return [...setting.oracle.types.values()].flatMap((t) =>
    [...t.fields.values()].filter((f) => isRelation(f) && f.target === type),
  );
}

/** On which of the ways to a type a viewer goes on from there. */
function isTurn(field: Coordinate, viewer: number): boolean {
  const ways = waysTo(field.target);
  return ways[viewer % ways.length] === field;
}

/** Rows that lead to the sampled rows of the related types, where it is their turn. */
function leadingRows(expected: Expectation, type: string, viewer: number): RawRow[] {
  const { oracle, district } = setting;
  const rows = [...oracle.type(type).fields.values()].filter((f) => isRelation(f) && isTurn(f, viewer));
  return rows
    .flatMap((field) =>
      setting.samples(expected, field.target).map((target) =>
        field.kind === 'link'
          ? district
              .by(type, field.by)
              .get(target.id)
              ?.find((row) => expected.scope.sees(type, row.id))
          : district.row(type, target[field.by]),
      ),
    )
    .filter((row) => row !== undefined && expected.scope.sees(type, row.id)) as RawRow[];
}

/**
 * All relations of a type, each with every coordinate of the related type. What leads on from there is followed on
 * one of the ways to that type, another one for each viewer; where it is refused or masked, on every way.
 */
function allRelations(type: string, viewer: number): Selection {
  const { oracle } = setting;
  const code = viewers[viewer]!.code;
  const relations = [...oracle.type(type).fields.values()].filter(isRelation);
  const fields = relations.map((field) => {
    const wanted = (f: Coordinate) =>
      isTurn(field, viewer) || !isRelation(f) || oracle.sight(code, f).kind !== 'CLEAR';
    return pick(field, everything(oracle.type(field.target), wanted));
  });
  return { type, fields };
}

describe.each(viewers.map((v, i) => [v.code, i] as const))('%s follows every relation', (code, viewer) => {
  test.each(recordTypes)('of %s as the matrix says', async (type) => {
    const { graph, oracle, district } = setting;
    const expected = setting.expect(code);
    const sampled = [...setting.samples(expected, type), ...leadingRows(expected, type, viewer)];
    const samples = [...new Set(sampled)].slice(0, 100);
    const selection = allRelations(type, viewer);
    if (samples.length === 0 || selection.fields.length === 0) return;
    const answer = await graph.ask(
      expected.asking,
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${selectionText(selection)} } } }`,
      { ids: samples.map((row) => globalId(type, row.id)) },
    );
    expected.list(answer.data.nodes, selection, samples, samples.length, 'nodes');
    const fields = [...coordinatesOf(selection)];
    const refusals = refusalsOf(oracle, code, fields);
    for (const { field } of selection.fields)
      for (const row of samples) {
        const key = row[field.by];
        const related =
          field.kind === 'link'
            ? [district.row(field.target, key)]
            : district.by(field.target, field.by).get(row.id);
        for (const other of related ?? []) if (other) expected.withhold(field.target, other);
      }
    controls.note(expected, refusals);
    expectNoProblems(
      expected.problems,
      compareErrors(answer, refusals),
      compareExtensions(oracle, code, answer, fields),
      leaks(answer, expected),
    );
  });
});

test('every coordinate that was refused below a relation was seen in clear by somebody below one', () => {
  const missing = controls.refusedButNeverSeen((type) => waysTo(type).length > 0);
  const empty = unrecorded(setting);
  // From a migrant school no child is reached that goes to a public one.
  const elsewhere = ['ChildEnrolment.publicSchool'];
  expectNoProblems(missing.filter((coordinate) => !empty.has(coordinate) && !elsewhere.includes(coordinate)));
});

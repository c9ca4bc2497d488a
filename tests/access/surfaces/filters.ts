import { expect } from 'vitest';
import { compareErrors, leaks, type Refusal, rootRefusal } from '../asking/access-report.ts';
import { type Comparison, comparisonsOf, through } from '../asking/comparisons.ts';
import { keyOf } from '../asking/expectation.ts';
import { expectNoProblems } from '../asking/no-problems.ts';
import { isRelation } from '../asking/selection.ts';
import type { Surface } from './surface.ts';

/** Coordinates that were refused, and those by which somebody found a row. */
const refusedSomewhere = new Set<string>();
const foundSomewhere = new Set<string>();

type Asked = Pick<Comparison, 'input' | 'holds'>;

/** Asks a list with each filter under an alias of its own; filters travel as variables. */
function document(type: string, many: string, count: number, counted: (i: number) => boolean): string {
  const each = Array.from({ length: count }, (_, i) => i);
  return `query (${each.map((i) => `$f${i}: ${type}Filter!`).join(' ')}) {
    ${each.map((i) => `f${i}: ${many}(first: 100, filter: $f${i}) { ${counted(i) ? 'totalCount' : ''} nodes { id } }`).join('\n')}
  }`;
}

const variables = (asked: readonly Asked[]) =>
  Object.fromEntries(asked.map(({ input }, i) => [`f${i}`, input]));

/** The same condition inside the operators that hold others. */
const wrappings: readonly ((input: Asked['input']) => Asked['input'])[] = [
  (input) => input,
  (input) => ({ and: [input] }),
  (input) => ({ or: [{ id: { in: [] } }, input] }),
  (input) => ({ not: { not: input } }),
];

/** Whether a condition compares the code of a place. */
const namesPlace = (input: Asked['input']): boolean =>
  /"(subdistrict|neighbourhood|station)Codes?":/.test(JSON.stringify(input));

export const filters: Surface = {
  name: 'filters',
  states: '%s are found by what is seen in clear in every row, and by nothing else',
  async ask(setting, { code, turn }, type) {
    const { graph, oracle, district } = setting;
    const { many, fields } = oracle.type(type);
    if (!many) return;
    const expected = setting.expect(code);
    const inScope = district.rows(type).filter((row) => expected.scope.sees(type, row.id));
    const own = comparisonsOf(oracle, district, type, inScope);
    const isRefused = (c: Comparison) => c.refusal(code) !== null;
    const refused: { asked: Asked; refusal: NonNullable<ReturnType<Comparison['refusal']>> }[] = [];
    const allowed: (Asked & { coordinate: string })[] = own.filter((c) => !isRefused(c));
    const refuse = (asked: Asked, comparison: Comparison) => {
      refused.push({ asked, refusal: comparison.refusal(code)! });
      if (comparison.value.length >= 6) expected.withheld.set(comparison.value, comparison.coordinate);
    };
    own.filter(isRefused).forEach((comparison, i) => {
      refuse(
        { ...comparison, input: wrappings[(i + turn) % wrappings.length]!(comparison.input) },
        comparison,
      );
    });
    // Through each relation that may be followed: all that is refused there, and one thing that is not.
    for (const comparison of own.filter((c) => !isRefused(c))) {
      const relation = fields.get(comparison.coordinate.split('.')[1] ?? '');
      if (!relation || !isRelation(relation)) continue;
      const inner = comparisonsOf(oracle, district, relation.target, []);
      for (const c of inner.filter(isRefused)) refuse(through(relation, c), c);
      const open = inner.filter((c) => !isRefused(c));
      const one = open[turn % Math.max(open.length, 1)];
      if (one) allowed.push({ ...through(relation, one), coordinate: comparison.coordinate });
    }

    const root = rootRefusal(oracle, code, type, `Query.${many}`);
    if (refused.length > 0) {
      const asked = refused.map((r) => r.asked);
      const answer = await graph.ask(
        expected.asking,
        document(type, many, asked.length, () => true),
        variables(asked),
      );
      const loud = new Map<string, Refusal>();
      for (const { refusal } of refused) if (!refusal.silent) loud.set(refusal.coordinate, refusal);
      refused.forEach(({ refusal }, i) => {
        const silent = refusal.silent && !root;
        expect(answer.data[`f${i}`], refusal.coordinate).toEqual(
          silent ? { totalCount: 0, nodes: [] } : null,
        );
        if (!refusal.silent) refusedSomewhere.add(refusal.coordinate);
      });
      if (root) loud.set(root.coordinate, root);
      const places = refused.flatMap(({ refusal }, i) =>
        [root, refusal.silent ? undefined : refusal].flatMap((r) =>
          r ? [{ path: `f${i}`, coordinate: r.coordinate }] : [],
        ),
      );
      // A refusal asks the database nothing; the answer that there is nothing does, like any other.
      if (root || refused.every(({ refusal }) => !refusal.silent)) expect(answer.statements).toEqual([]);
      expectNoProblems(compareErrors(answer, [...loud.values()], places), leaks(answer, expected));
    }
    if (root || allowed.length === 0) return;

    // Each filter is counted for every other viewer.
    const counted = (i: number) => (i + turn) % 2 === 0;
    const answer = await graph.ask(
      expected.asking,
      document(type, many, allowed.length, counted),
      variables(allowed),
    );
    const problems: string[] = [];
    // A place beyond the viewer's own is out of scope (dossier §7.2): only where there is nothing for the viewer.
    const beyond = new Set(
      answer.errors.filter((e) => e.extensions.code === 'OUT_OF_SCOPE').map((e) => String(e.path?.[0])),
    );
    allowed.forEach(({ holds, input, coordinate }, i) => {
      const rows = inScope.filter((row) => holds(row, expected.scope)).map((row) => row.id);
      if (beyond.has(`f${i}`)) {
        if (rows.length > 0 || !namesPlace(input))
          problems.push(`${JSON.stringify(input)}: out of scope, expected ${rows.length} rows`);
        return;
      }
      const got = answer.data[`f${i}`] as { totalCount: number; nodes: { id: string }[] };
      const ids = got.nodes.map((node) => keyOf(node.id));
      const wanted = new Set(rows);
      const isRight =
        (!counted(i) || got.totalCount === rows.length) &&
        ids.length === Math.min(rows.length, 100) &&
        ids.every((id) => wanted.has(id));
      if (!isRight)
        problems.push(
          `${JSON.stringify(input)}: ${got.totalCount ?? ids.length} rows, expected ${rows.length}`,
        );
      if (rows.length > 0) foundSomewhere.add(coordinate);
    });
    const errors = answer.errors.filter((e) => e.extensions.code !== 'OUT_OF_SCOPE');
    expectNoProblems(problems, compareErrors({ ...answer, errors }, [], []));
  },
  controls: [
    {
      title: 'every filter that was refused to somebody finds rows for somebody else',
      check({ oracle }) {
        // Only types with a list of their own are filtered directly; the others are reached through relations.
        expectNoProblems(
          [...refusedSomewhere].filter((coordinate) => {
            const type = coordinate.split('Filter.')[0] ?? '';
            return oracle.type(type).many && !foundSomewhere.has(coordinate);
          }),
        );
      },
    },
  ],
};

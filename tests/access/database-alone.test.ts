import { afterAll, beforeAll, describe, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph } from '../support/graph.ts';
import { guardOf, seesStored } from './alone/guards.ts';
import { keptConnections } from './alone/kept-connections.ts';
import { asSent, isEmptyPage, leadsNowhere, outcomesOf, relatedIds } from './alone/outcomes.ts';
import { usesOf } from './alone/uses.ts';
import { graphWithoutRules } from './alone/without-rules.ts';
import { leaks } from './asking/access-report.ts';
import { globalId, keyOf } from './asking/expectation.ts';
import { expectNoProblems } from './asking/no-problems.ts';
import { everything, selectionText } from './asking/selection.ts';
import { openSetting, recordTypes, type Setting } from './asking/setup.ts';
import type { Coordinate } from './reading/contract.ts';
import { unrecorded } from './unrecorded.ts';

// The program's rules are off: every field of every row is asked for in clear. What protects is the database, asked over
// the roles of the viewers; what it shows is compared with SDL, matrix and dossier.

/** Its own: other tests present numbers at windows, which opens rows there for a minute. */
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let setting: Setting;
let connections: ReturnType<typeof keptConnections>;
const refusedSomewhere = new Set<string>();
const seenSomewhere = new Set<string>();

beforeAll(async () => {
  database = await createTestDatabase('district');
  const graph = createTestGraph(
    database.url,
    undefined,
    graphWithoutRules(),
    undefined,
    undefined,
    (pools) => {
      connections = keptConnections(pools);
      return connections;
    },
  );
  setting = await openSetting(graph);
});
afterAll(async () => {
  await connections.close();
  await setting.graph.close();
  await database.drop();
});

describe.each(viewers.map((v) => v.code))('%s, by the database alone,', (code) => {
  test.each(recordTypes)('sees of %s the rows and fields that are its own to see', async (type) => {
    const { graph, oracle, district } = setting;
    const { many, fields } = oracle.type(type);
    const exists = oracle.presence(code, type) !== 'NONE';
    const expected = setting.expectOfTables(code);
    const stored = district.rows(type).filter((row) => seesStored(expected, type, row.id));
    const foreign = district.rows(type).filter((row) => !seesStored(expected, type, row.id));
    const samples = setting.samples(expected, type);
    const selectionOf = (wanted: (field: Coordinate) => boolean) => everything(oracle.type(type), wanted);
    const shown = selectionOf((field) => guardOf(oracle, expected, field) === 'SHOWS');
    const others = [...fields.values()].filter((field) => guardOf(oracle, expected, field) !== 'SHOWS');
    // Each by itself: the database refuses the statement, and with it all that stands in it.
    const alone = others.map((field, i) => {
      const text = selectionText(selectionOf((f) => f === field));
      return many
        ? `f${i}: ${many}(first: 20) { nodes { ${text} } }`
        : `f${i}: nodes(ids: $known) { ... on ${type} { ${text} } }`;
    });
    const lists = many
      ? `rows: ${many}(first: 100, filter: { id: { in: $known } }) { totalCount nodes { ${selectionText(shown)} } }
         all: ${many}(first: 20) { totalCount nodes { id } }`
      : '';
    // Where nothing is the viewer's own to see, it asks for what is somebody else's.
    const known = samples.length > 0 ? samples : district.rows(type).slice(0, 5);
    const ids = (rows: readonly { readonly id: string }[]) => rows.map((row) => globalId(type, row.id));
    const answer = await graph.ask(
      expected.asking,
      `query ($known: [ID!]!, $foreign: [ID!]!) {
        known: nodes(ids: $known) { ... on ${type} { ${selectionText(shown)} } }
        foreign: nodes(ids: $foreign) { id }
        ${lists}
        ${alone.join('\n')}
      }`,
      { known: ids(known), foreign: ids(foreign.slice(0, 10)) },
    );
    const outcome = outcomesOf(answer);
    const problems: string[] = [];
    if (exists) {
      if (samples.length > 0) expected.list(outcome('known').value, shown, samples, samples.length, 'known');
      if (many) {
        expected.page(outcome('rows').value, shown, samples, 100, 'rows');
        expected.page(outcome('all').value, { type, fields: [] }, stored, 20, 'all');
      }
    } else if (many)
      for (const { refused, value } of [outcome('rows'), outcome('all')])
        if (!refused && !isEmptyPage(value)) problems.push(`${many}: rows, expected none`);
    for (const found of (outcome('foreign').value ?? []) as unknown[])
      if (found !== null) problems.push('foreign: a row that is not its own to see');

    others.forEach((field, i) => {
      const { refused, value } = outcome(`f${i}`);
      const page = many ? value : { nodes: ((value ?? []) as unknown[]).filter((node) => node !== null) };
      const guard = guardOf(oracle, expected, field);
      const coordinate = `${type}.${field.name}`;
      if (guard === 'REFUSES') refusedSomewhere.add(coordinate);
      if (refused || isEmptyPage(page)) return;
      if (guard === 'MASKS') {
        const rows = (page as { nodes: unknown[] }).nodes;
        expected.list(
          rows,
          selectionOf((f) => f === field),
          stored,
          rows.length,
          coordinate,
        );
        return;
      }
      if (guard === 'LEADS_NOWHERE' && leadsNowhere(page, field.name)) return;
      const related = guard === 'SHOWS_RELATED' ? relatedIds(page, field.name) : [];
      if (related.some((id) => !seesStored(expected, field.target, keyOf(id))))
        problems.push(`${coordinate}: a related record that is not its own to see`);
      for (const id of related) expected.allowed.add(id);
      if (guard !== 'SHOWS_RELATED') problems.push(`${coordinate}: not refused`);
    });
    for (const row of [...samples, ...district.rows(type).slice(0, 100)]) expected.withhold(type, row);
    for (const coordinate of expected.seen) seenSomewhere.add(coordinate);
    expectNoProblems(expected.problems, problems, leaks(asSent(answer), expected));
  });

  test.each(recordTypes)('finds and sorts %s by what it sees in clear', async (type) => {
    const { graph, oracle, district } = setting;
    const { many } = oracle.type(type);
    if (!many) return;
    const exists = oracle.presence(code, type) !== 'NONE';
    const expected = setting.expectOfTables(code);
    const stored = district.rows(type).filter((row) => seesStored(expected, type, row.id));
    const uses = usesOf(oracle, district, expected, type);
    const filters = uses.flatMap(({ filter }) => filter ?? []);
    const texts = uses.map(({ filter, order }, i) =>
      filter
        ? `u${i}: ${many}(first: 20, filter: $f${filters.indexOf(filter)}) { totalCount nodes { id } }`
        : `u${i}: ${many}(first: 20, orderBy: { field: ${order} }) { nodes { id } }`,
    );
    const declared = filters.map((_, i) => `$f${i}: ${type}Filter!`);
    const answer = await graph.ask(
      expected.asking,
      `${declared.length > 0 ? `query (${declared.join(' ')})` : ''} { ${texts.join('\n')} all: ${many}(first: 1) { nodes { id } } }`,
      Object.fromEntries(filters.map((input, i) => [`f${i}`, input])),
    );
    const outcome = outcomesOf(answer);
    const problems: string[] = [];
    uses.forEach(({ title, guard, holds, withheld }, i) => {
      const { refused, value } = outcome(`u${i}`);
      if (withheld) expected.withheld.set(withheld, title);
      if (refused) {
        if (guard === 'SHOWS' && exists) problems.push(`${title}: refused`);
        return;
      }
      if (guard === 'REFUSES' && exists) problems.push(`${title}: not refused`);
      const rows = stored.filter((row) => holds(row)).map((row) => row.id);
      const wanted = new Set(rows);
      const { totalCount, nodes } = value as { totalCount?: number; nodes: { id: string }[] };
      // Rows that are seen as another type too are found by what both types show.
      const [least, most] = [rows.filter((id) => expected.scope.sees(type, id)).length, rows.length];
      const isRight =
        (totalCount ?? most) >= least &&
        (totalCount ?? least) <= most &&
        nodes.length >= Math.min(least, 20) &&
        nodes.every(({ id }) => wanted.has(keyOf(id)));
      if (!isRight) problems.push(`${title}: ${totalCount ?? nodes.length} rows, expected ${most}`);
      for (const { id } of nodes) expected.allowed.add(id);
    });
    expectNoProblems(problems, leaks(asSent(answer), expected));
  });
});

test('every coordinate that the database refused was seen in clear by somebody', () => {
  const empty = unrecorded(setting);
  expectNoProblems([...refusedSomewhere].filter((c) => !seenSomewhere.has(c) && !empty.has(c)));
});

import { type GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { staticLimits } from '../../../src/graph/limits/shape.ts';
import { viewers } from '../../../src/identity/viewers.ts';
import { createGraph } from '../../../src/schema.ts';
import { createRecordedGraph, type RecordedGraph } from '../../audit/recorded-graph.ts';
import { type Answer, viewerOf } from '../../support/graph.ts';
import { Seeded } from '../../support/seeded.ts';
import { OddDocuments } from './odd-documents.ts';

// One statement makes the JSON of a document, or of some of its root fields, or loaders read it level by level: neither
// the answer nor the entry in the access log may tell which.

const listsOf = {
  Migrant: 'migrants',
  Lease: 'leases',
  ResidencePermit: 'permits',
  Employer: 'employers',
  OrgUnit: 'orgUnits',
  ConstructionSite: 'constructionSites',
  Dwelling: 'dwellings',
  Coordinator: 'coordinators',
} as const;

let byLoaders: RecordedGraph;
let byStatement: RecordedGraph;
const ids = new Map<string, readonly string[]>();

beforeAll(async () => {
  byLoaders = await createRecordedGraph({}, createGraph(undefined, undefined, Number.POSITIVE_INFINITY));
  byStatement = await createRecordedGraph({}, createGraph(undefined, undefined, 1));
  for (const [type, list] of Object.entries(listsOf)) {
    const found = await Promise.all(
      (['PSB', 'HLR'] as const).map(async (code) => {
        const { data } = await byLoaders.ask(viewerOf(code), `{ ${list}(first: 3) { nodes { id } } }`);
        return data?.[list]?.nodes.map((node: { id: string }) => node.id) ?? [];
      }),
    );
    ids.set(type, found.flat());
  }
});
afterAll(async () => {
  await byLoaders?.close();
  await byStatement?.close();
});

/** What a client can tell of an answer. */
const told = ({ data, errors, extensions }: Answer) =>
  JSON.stringify({ data, errors, extensions }).replaceAll(
    /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g,
    'INCIDENT',
  );

/** What is thrown is the answer to the whole request. */
const refused = (error: unknown): Answer => ({
  data: undefined,
  errors: [error as GraphQLError],
  extensions: undefined,
  statements: [],
  denied: [],
});

/**
 * How the entries of both logs since the last call differ, or nothing. Tokens are each log's own. A record that several
 * rows link to is read once by loaders, with what is below it, and stands in the answer as often as they do.
 */
async function differenceInLogs(): Promise<string> {
  const [loaders, statement] = await Promise.all([byLoaders.entries(), byStatement.entries()]);
  const [expected, found] = [loaders, statement].map((entries) =>
    JSON.stringify(entries.map(({ subjects, rowCount, ...entry }) => [entry, subjects.length, rowCount > 0])),
  );
  const isFewer = statement.some(({ rowCount }, i) => rowCount < (loaders[i]?.rowCount ?? 0));
  return expected === found && !isFewer ? '' : `${JSON.stringify(loaders)}\n${JSON.stringify(statement)}`;
}

const documents = 600;

it(`answers and records ${documents} generated documents as loaders do`, { timeout: 600_000 }, async () => {
  await differenceInLogs();
  const random = new Seeded(20071001);
  const { bare, accessPlan } = byLoaders.graph;
  const generator = new OddDocuments(
    bare,
    random,
    ids,
    (type, field, viewer) => accessPlan.decision(type, field, viewer).denial === null,
  );
  const differences: string[] = [];
  const seen = { whole: 0, inPart: 0, otherwise: 0 };
  for (let made = 0; made < documents; ) {
    const { code } = random.pick(viewers);
    const viewer = viewerOf(code);
    const { query, variables, operationName } = generator.generate(viewer.department);
    if (validate(bare, parse(query), [...specifiedRules, staticLimits]).length > 0) continue;
    made += 1;
    const ask = (graph: RecordedGraph) =>
      graph.askDocument(viewer, { document: parse(query), variables, operationName });
    const expected = await ask(byLoaders).catch(refused);
    const found = await ask(byStatement).catch(refused);
    const request = `${code} ${JSON.stringify({ query, variables, operationName })}`;
    if (told(found) !== told(expected)) differences.push(`${request}\n${told(expected)}\n${told(found)}`);
    const difference = await differenceInLogs();
    if (difference) differences.push(`${request}\n${difference}`);
    const isFused = found.statements.some(({ text }) => text.includes('from (select) "z"'));
    if (!isFused) seen.otherwise += 1;
    else if (found.statements.length === 1) seen.whole += 1;
    else seen.inPart += 1;
  }
  expect(differences.slice(0, 4).join('\n\n')).toBe('');
  // Otherwise the comparison says nothing.
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(20);
});

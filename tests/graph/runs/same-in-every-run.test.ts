import { parse, specifiedRules, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staticLimits } from '../../../src/graph/limits/shape.ts';
import type { ViewerCode } from '../../../src/identity/viewers.ts';
import { type HttpAnswer, startTestServer, type TestServer } from '../../http/test-server.ts';
import { createTestGraph, productGraph, type TestGraph, viewerOf } from '../../support/graph.ts';
import { Seeded } from '../../support/seeded.ts';
import { OddDocuments, type OddRequest } from './odd-documents.ts';

// Loaders answer a document at first, and one statement when it is asked again; no run may be told from another.

const viewers: readonly ViewerCode[] = ['PSB', 'HLR', 'SUB', 'LSS', 'POP', 'CON', 'STN', 'CAC'];
/** The types of which records are asked for by id, by the root field that lists them. */
const known = {
  Migrant: 'migrants',
  Lease: 'leases',
  ResidencePermit: 'permits',
  Employer: 'employers',
  OrgUnit: 'orgUnits',
  ConstructionSite: 'constructionSites',
} as const;

let server: TestServer;
let graph: TestGraph;
const ids = new Map<string, readonly string[]>();

beforeAll(async () => {
  server = await startTestServer();
  graph = createTestGraph();
  for (const [type, list] of Object.entries(known)) {
    const { data } = await graph.ask(viewerOf('PSB'), `{ ${list}(first: 3) { nodes { id } } }`);
    const found = data?.[list]?.nodes.map((node: { id: string }) => node.id) ?? [];
    const { data: others } = await graph.ask(viewerOf('HLR'), `{ ${list}(first: 3) { nodes { id } } }`);
    ids.set(type, [...found, ...(others?.[list]?.nodes.map((node: { id: string }) => node.id) ?? [])]);
  }
});
afterAll(async () => {
  await graph?.close();
  await server?.close();
});

/** What a client can tell of an answer; numbers of incidents are drawn anew each time. */
const told = ({ status, text }: HttpAnswer) =>
  `${status} ${text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'INCIDENT')}`;

async function runs(code: ViewerCode, body: OddRequest, times: number): Promise<readonly HttpAnswer[]> {
  const token = await server.tokenOf(code);
  const purpose = productGraph().purposes.usualOf(viewerOf(code).department);
  const answers: HttpAnswer[] = [];
  for (let i = 0; i < times; i++)
    answers.push(
      await server.send('/graphql', {
        token,
        headers: { 'laihu-purpose': purpose, 'laihu-cost': '1' },
        body,
      }),
    );
  return answers;
}

const isValid = (query: string) =>
  validate(productGraph().bare, parse(query), [...specifiedRules, staticLimits]).length === 0;

describe('the answer to a request', () => {
  const documents = 400;

  it(`is the same in the first, second, third and tenth run: ${documents} generated requests`, {
    timeout: 300_000,
  }, async () => {
    const random = new Seeded(20070301);
    const { bare, accessPlan } = productGraph();
    const generator = new OddDocuments(
      bare,
      random,
      ids,
      (type, field, viewer) => accessPlan.decision(type, field, viewer).denial === null,
    );
    const seen = { failed: 0, failedInPart: 0, refused: 0, whole: 0 };
    const differences: string[] = [];
    const internal: string[] = [];
    for (let made = 0; made < documents; ) {
      const code = random.pick(viewers);
      const request = generator.generate(viewerOf(code).department);
      if (!isValid(request.query)) continue;
      made += 1;
      const answers = await runs(code, request, 10);
      const [first, second, third] = answers;
      const tenth = answers.at(-1);
      for (const [name, later] of Object.entries({ second, third, tenth }))
        if (later && first && told(later) !== told(first))
          differences.push(
            `${code}, ${name} run: ${JSON.stringify(request)}\n${told(first)}\n${told(later)}`,
          );
      const { data, errors = [] } = first?.json ?? {};
      if (first?.status === 500 || /"INTERNAL"/.test(first?.text ?? ''))
        internal.push(`${code}: ${JSON.stringify(request)}\n${first?.text}`);
      if (first?.status !== 200) seen.refused += 1;
      else if (errors.length === 0) seen.whole += 1;
      else if (data) seen.failedInPart += 1;
      if (errors.length > 0) seen.failed += 1;
    }
    expect(differences.slice(0, 3).join('\n\n')).toBe('');
    // A fault of the asker is none of the server's.
    expect(internal.slice(0, 3).join('\n\n')).toBe('');
    // Otherwise the comparison says nothing.
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(10);
  });
});

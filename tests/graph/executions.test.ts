import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewerLogin } from '../../src/database/wall/login.ts';
import { CursorCodec } from '../../src/graph/reads/cursors.ts';
import { ReadEngine } from '../../src/graph/reads/engine.ts';
import { RequestReads } from '../../src/graph/reads/request-reads.ts';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { createGraph, type Graph } from '../../src/schema.ts';
import { createPools, type Pools } from '../../src/store/pools.ts';
import { createRunner } from '../../src/store/statements.ts';
import { sharedDatabaseUrl } from '../support/database.ts';
import { testDay, viewerOf } from '../support/graph.ts';

// A document runs on one of two schemas, by loaders or one statement; which of them must not be told from the answer.

const folder = join(import.meta.dirname, 'golden');
const sources = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => [name.replace('.graphql', ''), readFileSync(join(folder, name), 'utf8')] as const);

let graph: Graph;
let pools: Pools;
let engine: ReadEngine;
let id: string;

beforeAll(async () => {
  graph = createGraph();
  pools = createPools({
    urls: sharedDatabaseUrl,
    statementTimeoutMs: 10_000,
    maxConnections: 60,
    login: viewerLogin,
  });
  engine = new ReadEngine({
    model: graph.model,
    wall: graph.wall,
    runner: createRunner(pools, { deadlineMs: 10_000 }),
    codec: new CursorCodec('a secret of the test run'),
    sameServer: () => true,
    today: () => testDay,
  });
  const [row] = await pools.ownerOf(
    'public_security',
  )`select id from public_security.migrants order by id limit 1`;
  id = Buffer.from(`Migrant:${row?.id}`).toString('base64url');
});
afterAll(() => pools.close());

function contextOf(code: ViewerCode) {
  const viewer = viewerOf(code);
  return {
    viewer,
    reads: new RequestReads(engine, viewer),
    purpose: graph.purposes.usualOf(viewer.department),
    client: null,
  };
}

const variables = () => ({ id, first: 10 });

async function run(document: DocumentNode, code: ViewerCode): Promise<string> {
  const { data, errors, extensions } = await graph.executor.execute({
    reading: graph.executor.read({ document, variables: variables() }),
    context: contextOf(code),
  });
  const lines = errors?.map((error) => JSON.stringify(error.toJSON())).sort();
  return JSON.stringify({ data, errors: lines, extensions });
}

describe.each(sources)('%s', (_name, source) => {
  test.each(viewers.map((v) => v.code))(
    '%s gets the same answer from loaders and from one statement',
    async (code) => {
      const document = parse(source);
      const answers: string[] = [];
      for (let i = 0; i < 4; i++) answers.push(await run(document, code));
      expect(new Set(answers).size).toBe(1);
    },
  );

  test('gives the same data on the schema with rules as on the bare one', async () => {
    const code = /^# viewer: (\w+)/.exec(source)?.[1] as ViewerCode;
    const reading = graph.executor.read({ document: parse(source), variables: variables() });
    const { document } = reading;
    const on = (schema: Graph['bare']) => {
      const context = contextOf(code);
      const access = graph.check.check(reading, context.viewer.department);
      return execute({ schema, document, variableValues: variables(), contextValue: { ...context, access } });
    };
    const [bare, shielded] = [await on(graph.bare), await on(graph.shielded)];
    expect(bare.errors).toBeUndefined();
    expect(JSON.stringify(shielded)).toBe(JSON.stringify(bare));
  });
});

test('the schema with rules refuses by itself what the check before it would have refused', async () => {
  const document = parse(
    '{ migrants(first: 3) { nodes { id name ethnicity } } leases(first: 3) { nodes { id } } }',
  );
  const on = (schema: Graph['bare'], code: ViewerCode) =>
    execute({ schema, document, contextValue: contextOf(code) }) as Promise<{
      data: Record<string, unknown>;
    }>;
  // Nothing is marked as refused in the context: the rules alone decide.
  const { data } = await on(graph.shielded, 'ITC');
  expect(data).toEqual({ migrants: null, leases: null });
});

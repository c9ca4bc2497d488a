import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewerLogin } from '../../src/access/wall/login.ts';
import { CursorCodec } from '../../src/graph/reads/cursors.ts';
import { ReadEngine } from '../../src/graph/reads/engine.ts';
import { RequestReads } from '../../src/graph/reads/request-reads.ts';
import { viewers, type ViewerCode } from '../../src/identity/viewers.ts';
import { createGraph, type Graph } from '../../src/schema.ts';
import { createPools, type Pools } from '../../src/store/pools.ts';
import { createRunner } from '../../src/store/statements.ts';
import { sharedDatabaseUrl } from '../support/database.ts';
import { testDay, viewerOf } from '../support/graph.ts';
let graph: Graph; let pools: Pools; let engine: ReadEngine; let id: string;
beforeAll(async () => {
  graph = createGraph();
  pools = createPools({ urls: sharedDatabaseUrl, statementTimeoutMs: 10_000, maxConnections: 60, login: viewerLogin });
  engine = new ReadEngine({ model: graph.model, wall: graph.wall, runner: createRunner(pools, { deadlineMs: 10_000 }), codec: new CursorCodec('a secret of the test run'), sameServer: () => true, today: () => testDay });
  const [row] = await pools.ownerOf('public_security')`select id from public_security.migrants order by id limit 1`;
  id = Buffer.from(`Migrant:${row?.id}`).toString('base64url');
});
afterAll(() => pools.close());
const folder = join(import.meta.dirname, 'golden');
const sources = readdirSync(folder).filter((n) => n.endsWith('.graphql')).map((n) => [n, readFileSync(join(folder, n), 'utf8')] as const);
const extra = [`{ migrants(first:3, orderBy:{field:NAME}) { totalCount pageInfo{hasNextPage hasPreviousPage startCursor endCursor} edges{cursor node{id name leases(first:1, filter:{filingStatus:{eq:FILED}}){ totalCount pageInfo{hasNextPage endCursor} nodes{contractNo filingStatus}}}} nodes{__typename id sex createdAt updatedAt} } }`,
 `{ a: leases(first:2){nodes{id monthlyRent startsOn dwelling{address{road lane building room} occupancyCount}}} b: migrants(first:2){nodes{id}} }`];
for (const e of extra) sources.push(['extra', e]);
for (const [name, source] of sources) test(name, async () => {
  let fusedSeen = 0;
  for (const { code } of viewers) {
    const document = parse(source);
    const answers: string[] = []; const traces: number[] = [];
    for (let i = 0; i < 4; i++) {
      const viewer = viewerOf(code as ViewerCode); const trace: never[] = [];
      let reading; try { reading = graph.executor.read({ document, variables: { id, first: 10 } }); } catch { return; }
      const r = await graph.executor.execute({ reading, context: { viewer, reads: new RequestReads(engine, viewer, trace), access: { allowed: true, denied: new Map(), blind: new Set(), denials: [], masked: [], own: [], readsPersons: false } as never, purpose: graph.purposes.usualOf(viewer.viewer), client: null } });
      answers.push(JSON.stringify({ data: r.data, errors: r.errors?.map((e) => JSON.stringify(e)), extensions: r.extensions }));
      traces.push(trace.length);
    }
    if (traces[1] === 1 && traces[0]! > 1) fusedSeen++;
    for (const k of [1,2,3]) if (answers[k] !== answers[0]) { let i=0; while (answers[k]![i]===answers[0]![i]) i++; console.log('DIFF',name,code,'\nA ',answers[0]!.slice(Math.max(0,i-150),i+100),'\nB ',answers[k]!.slice(Math.max(0,i-150),i+100)); }
    expect.soft(answers[1] === answers[0], `${code} ${traces}`).toBe(true);
    if (code === 'SUB') console.log(name, code, traces.join(), answers[0]!.length);
  }
  console.log(name, 'fused', fusedSeen);
});

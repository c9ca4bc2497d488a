import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

const cac = viewerOf('CAC');
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Sql;
let graph: TestGraph;
let id: string;

beforeAll(async () => {
  database = await createTestDatabase('district');
  owner = connectTo(database.url, { max: 1 });
  graph = createTestGraph(database.url);
  const [row] =
    await owner`select id from permits.permit_applications where accepted_at_unit = ${cac.unit} and status = 'SUBMITTED' and not shielded limit 1`;
  id = String(row?.id);
});
afterAll(async () => {
  await graph.close();
  await owner.end();
  await database.drop();
});

const accept = `mutation($input: AcceptPermitApplicationInput!) { acceptPermitApplication(input: $input) {
  committed clientMutationId userErrors { path code message } effects { effect store state }
  permitApplication { id status acceptedOn dueOn recordVersion events { event from to by actingUnit recordVersion } availableActions { event mutation needs missing { message } dueAt } } } }`;

describe('an application at its window', () => {
  it('is accepted once, with an event, whatever is repeated', async () => {
    const node = encodeNodeId('PermitApplication', id);
    const read = await graph.ask(
      cac,
      `{ permitApplication(id: "${node}") { status recordVersion availableActions { event mutation to needs dueAt missing { message messageZh } awaited clause } } }`,
    );
    expect(read.errors).toEqual([]);
    console.log(JSON.stringify(read.data, null, 1));
    const { recordVersion } = read.data.permitApplication;
    const input = { id: node, expectedVersion: recordVersion, clientMutationId: 'k1' };
    const done = await graph.ask(cac, accept, { input });
    console.log(JSON.stringify(done, null, 1).slice(0, 6000));
    expect(done.errors).toEqual([]);
    const again = await graph.ask(cac, accept, { input });
    expect(again.data).toEqual(done.data);
    const stale = await graph.ask(cac, accept, { input: { ...input, clientMutationId: 'k2' } });
    console.log(JSON.stringify(stale.errors), stale.errors[0]?.extensions);
  });
});
it('awaits the window', async () => {
  const work = await graph.ask(
    cac,
    '{ myWork { total counts { kind event day count } items { recordType event state since dueAt isOverdue } } }',
  );
  console.log(JSON.stringify(work.data?.myWork ?? work.errors, null, 1).slice(0, 2500));
  expect(work.errors).toEqual([]);
});

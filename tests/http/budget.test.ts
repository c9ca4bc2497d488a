import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ objectsPerMinute: 200 });
});
afterAll(() => server?.close());

const page = (size: number) => `{ orgUnits(first: ${size}) { nodes { code } } }`;

it('who has read the budget is told when to ask again; others, also of another unit, are answered', async () => {
  const first = await server.ask('SUB', page(80));
  expect([first.status, first.json.data.orgUnits.nodes.length]).toEqual([200, 80]);
  expect((await server.ask('SUB', page(80))).status).toBe(200);
  const { status, headers, json } = await server.ask('SUB', page(80));
  expect(status).toBe(429);
  expect(json.data).toBeUndefined();
  const [{ extensions }] = json.errors;
  expect(extensions).toEqual({ code: 'BUDGET_EXHAUSTED', retryAfter: expect.any(Number) });
  expect(headers.get('retry-after')).toBe(String(extensions.retryAfter));
  expect(extensions.retryAfter).toBeGreaterThan(1);
  expect(extensions.retryAfter).toBeLessThanOrEqual(60);
  const elsewhere = await server.tokenOf('SUB', 'PT-SUB-101');
  expect((await server.send('/graphql', { token: elsewhere, body: { query: page(80) } })).status).toBe(200);
  expect((await server.ask('HLR', page(80))).status).toBe(200);
});

it('a small answer does not cost what its document might have', async () => {
  for (let i = 0; i < 10; i++) {
    const { json } = await server.ask(
      'POP',
      '{ orgUnits(first: 100, filter: { code: { eq: "none" } }) { nodes { code } } }',
    );
    expect(json.data.orgUnits.nodes).toEqual([]);
  }
});

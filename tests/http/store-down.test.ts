import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ down: 'housing' });
});
afterAll(() => server?.close());

it('a store that is down is named each time, also when the document is asked again and again', async () => {
  const document = '{ leases(first: 1) { nodes { id } } orgUnits(first: 1) { nodes { code } } }';
  for (let i = 0; i < 6; i++) {
    const { status, json } = await server.ask('HLR', document);
    expect(status).toBe(200);
    expect(json.data.leases).toBeNull();
    expect(json.data.orgUnits.nodes).toHaveLength(1);
    expect(json.errors).toHaveLength(1);
    expect(json.errors[0]).toMatchObject({
      path: ['leases'],
      locations: [{ line: 1, column: 3 }],
      extensions: { code: 'STORE_UNAVAILABLE', store: 'housing' },
    });
  }
});

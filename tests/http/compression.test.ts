import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.close());

const large = '{ migrants(first: 50) { nodes { id name sex mobilePhone } } }';
const small = '{ orgUnits(first: 1) { nodes { code } } }';

/** An answer as it comes over the wire: nothing is unpacked. */
async function raw(query: string, accept: string | undefined) {
  const token = await server.tokenOf('PSB');
  return new Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'laihu-purpose': 'REGISTRATION',
      ...(accept === undefined ? {} : { 'accept-encoding': accept }),
    };
    const sent = request(`${server.url}/graphql`, { method: 'POST', headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(chunks) }));
    });
    sent.on('error', reject).end(JSON.stringify({ query }));
  });
}

it.each(['gzip', 'br, gzip', 'gzip;q=0.5, *;q=0'])(
  'large answers are compressed for who takes %s',
  async (accept) => {
    const plain = await raw(large, undefined);
    expect(plain.headers['content-encoding']).toBeUndefined();
    const { headers, body } = await raw(large, accept);
    expect(headers['content-encoding']).toBe('gzip');
    expect(headers.vary).toMatch(/accept-encoding/i);
    expect(headers['content-type']).toBe(plain.headers['content-type']);
    expect(body.length).toBeLessThan(plain.body.length / 2);
    expect(gunzipSync(body).equals(plain.body)).toBe(true);
  },
);

it.each([
  [large, 'identity'],
  [large, 'gzip;q=0'],
  [small, 'gzip'],
])('%s for who takes %s is not', async (query, accept) => {
  const { headers, body } = await raw(query, accept);
  expect(headers['content-encoding'] ?? 'identity').toBe('identity');
  expect(JSON.parse(body.toString()).data).toBeTruthy();
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLonger } from '../../src/http/answer-size.ts';
import { startTestServer, type TestServer } from './test-server.ts';

const limit = 2_500;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ answerBytes: limit });
});
afterAll(() => server?.close());

const page = (size: number) => `{ orgUnits(first: ${size}) { nodes { id code name } } }`;

describe('an answer of more bytes than the limit', () => {
  it('is refused as a whole, with the limit and what to do, and one below it is answered', async () => {
    expect((await server.ask('POP', page(10))).status).toBe(200);
    for (let i = 0; i < 4; i++) {
      const { status, json, text } = await server.ask('POP', page(100));
      expect([status, json.data, json.errors[0].extensions]).toEqual([
        400,
        null,
        { code: 'ANSWER_TOO_LARGE', limit },
      ]);
      expect(json.errors[0].message).toMatch(/more than 2500 bytes\. Ask for smaller pages/);
      expect(text.length).toBeLessThan(1000);
    }
  });

  it('counts errors as well as data', async () => {
    const faults = Array.from({ length: 20 }, (_, i) => `a${i}: node(id: "zz") { id }`);
    const { status, json } = await server.ask('POP', `{ ${faults.join(' ')} }`);
    expect([status, json.errors[0].extensions.code]).toEqual([400, 'ANSWER_TOO_LARGE']);
  });

  it('still says its cost', async () => {
    const token = await server.tokenOf('POP');
    const headers = { 'laihu-cost': '1' };
    const { json } = await server.send('/graphql', { token, headers, body: { query: page(100) } });
    expect(json.extensions.cost).toMatchObject({ predicted: 101 });
  });
});

describe('the bytes of an answer', () => {
  const answers: readonly unknown[] = [
    { a: 1, b: [true, null, 'text'], c: { d: 'ж', e: '来沪', f: '"\\\n\u0001' } },
    ['x'.repeat(500), '沪'.repeat(500), '\u0001'.repeat(500)],
    { numbers: [1.5, -20, 1e21], empty: {}, none: [], left: undefined },
  ];

  it.each(answers.map((answer) => [answer]))('are those of its JSON, within a tenth: %j', (answer) => {
    const bytes = Buffer.byteLength(JSON.stringify(answer));
    expect(isLonger(answer, bytes * 0.9 - 5)).toBe(true);
    expect(isLonger(answer, bytes * 1.1 + 5)).toBe(false);
  });
});

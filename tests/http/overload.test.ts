import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { AuthenticationError } from '../../src/identity/authentication-error.ts';
import { until } from '../support/until.ts';
import { startTestServer, type TestServer } from './test-server.ts';

const most = 5;
let server: TestServer;
/** Requests that are held where their identity is looked up. */
const held: (() => void)[] = [];
const sockets: Socket[] = [];

beforeAll(async () => {
  server = await startTestServer({
    requestsAtOnce: most,
    authenticate: () =>
      new Promise((_, reject) => {
        held.push(() => reject(new AuthenticationError('TOKEN_MISSING')));
      }),
  });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const letGo of held.splice(0)) letGo();
});
afterAll(() => server?.close());

const body = { query: '{ orgUnits(first: 1) { nodes { code } } }' };
const ask = () => server.send('/graphql', { body });

/** Opens a connection and sends some bytes of a request. */
function send(text: string): { socket: Socket; answer: Promise<string> } {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  sockets.push(socket);
  const answer = new Promise<string>((resolve) => {
    let got = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      got += chunk;
    });
    socket.on('close', () => resolve(got)).on('error', () => {});
  });
  socket.write(text);
  return { socket, answer };
}
const head = (length: number) =>
  `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

async function fill(): Promise<Promise<unknown>[]> {
  const asked = Array.from({ length: most }, ask);
  await until(() => held.length === most);
  return asked;
}
const letAllGo = () => {
  for (const letGo of held.splice(0)) letGo();
};

it('beyond the bound a request is refused with Retry-After, and health still answers', async () => {
  const asked = await fill();
  const refused = await Promise.all(Array.from({ length: 40 }, ask));
  for (const { status, headers, json } of refused) {
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    expect(json.errors[0].extensions.code).toBe('OVERLOADED');
  }
  expect(held).toHaveLength(most);
  expect((await server.send('/livez')).status).toBe(200);
  expect((await server.send('/readyz')).status).toBe(200);
  letAllGo();
  await Promise.all(asked);
  const next = ask();
  await until(() => held.length === 1);
  letAllGo();
  expect((await next).status).toBe(401);
});

it('a connection outlives refusals of requests with short bodies', async () => {
  const asked = await fill();
  const text = JSON.stringify(body);
  const { answer } = send(
    `${head(text.length)}${text}${head(text.length)}${text}${head(2).replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n')}{}`,
  );
  expect((await answer).match(/HTTP\/1\.1 503 /g)).toHaveLength(3);
  letAllGo();
  await Promise.all(asked);
});

it.each([
  ['long', 'content-length: 200000'],
  ['of unknown length', 'transfer-encoding: chunked'],
])('a connection ends with the refusal of a request whose body is %s', async (_, length) => {
  const asked = await fill();
  const { answer } = send(
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${length}\r\n\r\n`,
  );
  expect(await answer).toMatch(/^HTTP\/1\.1 503 [\s\S]*connection: close/i);
  letAllGo();
  await Promise.all(asked);
});

it('a refusal says what every other answer says of itself', async () => {
  const asked = await fill();
  const { headers } = await ask();
  expect(headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  letAllGo();
  await Promise.all(asked);
});

it('written in another way, the path refuses as well', async () => {
  const asked = await fill();
  for (const path of ['/graphql?a=1', '/%67raphql']) {
    const { status, json } = await server.send(path, { body });
    expect([path, status, json.errors?.[0].extensions.code]).toEqual([path, 503, 'OVERLOADED']);
  }
  letAllGo();
  await Promise.all(asked);
});

it('a refused request is answered though its body never comes', async () => {
  const asked = await fill();
  const { answer } = send(head(200_000));
  expect(await answer).toMatch(/^HTTP\/1\.1 503 [\s\S]*OVERLOADED/);
  letAllGo();
  await Promise.all(asked);
});

it('bodies that come slowly take nobody’s place', async () => {
  for (let i = 0; i < 4 * most; i++) send(`${head(100)}{"query"`);
  const asked = await fill();
  letAllGo();
  const answers = await Promise.all(asked);
  expect(answers).toHaveLength(most);
});

it('who goes away leaves the place taken until the work is done', async () => {
  const text = JSON.stringify(body);
  const gone = Array.from({ length: most }, () => send(`${head(text.length)}${text}`).socket);
  await until(() => held.length === most);
  for (const socket of gone) socket.destroy();
  expect((await ask()).status).toBe(503);
  letAllGo();
  await until(async () => {
    let isAnswered = false;
    const answer = ask().finally(() => {
      isAnswered = true;
    });
    await until(() => isAnswered || held.length === 1);
    letAllGo();
    return (await answer).status === 401;
  });
});

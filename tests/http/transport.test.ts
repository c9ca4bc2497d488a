import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exchange, rawRequest } from './raw-socket.ts';
import { startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
let token: string;
beforeAll(async () => {
  server = await startTestServer({ requestTimeoutMs: 600 });
  token = await server.tokenOf('HLR');
});
afterAll(() => server?.close());

const query = '{ orgUnits(first: 1) { nodes { code } } }';
const good = JSON.stringify({ query });

/** The head of a request that is answered; changes replace a line, null takes it away. */
const head = (changes: Readonly<Record<string, string | null>> = {}, request = 'POST /graphql HTTP/1.1') => [
  request,
  ...Object.entries({
    host: new URL(server.url).host,
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    connection: 'close',
    ...changes,
  }).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`])),
];
const send = (lines: readonly string[], body: Buffer | string = good) =>
  exchange(server.url, rawRequest(lines, body));

/** Every refusal is worth something only while the same request without its fault is answered. */
beforeEach(async () => {
  const { status, body } = await send(head());
  expect([status, JSON.parse(body).data.orgUnits.nodes.length]).toEqual([200, 1]);
});

const refused = ({ status, head: lines, body }: Awaited<ReturnType<typeof send>>, expected: number) => {
  expect(status).toBe(expected);
  expect(body).not.toContain('"data"');
  expect(lines).not.toContain('access-control');
  const [{ message, extensions }] = JSON.parse(body).errors;
  expect(message).toMatch(/\w.+\.$/);
  expect(extensions.code).toMatch(/^[A-Z_]+$/);
};

describe('a body is refused by its head, unread, when it', () => {
  it.each([
    ['is a form', 'application/x-www-form-urlencoded'],
    ['is a multipart form', 'multipart/form-data; boundary=x'],
    ['is plain text', 'text/plain'],
    ['is plain text that calls itself JSON', 'text/plain; application/json'],
    ['is GraphQL', 'application/graphql'],
    ['is of a type like JSON', 'application/jsonp'],
    ['is of a type derived from JSON', 'application/ld+json'],
    ['is in UTF-7', 'application/json; charset=utf-7'],
    ['is in UTF-16', 'application/json; charset="UTF-16LE"'],
    ['is in GB18030', 'application/json;charset=gb18030'],
    ['names two charsets', 'application/json; charset=utf-8; charset=utf-7'],
    ['names no type', 'json'],
  ])('%s', async (_what, type) => {
    refused(await send(head({ 'content-type': type })), 415);
  });

  it('has no type at all', async () => {
    const { status, body } = await send(head({ 'content-type': null }));
    expect(status).toBe(415);
    expect(body).not.toContain('"data"');
  });

  it('is in UTF-8, however that is written', async () => {
    for (const type of ['application/json; charset=utf-8', 'Application/JSON;Charset="UTF-8"'])
      expect((await send(head({ 'content-type': type }))).status).toBe(200);
  });

  it.each([
    ['gzip', gzipSync(good)],
    ['GZIP', gzipSync(good)],
    ['br', brotliCompressSync(good)],
    ['deflate', deflateSync(good)],
    ['identity, gzip', gzipSync(good)],
    ['unheard-of', Buffer.from(good)],
  ])('is encoded as %s', async (encoding, body) => {
    refused(await send(head({ 'content-encoding': encoding }), body), 415);
  });

  it('is a bomb: nothing of it is read, and the connection ends', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    // Only the head is sent; a server that waits for the body would time out with 408.
    const lines = [
      ...head({ 'content-encoding': 'gzip', connection: 'keep-alive' }),
      `content-length: ${bomb.length}`,
    ];
    const answer = await exchange(server.url, rawRequest(lines, '', { length: false }));
    refused(answer, 415);
    expect(answer.head).toContain('connection: close');
  });

  it('comes in a transfer coding other than chunked', async () => {
    const chunked = Buffer.from(`${good.length.toString(16)}\r\n${good}\r\n0\r\n\r\n`);
    const as = (coding: string) =>
      exchange(server.url, rawRequest(head({ 'transfer-encoding': coding }), chunked, { length: false }));
    expect((await as('chunked')).status).toBe(200);
    refused(await as('gzip, chunked'), 501);
  });
});

describe('a body is refused when it', () => {
  it.each<[string, string | Buffer]>([
    ['names the query twice', `{"query":"{ __typename }","query":${JSON.stringify(query)}}`],
    [
      'names the query twice, once in escapes',
      `{"query":"{ __typename }","\\u0071uery":${JSON.stringify(query)}}`,
    ],
    ['names a variable twice', `{"query":"{ __typename }","variables":{"a":1,"b":{},"a":1}}`],
    [
      'names something twice deep inside',
      `{"query":"{ __typename }","extensions":{"x":[{"y":{"z":1,"z":2}}]}}`,
    ],
    ['sets a prototype', `{"query":"{ __typename }","variables":{"__proto__":{"admin":true}}}`],
    ['sets a prototype by its constructor', `{"query":"{ __typename }","constructor":{"prototype":{"x":1}}}`],
    ['begins with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(good)])],
    ['is UTF-16 with a mark', Buffer.from(`\ufeff${good}`, 'utf16le')],
    ['is UTF-16 without one', Buffer.from(good, 'utf16le')],
    [
      'is no UTF-8',
      Buffer.concat([
        Buffer.from('{"query":"{ __typename }","operationName":"'),
        Buffer.from([0xff, 0xc0, 0xaf]),
        Buffer.from('"}'),
      ]),
    ],
    ['cuts a character', Buffer.from(`{"query":"{ __typename }","x":"来"`).subarray(0, -2)],
    ['holds half of a character', `{"query":"{ __typename }","variables":{"x":"\\ud800"}}`],
    ['holds a zero character', `{"query":"{ __typename }","variables":{"x":"a\\u0000b"}}`],
    ['is nested deeply', `{"query":"{ __typename }","variables":{"x":${'['.repeat(50)}${']'.repeat(50)}}}`],
    ['is nested as deeply as it can be', `${'['.repeat(120_000)}${']'.repeat(120_000)}`],
    ['holds very many values', `{"query":"{ __typename }","variables":{"x":[${'1,'.repeat(20_000)}1]}}`],
    [
      'names very many keys',
      `{"query":"{ __typename }","extensions":{${Array.from({ length: 2000 }, (_, i) => `"k${i}":1`).join(',')}}}`,
    ],
    ['is a batch', `[${good},${good}]`],
    ['is an empty batch', '[]'],
    ['is empty', ''],
    ['is no object', '"query"'],
    ['has a comma too many', '{"query":"{ __typename }",}'],
    ['is followed by another', `${good}${good}`],
    ['is in another notation', `{query: "{ __typename }"}`],
    ['has no query', '{"qeury":"{ __typename }"}'],
    ['has an empty query', '{"query":""}'],
    ['has variables that are a list', '{"query":"{ __typename }","variables":[7]}'],
    ['has variables that are text', '{"query":"{ __typename }","variables":"{}"}'],
    ['has an operation name that is none', '{"query":"{ __typename }","operationName":7}'],
    ['has extensions that are a list', '{"query":"{ __typename }","extensions":[]}'],
  ])('%s', async (_what, body) => {
    refused(await send(head(), body), 400);
  });

  it('is longer than 256 KiB, said beforehand or found out', async () => {
    const large = `{"query":"${' '.repeat(256 * 1024)}"}`;
    refused(await send(head(), large), 413);
    const chunk = Buffer.from(`10000\r\n${' '.repeat(0x10000)}\r\n`);
    const chunks = [
      rawRequest(head({ 'transfer-encoding': 'chunked' }), '', { length: false }),
      ...Array(6).fill(chunk),
    ];
    refused(await exchange(server.url, chunks), 413);
  });

  it('but not when a text in it looks like any of these', async () => {
    const text = '{"a":1,"a":2} __proto__ \\" : 来沪 \\ud83d\\ude00 [[[[';
    const body = `{"query":"query ($x: String) { orgUnits(first: 1) { nodes { code } } }","variables":{"y":"${text.replace(/"/g, '\\"').replace('\\\\"', '\\\\\\"')}"}}`;
    expect((await send(head(), body)).body).not.toContain('twice');
    const named = JSON.stringify({ query, extensions: { note: 'x:"y":{"z":1,"z":2}', ':': [':'] } });
    expect((await send(head(), named)).status).toBe(200);
  });
});

describe('a method other than POST is refused', () => {
  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s', async (method) => {
    const answer = await send(head({}, `${method} /graphql HTTP/1.1`));
    expect(answer.status).toBe(405);
    expect(answer.head).toContain('allow: post');
    expect(answer.head).not.toContain('access-control');
  });

  it('GET, with a query or a mutation in the address', async () => {
    for (const text of [query, 'mutation { x }']) {
      const line = `GET /graphql?query=${encodeURIComponent(text)} HTTP/1.1`;
      refused(await send(head({ 'content-type': null }, line), ''), 405);
    }
  });

  it('one that overrides another', async () => {
    const answer = await send(head({ 'x-http-method-override': 'POST' }, 'GET /graphql HTTP/1.1'));
    expect(answer.status).toBe(405);
  });
});

describe('the media type of an answer', () => {
  it.each<[string, string | null, string]>([
    ['what the specification has', 'application/graphql-response+json', 'application/graphql-response+json'],
    ['JSON for older clients', 'application/json', 'application/json'],
    [
      'the better liked',
      'application/json;q=0.5, application/graphql-response+json',
      'application/graphql-response+json',
    ],
    ['that of the specification to those who take all', '*/*', 'application/graphql-response+json'],
    ['that of the specification to those who do not say', null, 'application/graphql-response+json'],
  ])('is %s', async (_what, accept, type) => {
    const { status, head: lines } = await send(head({ accept }));
    expect(status).toBe(200);
    expect(lines).toContain(`content-type: ${type}; charset=utf-8`);
  });

  it('is that of the specification for every refusal, so that it is known from one on the way', async () => {
    const answer = await send(head({ accept: 'application/json' }), '{"query":"{ nothing }"}');
    expect([answer.status, /content-type: (.+)/.exec(answer.head)?.[1]]).toEqual([
      400,
      'application/graphql-response+json; charset=utf-8',
    ]);
  });

  it.each([
    'text/html',
    'application/xml;q=1',
    'application/json;q=0, application/graphql-response+json;q=0',
  ])('cannot be %s, which is refused before anything is read', async (accept) => {
    refused(await send(head({ accept }), 'no JSON at all'), 406);
  });
});

describe('a request that two readers would read differently is refused', () => {
  const body = Buffer.from(good);
  const raw = (lines: readonly string[], bytes: Buffer | string = body) =>
    exchange(server.url, rawRequest(lines, bytes, { length: false }));
  const length = `content-length: ${body.length}`;

  it('two different lengths', async () => {
    expect((await raw([...head(), length, 'content-length: 3'])).status).toBe(400);
  });
  it('two equal lengths', async () => {
    expect((await raw([...head(), length, length])).status).toBe(400);
  });
  it('a length beside chunks', async () => {
    const chunked = `${good.length.toString(16)}\r\n${good}\r\n0\r\n\r\n`;
    expect((await raw([...head(), length, 'transfer-encoding: chunked'], chunked)).status).toBe(400);
  });
  it('a coding after chunks, or hidden from one of them', async () => {
    const chunked = `${good.length.toString(16)}\r\n${good}\r\n0\r\n\r\n`;
    for (const line of [
      'transfer-encoding: chunked, identity',
      'transfer-encoding: xchunked',
      'transfer-encoding : chunked',
    ])
      expect((await raw([...head(), line], chunked)).status, line).toBeGreaterThanOrEqual(400);
  });
  it('a length that is no number', async () => {
    for (const value of ['+49', '0x31', '4 9', '-1'])
      expect((await raw([...head(), `content-length: ${value}`])).status, value).toBe(400);
  });
  it('two identities, two types, two hosts', async () => {
    for (const line of [`authorization: Bearer ${token}`, 'content-type: text/plain', 'host: other'])
      refused(await raw([...head(), length, line]), 400);
  });
  it('lines that end in a bare line feed', async () => {
    const bytes = Buffer.from(`${[...head(), length].join('\n')}\n\n${good}`);
    expect((await exchange(server.url, bytes)).status).toBe(400);
  });
  it('no host, or one that is none', async () => {
    expect((await raw([...head({ host: null }), length])).status).toBe(400);
    for (const host of ['a b', 'a/b?c', 'user@host', '<x>'])
      expect((await raw([...head({ host }), length])).status, host).toBe(400);
  });
  it('a header that goes on in the next line', async () => {
    expect((await raw([...head(), length, 'x-note: a\r\n b'])).status).toBe(400);
  });
});

describe('what is large or slow does not hold the server', () => {
  it('a header of 20 KiB is refused with 431', async () => {
    expect((await send(head({ 'x-note': 'a'.repeat(20_000) }))).status).toBe(431);
  });
  it('very many headers are refused or cut, not answered with data', async () => {
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`x-${i}`, '1']));
    expect((await send(head(many))).status).toBe(431);
  });
  it('a head that does not end is cut after the time for a request', async () => {
    const begun = Buffer.from(`${head().join('\r\n')}\r\n`);
    const { status } = await exchange(server.url, begun, { again: Buffer.from('x-note: a\r\n') });
    expect([0, 408]).toContain(status);
  });
  it('a body that does not end is cut after the time for a request', async () => {
    const begun = rawRequest([...head(), 'content-length: 200000'], '', { length: false });
    const { status } = await exchange(server.url, begun, { again: Buffer.from(' ') });
    expect([0, 408]).toContain(status);
  });
  it('others are answered meanwhile', async () => {
    const givenUp = new AbortController();
    const idleAt = (url: string) => {
      const lines = [...head({ host: new URL(url).host }), 'content-length: 1000'];
      const begun = rawRequest(lines, '', { length: false });
      return Array.from({ length: 50 }, () => exchange(url, begun, { givenUp: givenUp.signal }));
    };
    for (const { status } of await Promise.all(idleAt(server.url))) expect([0, 408]).toContain(status);
    // Here nobody is cut: the answer comes while all of them wait.
    const patient = await startTestServer({ requestTimeoutMs: 600_000 });
    try {
      let ended = 0;
      const idle = idleAt(patient.url).map((exchanged) =>
        exchanged.finally(() => {
          ended += 1;
        }),
      );
      const itself = {
        host: new URL(patient.url).host,
        authorization: `Bearer ${await patient.tokenOf('HLR')}`,
      };
      const answer = await exchange(patient.url, rawRequest(head(itself), good));
      expect([answer.status, ended]).toEqual([200, 0]);
      givenUp.abort();
      await Promise.all(idle);
    } finally {
      givenUp.abort();
      await patient.close();
    }
  });
});

describe('pages of other origins', () => {
  it('are told nothing by a preflight and get no answer by themselves', async () => {
    const asked = head(
      { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
      'OPTIONS /graphql HTTP/1.1',
    );
    const preflight = await send(asked, '');
    expect(preflight.status).toBe(405);
    expect(preflight.head).not.toContain('access-control');
    for (const site of ['cross-site', 'same-site'])
      refused(await send(head({ origin: 'https://elsewhere.example', 'sec-fetch-site': site })), 403);
    for (const site of ['same-origin', 'none'])
      expect((await send(head({ 'sec-fetch-site': site }))).status).toBe(200);
  });

  it('cannot sign in as a persona either', async () => {
    const signIn = (site: string) =>
      send(
        head({ authorization: null, 'sec-fetch-site': site }, 'POST /demo/token HTTP/1.1'),
        '{"code":"HLR"}',
      );
    expect((await signIn('same-origin')).body).toContain('token');
    const { status, body } = await signIn('cross-site');
    expect(status).toBe(403);
    expect(body).not.toContain('token');
  });
});

describe('answers', () => {
  const headers = [
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'referrer-policy: no-referrer',
    "content-security-policy: default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy: same-origin',
  ];
  it('are kept by nobody, framed by nobody and of one type, refused or not', async () => {
    for (const answer of [
      await send(head()),
      await send(head({ authorization: null })),
      await send(head(), '{'),
      await send(head({ 'content-type': 'text/plain' })),
      await send(head({}, 'GET /graphql HTTP/1.1'), ''),
      await send(head({}, 'GET /nothing HTTP/1.1'), ''),
      await send(head({}, 'GET /%ff HTTP/1.1'), ''),
      await send(head({}, 'POST /demo/token HTTP/1.1'), '{"code":"HLR"}'),
      await send(head({}, 'GET /readyz HTTP/1.1'), ''),
    ])
      for (const line of headers) expect(answer.head, `${answer.status}`).toContain(line);
  });

  it('repeat nothing of a path that cannot be read', async () => {
    const { status, body } = await send(head({}, 'GET /%ff310107199001011234 HTTP/1.1'), '');
    expect(status).toBe(400);
    expect(body).not.toContain('310107');
  });

  it('leave the console its own policy', async () => {
    const page = await send(head({}, 'GET / HTTP/1.1'), '');
    expect(page.head).toContain("frame-ancestors 'none'");
    expect(page.head.match(/content-security-policy/g)).toHaveLength(1);
    if (page.status === 200) expect(page.head).toContain("script-src 'self'");
  });
});

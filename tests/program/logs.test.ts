import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedDatabaseUrl } from '../support/database.ts';
import { until } from '../support/until.ts';
import { createDataFolder, type DataFolder } from './data-folders.ts';
import { answering, ask, type Laihu } from './laihu-process.ts';

/** Of nobody: a number whose check digit is wrong. */
const number = '310107199001011234';

describe('the log', { timeout: 120_000 }, () => {
  let folder: DataFolder;
  let laihu: Laihu;
  let token: string;
  beforeAll(async () => {
    folder = createDataFolder();
    laihu = await answering({
      env: { LAIHU_DATA: folder.path, DATABASE_URL: sharedDatabaseUrl(), LAIHU_LOG_LEVEL: 'trace' },
    });
    token = await signIn();
  });
  afterAll(async () => {
    await laihu?.kill();
    await folder?.remove();
  });

  async function signIn(): Promise<string> {
    const body = JSON.stringify({ code: 'PSB' });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${laihu.url}/demo/token`, { method: 'POST', headers, body });
    return ((await answer.json()) as { token: string }).token;
  }

  const post = (body: unknown, type = 'application/json') =>
    fetch(`${laihu.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': type, authorization: `Bearer ${token}`, 'laihu-purpose': 'REGISTRATION' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  /** What a request adds to the log. */
  async function logged(request: () => Promise<unknown>): Promise<string> {
    const before = laihu.stdout().length;
    await request();
    // Lines are written after the answer is sent: those of a later request come last.
    await fetch(`${laihu.url}/demo/personas`);
    const added = () => laihu.stdout().slice(before);
    await until(added, (text) => /"url":"\/demo\/personas"[\s\S]*"status":200[\s\S]*completed/.test(text));
    return added();
  }

  it('has a line for a request, with its path and status', async () => {
    const lines = await logged(() => post({ query: '{ __typename }' }));
    expect(lines).toContain('"url":"/graphql"');
    expect(lines).toContain('"status":200');
  });

  it('holds no name, number, token or address of a request or its answer, at any level', async () => {
    const query = '{ migrants(first: 100) { nodes { name citizenIdNumber mobilePhone } } }';
    const { json } = await ask(laihu.url, 'PSB', query);
    expect(json.data.migrants.nodes).toHaveLength(100);
    const lines = await logged(async () => (await post({ query })).text());
    for (const { name, citizenIdNumber, mobilePhone } of json.data.migrants.nodes)
      for (const value of [name, citizenIdNumber, mobilePhone]) if (value) expect(lines).not.toContain(value);
    expect(lines).not.toContain(token);
    expect(lines).not.toContain(token.split('.')[1]);
    expect(lines).not.toContain('127.0.0.1');
  });

  it.each<readonly [string, () => Promise<unknown>]>([
    [
      'a variable',
      () =>
        post({
          query:
            'query ($i: CitizenId) { migrants(filter: { citizenIdNumber: { eq: $i } }) { nodes { id } } }',
          variables: { i: number },
        }),
    ],
    [
      'a literal',
      () => post({ query: `{ migrants(filter: { name: { eq: "${number}" } }) { nodes { id } } }` }),
    ],
    ['a field name', () => post({ query: `{ n${number} }` })],
    ['an id', () => post({ query: `{ migrant(id: "${number}") { id } }` })],
    ['an operation name', () => post({ query: 'query A { __typename }', operationName: `N${number}` })],
    ['broken JSON', () => post(`{"query": ${number} x`)],
    ['another type of body', () => post(number, 'text/plain')],
    ['a query string of the endpoint', () => fetch(`${laihu.url}/graphql?query=${number}`)],
    ['a query string of a page', () => fetch(`${laihu.url}/?q=${number}`)],
    ['an unknown path', () => fetch(`${laihu.url}/${number}`)],
    [
      'a token',
      () =>
        fetch(`${laihu.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${number}` },
          body: '{"query":"{ __typename }"}',
        }),
    ],
  ])('holds nothing of %s that is refused', async (_what, request) => {
    expect(await logged(request)).not.toContain(number);
  });
});

import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

// The audits of GraphQL over HTTP's reference implementation. They ask the server at run time, so it is named late.
let server: TestServer;
let token: string;
beforeAll(async () => {
  server = await startTestServer();
  token = await server.tokenOf('HLR');
});
afterAll(() => server?.close());

/** Where the audits, which are older than the specification's edition of September 2026, differ from it or from us. */
const deviations: Readonly<Record<string, string>> = {
  '5A70': 'GET may be left out',
  D6D5: 'GET may be left out',
  '6A70': 'GET may be left out',
  '47DE': 'the specification prefers its own media type',
  '80D8': 'the specification prefers its own media type',
  '572B': 'without data the status is 4xx, whatever is accepted',
  FDE2: 'without data the status is 4xx, whatever is accepted',
  '7B9B': 'without data the status is 4xx, whatever is accepted',
};

const audits = serverAudits({
  url: () => `${server.url}/graphql`,
  fetchFn: (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } }),
});

describe('GraphQL over HTTP: the server', () => {
  it.each(audits.map((audit) => [`${audit.name} (${audit.id})`, audit] as const))(
    '%s',
    async (_name, audit) => {
      const result = await audit.fn();
      if (audit.id in deviations) expect(['warn', 'notice']).toContain(result.status);
      else expect(result.status === 'ok' ? '' : `${result.status}: ${result.reason}`).toBe('');
    },
  );
});

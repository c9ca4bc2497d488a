import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditLog } from '../../src/audit/log.ts';
import { connectTo } from '../../src/store/connect.ts';
import { inTransaction } from '../../src/store/transaction.ts';
import { type HttpAnswer, startTestServer, type TestServer } from '../http/test-server.ts';
import { until } from '../support/until.ts';
import { createLogDatabase, type LogDatabase } from './log-on-a-database.ts';

let database: LogDatabase;
let log: AuditLog;
let server: TestServer;

const changes: string[] = [];

beforeAll(async () => {
  database = await createLogDatabase();
  log = await database.open({ timeoutMs: 300, onChange: (change) => changes.push(change) });
  server = await startTestServer({ audit: log });
});
afterAll(async () => {
  await server.close();
  await log.close();
  await database.drop();
});

const persons = '{ migrants(first: 1) { nodes { id name } } }';

it('what cannot be recorded is not answered: 503 without data, until it can', async () => {
  const before = await server.ask('PSB', persons);
  expect(before.json.data.migrants.nodes).toHaveLength(1);
  await database.sql.unsafe('revoke insert on audit.entries from laihu_audit');
  const refused = await server.ask('PSB', persons);
  expect(refused.status).toBe(503);
  expect(refused.json).toEqual({
    errors: [
      {
        message:
          'The access cannot be recorded in time. Nothing is answered that is not recorded; ask again.',
        extensions: { code: 'AUDIT_UNAVAILABLE', reason: 'late', retryAfter: 1 },
      },
    ],
  });
  const ready = await server.send('/readyz');
  expect([ready.status, ready.json.stores['access log']]).toEqual([503, false]);
  // What is about nobody needs no entry.
  const units = await server.ask('PSB', '{ orgUnits(first: 1) { nodes { name } } }');
  expect(units.json.data.orgUnits.nodes).toHaveLength(1);

  await database.sql.unsafe('grant insert on audit.entries to laihu_audit');
  const after = await server.ask('PSB', persons);
  expect(after.json).toEqual(before.json);
  expect((await server.send('/readyz')).json.stores['access log']).toBe(true);
});

it('while its store does not answer, stores are not read for answers that cannot be given', async () => {
  const units = '{ orgUnits(first: 1) { nodes { name } } }';
  const holder = connectTo(database.url, { max: 1, onnotice: () => {} });
  let refused: HttpAnswer[] = [];
  await inTransaction(holder, async (tx) => {
    await tx`lock table audit.entries in access exclusive mode`;
    expect((await server.ask('PSB', persons)).json.errors[0].extensions.reason).toBe('late');
    const read = server.statements();
    refused = await Promise.all(Array.from({ length: 20 }, () => server.ask('PSB', persons)));
    expect(server.statements()).toBe(read);
    const ready = await server.send('/readyz');
    expect([ready.status, ready.json.degraded]).toEqual([503, ['access log']]);
    expect((await server.ask('PSB', units)).json.data.orgUnits.nodes).toHaveLength(1);
  });
  for (const { status, headers, json } of refused) {
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    expect(json.errors[0].extensions).toEqual({
      code: 'AUDIT_UNAVAILABLE',
      reason: 'breaker',
      retryAfter: 1,
    });
  }
  // Without a request that tries, it is ready again.
  await until(async () => (await server.send('/readyz')).status === 200);
  expect((await server.ask('PSB', persons)).json.data.migrants.nodes).toHaveLength(1);
  expect(changes.filter((change, i) => change !== changes[i - 1])).toEqual([
    'stopped answering',
    'breaker opened',
    'breaker closed',
    'answers again',
  ]);
  await holder.end();
});

it('entries say what came over HTTP: purpose, and nothing of the value of a header', async () => {
  const token = await server.tokenOf('PSB');
  const ask = (purpose: string) =>
    server.send('/graphql', { token, headers: { 'laihu-purpose': purpose }, body: { query: persons } });
  await ask('RECORDED_CASE');
  await ask('13800138000');
  const rows = await database.sql`select purpose, verdict from audit.entries order by id desc limit 2`;
  expect(rows).toEqual([
    { purpose: null, verdict: 'DENIED' },
    { purpose: 'RECORDED_CASE', verdict: 'ALLOWED' },
  ]);
});

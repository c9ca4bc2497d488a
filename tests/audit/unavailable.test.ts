import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditLog } from '../../src/audit/log.ts';
import { startTestServer, type TestServer } from '../http/test-server.ts';
import { createLogDatabase, type LogDatabase } from './log-on-a-database.ts';

let database: LogDatabase;
let log: AuditLog;
let server: TestServer;

beforeAll(async () => {
  database = await createLogDatabase();
  log = await database.open({ timeoutMs: 300 });
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
        extensions: { code: 'AUDIT_UNAVAILABLE', reason: 'late' },
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

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { jwtVerify } from 'jose';
import type { TransactionSql } from 'postgres';
import { productWorkingDays } from '../../src/contract/deadlines/working-days.ts';
import { bodyHash } from '../../src/graph/doing/write.ts';
import { parseNodeId } from '../../src/graph/node-id.ts';
import { connectTo } from '../../src/store/connect.ts';

/**
 * What one would write by hand for one mutation: `acceptPermitApplication`, or with `/withdraw` one from which nothing
 * follows. The owner's connection, none of our triggers (`session_replication_role`), no policy, no second wall, no log;
 * the same rows afterwards: record, events, key and outbox, in one transaction, then the payload.
 */
const sql = connectTo(process.env.DATABASE_URL ?? '', {
  max: 8,
  connection: { session_replication_role: 'replica' } as never,
});
const secret = new TextEncoder().encode(
  readFileSync(join(process.env.LAIHU_DATA ?? '', 'demo-issuer.key'), 'utf8'),
);
const calendar = productWorkingDays();
const today = '2007-03-01';

interface Caller {
  readonly person: string;
  readonly unit: string;
  readonly viewer: string;
}

interface Input {
  readonly id: string;
  readonly expectedVersion: number;
  readonly clientMutationId: string;
}

class Refused extends Error {}

async function callerOf({ headers }: IncomingMessage): Promise<Caller> {
  const token = headers.authorization?.replace(/^Bearer /, '') ?? '';
  const { payload } = await jwtVerify(token, secret, { issuer: 'laihu-demo', audience: 'laihu' });
  if (payload.department !== 'CAC') throw new Refused('NOT_YOURS');
  return { person: String(payload.sub), unit: String(payload.unit), viewer: 'RECEPTION_CENTRE' };
}

async function act(event: 'accept' | 'withdraw', input: Input, caller: Caller): Promise<unknown> {
  const { key: id } = parseNodeId(input.id);
  const { clientMutationId: key, ...rest } = input;
  const body = bodyHash(event, rest);
  const row = await sql.begin(async (tx) => {
    const [used] =
      await tx`select body from access.done_requests where unit = ${caller.unit} and person = ${caller.person} and key = ${key}`;
    if (used && used.body !== body) throw new Refused('KEY_REUSED');
    if (!used) await change(tx, event, { id, version: input.expectedVersion, key, body }, caller);
    const [read] =
      await tx`select id, application_no, status, accepted_on, due_on, closed_on, record_version from permits.permit_applications where id = ${id}`;
    return read;
  });
  return {
    committed: true,
    clientMutationId: key,
    userErrors: [],
    permitApplication: {
      id: input.id,
      applicationNo: row?.application_no,
      status: row?.status,
      acceptedOn: row?.accepted_on,
      dueOn: row?.due_on,
      closedOn: row?.closed_on,
      recordVersion: row?.record_version,
    },
  };
}

interface Change {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly body: string;
}

async function change(
  tx: TransactionSql,
  event: 'accept' | 'withdraw',
  { id, version, key, body }: Change,
  caller: Caller,
): Promise<void> {
  const { unit, person, viewer } = caller;
  const [held] =
    await tx`select status, record_version, accepted_at_unit from permits.permit_applications where id = ${id} for update`;
  if (held?.accepted_at_unit !== unit) throw new Refused('NOT_YOURS');
  if (held.record_version !== version) throw new Refused('CONFLICT');
  if (held.status !== 'SUBMITTED') throw new Refused('BAD_TRANSITION');
  const after = version + 1;
  if (event === 'accept')
    await tx`update permits.permit_applications set status = 'ACCEPTED', accepted_on = ${today}, due_on = ${calendar.add(today, 15)}, as_of = now(), updated_at = now(), record_version = ${after} where id = ${id}`;
  else
    await tx`update permits.permit_applications set status = 'WITHDRAWN', closed_on = ${today}, as_of = now(), updated_at = now(), record_version = ${after} where id = ${id}`;
  const becomes = event === 'accept' ? 'ACCEPTED' : 'WITHDRAWN';
  await tx`insert into access.record_events (record_type, record_id, version, event, from_state, to_state, viewer, acting_unit, person) values ('PermitApplication', ${id}, ${after}, ${event}, 'SUBMITTED', ${becomes}, ${viewer}, ${unit}, ${person})`;
  await tx`insert into access.done_requests (unit, person, key, body, record_type, record_id, version, event) values (${unit}, ${person}, ${key}, ${body}, 'PermitApplication', ${id}, ${after}, ${event})`;
  if (event === 'accept') await startReview(tx, id, after, caller);
}

/** What follows from an acceptance: a row of the outbox, and, as it is in the same database, what it says. */
async function startReview(
  tx: TransactionSql,
  id: string,
  version: number,
  { unit, person }: Caller,
): Promise<void> {
  const happened = { record: 'PermitApplication', id, event: 'accept', version, unit, person, today };
  await tx`insert into access.outbox (record_type, record_id, version, effect, store, happened, done_at) values ('PermitApplication', ${id}, ${version}, 'openOpinions', 'permits', ${tx.json(happened)}, now())`;
  await tx`update permits.permit_applications set status = 'UNDER_REVIEW', as_of = now(), updated_at = now(), record_version = ${version + 1} where id = ${id}`;
  await tx`insert into access.record_events (record_type, record_id, version, event, from_state, to_state, viewer, acting_unit, person) values ('PermitApplication', ${id}, ${version + 1}, 'startReview', 'ACCEPTED', 'UNDER_REVIEW', 'SYSTEM', 'system', 'system')`;
}

async function bodyOf(request: IncomingMessage): Promise<{ input: Input }> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  const { query, variables } = JSON.parse(text);
  if (!/^mutation/.test(query)) throw new Refused('BAD_DOCUMENT');
  return variables;
}

const server = createServer(async (request, response) => {
  response.setHeader('content-type', 'application/json');
  try {
    const [caller, { input }] = [await callerOf(request), await bodyOf(request)];
    const done = await act(request.url === '/withdraw' ? 'withdraw' : 'accept', input, caller);
    response.end(JSON.stringify({ data: { done } }));
  } catch (error) {
    const code = error instanceof Refused ? error.message : 'INTERNAL';
    if (code === 'INTERNAL') console.error(error);
    response.end(JSON.stringify({ errors: [{ message: code, extensions: { code } }], data: null }));
  }
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) console.log(`listening http://127.0.0.1:${address.port}/`);
});

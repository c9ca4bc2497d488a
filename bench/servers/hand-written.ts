import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { jwtVerify } from 'jose';
import type { TransactionSql } from 'postgres';
import type { AccessEvent } from '../../src/audit/event.ts';
import { openAuditLog } from '../../src/audit/log.ts';
import { productWorkingDays } from '../../src/contract/deadlines/working-days.ts';
import { permitRuleOn } from '../../src/departments/permits/permit-rules.ts';
import { bodyHash, newId } from '../../src/graph/doing/write.ts';
import { parseNodeId } from '../../src/graph/node-id.ts';
import { connectTo } from '../../src/store/connect.ts';

/**
 * What one would write by hand for one mutation: `acceptPermitApplication`, or with `/produceCard` one from which nothing
 * follows. The owner's connection, none of our triggers (`session_replication_role`), no policy, no second wall; foreign keys
 * are checked. The same promises and the same rows afterwards: the key is claimed first, so that a retry at the same time
 * waits for it; record, events and outbox, in one transaction; the payload; an entry in the access log, on disk before it is
 * answered (`WRITES_WITHOUT_LOG=1` leaves it out).
 */
const sql = connectTo(process.env.DATABASE_URL ?? '', {
  max: 8,
  connection: { session_replication_role: 'replica' } as never,
});
const dataDir = process.env.LAIHU_DATA ?? '';
const log = process.env.WRITES_WITHOUT_LOG
  ? undefined
  : await openAuditLog({
      ownerUrl: process.env.DATABASE_URL ?? '',
      keyFile: join(dataDir, 'audit-key.pem'),
      makesKey: true,
      sealsFile: join(dataDir, 'audit-seals-by-hand.jsonl'),
      timeoutMs: 2000,
      onFault: (fault, error) => console.error(fault, error),
    });
const secret = new TextEncoder().encode(readFileSync(join(dataDir, 'demo-issuer.key'), 'utf8'));
// A connection without triggers checks foreign keys nevertheless.
for (const { trigger } of await sql<{ trigger: string }[]>`
  select format('alter table %s enable always trigger %I', tgrelid::regclass, tgname) as trigger from pg_trigger
  where tgconstraint <> 0 and tgisinternal and tgrelid in ('permits.permit_applications'::regclass, 'permits.department_opinions'::regclass) and tgenabled <> 'A'`)
  await sql.unsafe(trigger);
const calendar = productWorkingDays();
const today = '2007-03-01';
const authors: Readonly<Record<string, string>> = { EMPLOYMENT: 'PT-LSS', RESIDENCE: 'PT-HLR' };
// biome-ignore lint/suspicious/noExplicitAny: a row as the driver gives it.
type Row = Record<string, any>;

interface Caller {
  readonly person: string;
  readonly unit: string;
  readonly viewer: string;
  readonly purpose: string | null;
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
  return {
    person: String(payload.sub),
    unit: String(payload.unit),
    viewer: 'RECEPTION_CENTRE',
    purpose: headers['laihu-purpose']?.toString() ?? null,
  };
}

async function act(event: 'accept' | 'produceCard', input: Input, caller: Caller): Promise<unknown> {
  const { key: id } = parseNodeId(input.id);
  const { clientMutationId: key, ...rest } = input;
  const body = bodyHash(event, rest);
  const row = await sql.begin(async (tx) => {
    const version = input.expectedVersion;
    const claimed =
      await tx`insert into access.done_requests (unit, person, key, body, record_type, record_id, version, event) values (${caller.unit}, ${caller.person}, ${key}, ${body}, 'PermitApplication', ${id}, ${version + 1}, ${event}) on conflict do nothing returning 1`;
    if (claimed.length > 0) await change(tx, event, { id, version }, caller);
    else {
      const [used] =
        await tx`select body from access.done_requests where unit = ${caller.unit} and person = ${caller.person} and key = ${key}`;
      if (used?.body !== body) throw new Refused('KEY_REUSED');
    }
    const [read] =
      await tx`select id, application_no, status, accepted_on, due_on, record_version from permits.permit_applications where id = ${id}`;
    return read;
  });
  if (log) await log.record(entryOf(event, id, caller));
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
      recordVersion: row?.record_version,
    },
  };
}

const shown = ['id', 'applicationNo', 'status', 'acceptedOn', 'dueOn', 'recordVersion'];

/** What the access log keeps of it: who, whose record, which fields. */
const entryOf = (event: 'accept' | 'produceCard', id: string, caller: Caller): AccessEvent => ({
  operation: 'MUTATION',
  person: caller.person,
  viewer: caller.viewer,
  unit: caller.unit,
  posts: [],
  purpose: caller.purpose,
  client: null,
  coordinates: [
    `Mutation.${event === 'accept' ? 'acceptPermitApplication' : event}`,
    ...shown.map((field) => `PermitApplication.${field}`),
  ],
  fieldGroups: ['PERMIT_DOSSIER', 'PERMIT_STATUS'],
  deniedGroups: [],
  subjects: log!.tokensOf([['PermitApplication', [id]]]),
  verdict: 'ALLOWED',
  isMasked: false,
  rowCount: 1,
});

interface Change {
  readonly id: string;
  readonly version: number;
}

async function change(
  tx: TransactionSql,
  event: 'accept' | 'produceCard',
  { id, version }: Change,
  caller: Caller,
): Promise<void> {
  const { unit, person, viewer } = caller;
  const [held] = await tx<Row[]>`
    select status, action, permit_type, applicant_id, subdistrict_code, station_code, record_version, accepted_at_unit from permits.permit_applications where id = ${id} for update`;
  if (held?.accepted_at_unit !== unit) throw new Refused('NOT_YOURS');
  if (held.record_version !== version) throw new Refused('CONFLICT');
  const from = event === 'accept' ? 'SUBMITTED' : 'APPROVED';
  if (held.status !== from || held.action === 'CANCEL') throw new Refused('BAD_TRANSITION');
  // As the table of the machine has it: nothing that is needed is missing or deficient.
  if (event === 'accept') {
    const [lacking] =
      await tx`select 1 from permits.application_materials where application_id = ${id} and state in ('REQUIRED', 'DEFICIENT') limit 1`;
    if (lacking) throw new Refused('VALIDATION');
  }
  const after = version + 1;
  if (event === 'accept')
    await tx`update permits.permit_applications set status = 'ACCEPTED', accepted_on = ${today}, due_on = ${calendar.add(today, 15)}, as_of = now(), updated_at = now(), record_version = ${after} where id = ${id}`;
  else
    await tx`update permits.permit_applications set status = 'CARD_PRODUCTION', as_of = now(), updated_at = now(), record_version = ${after} where id = ${id}`;
  const becomes = event === 'accept' ? 'ACCEPTED' : 'CARD_PRODUCTION';
  await tx`insert into access.record_events (record_type, record_id, version, event, from_state, to_state, viewer, acting_unit, person) values ('PermitApplication', ${id}, ${after}, ${event}, ${from}, ${becomes}, ${viewer}, ${unit}, ${person})`;
  if (event === 'accept') await startReview(tx, id, after, held, caller);
}

/**
 * What follows from an acceptance: a row of the outbox and, as it is in the same database, what it says. The departments are
 * asked for their opinions, then the review begins.
 */
async function startReview(
  tx: TransactionSql,
  id: string,
  version: number,
  held: Row,
  { unit, person }: Caller,
): Promise<void> {
  const happened = { record: 'PermitApplication', id, event: 'accept', version, unit, person, today };
  await tx`insert into access.outbox (record_type, record_id, version, effect, store, happened, done_at) values ('PermitApplication', ${id}, ${version}, 'openOpinions', 'permits', ${tx.json(happened)}, now())`;
  const opinions = permitRuleOn(String(held.permit_type), today).opinions.map((kind) => ({
    id: newId(),
    application_id: id,
    applicant_id: held.applicant_id,
    kind,
    author_unit:
      authors[kind] ?? (kind === 'ONSITE' ? held.station_code : `PT-SUB-${held.subdistrict_code.slice(-3)}`),
    window_unit: unit,
    due_on: calendar.add(today, 10),
    created_by: 'system',
    source_system: 'laihu',
  }));
  await tx`insert into permits.department_opinions ${tx(opinions)}`;
  const bySystem = { viewer: 'SYSTEM', acting_unit: 'system', person: 'system' };
  const asked = opinions.map((opinion) => ({
    record_type: 'DepartmentOpinion',
    record_id: opinion.id,
    version: 1,
    event: 'ask',
    from_state: null as string | null,
    to_state: 'PENDING',
    ...bySystem,
  }));
  const started = {
    record_type: 'PermitApplication',
    record_id: id,
    version: version + 1,
    event: 'startReview',
    from_state: 'ACCEPTED',
    to_state: 'UNDER_REVIEW',
    ...bySystem,
  };
  await tx`update permits.permit_applications set status = 'UNDER_REVIEW', as_of = now(), updated_at = now(), record_version = ${version + 1} where id = ${id}`;
  await tx`insert into access.record_events ${tx([...asked, started])}`;
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
    const done = await act(request.url === '/produceCard' ? 'produceCard' : 'accept', input, caller);
    response.end(JSON.stringify({ data: { done } }));
  } catch (error) {
    const code = error instanceof Refused ? error.message : 'INTERNAL';
    if (code === 'INTERNAL' && !request.destroyed) console.error(error);
    response.end(JSON.stringify({ errors: [{ message: code, extensions: { code } }], data: null }));
  }
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) console.log(`listening http://127.0.0.1:${address.port}/`);
});

import { request } from 'node:http';
import { parse } from 'csv-parse/sync';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuthenticationError } from '../../src/identity/authentication-error.ts';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';
import { Exports, keptLog, requestDocument, type Worker, Workers } from './exporting.ts';
import { startTestServer, type TestServer } from './test-server.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let server: TestServer;
let owner: Sql;
let exports: Exports;
const workers = new Workers();
const { log, entries } = keptLog();

beforeAll(async () => {
  database = await createTestDatabase('district');
  owner = connectTo(database.url, { max: 1, onnotice: () => {} });
  server = await startTestServer({
    databaseUrl: database.url,
    authenticate: workers.authenticate,
    audit: log,
    clients: { window: [requestDocument, '{ leases(orderBy: { field: MONTHLY_RENT }) { nodes { id } } }'] },
  });
  exports = new Exports(server, workers);
});
afterAll(async () => {
  await server.close();
  await owner.end();
  await database.drop();
});

const hlr: Worker = { code: 'HLR', person: 'clerk' };
const second: Worker = { code: 'HLR', person: 'second', posts: ['ANALYST'] };
const small =
  '{ leases(filter: { contractNo: { startsWith: "nothing has this number" } }) { nodes { id } } }';
const large = '{ leases { nodes { id contractNo } } }';

/** The values of an answer in the order of the columns, as a table shows them. */
const cells = (record: object, columns: readonly string[]): string[] =>
  columns.map((column) => {
    let value: unknown = record;
    for (const step of column.split('.')) value = (value as Record<string, unknown> | null)?.[step];
    return value == null ? '' : Array.isArray(value) ? value.join('; ') : String(value);
  });

describe('the file of a list', () => {
  const asked: readonly [Worker, string, string, string][] = [
    [
      hlr,
      'leases',
      '',
      '{ id contractNo status monthlyRent landlord { name phone } dwelling { id address { road } } }',
    ],
    [{ code: 'STN', person: 'officer' }, 'migrants', '', '{ id name sex citizenIdNumber originProvince }'],
    [
      { code: 'SUB', person: 'officer' },
      'migrants',
      ', filter: { sex: { eq: FEMALE } }',
      '{ name citizenIdNumber birthDate }',
    ],
    [{ code: 'POP', person: 'officer' }, 'migrants', '', '{ id name birthYear }'],
    [
      { code: 'LSS', person: 'officer' },
      'employments',
      '',
      '{ id startsOn employee { name } employer { name } }',
    ],
  ];

  test.each(asked)('%j %s%s has the cells of the query', async (worker, list, args, fields) => {
    const whole = args === '' ? '' : `(${args.slice(2)})`;
    const document = `{ ${list}${whole} { nodes ${fields} } }`;
    const answered = await exports.all(worker, list, args, fields);
    expect(answered.length).toBeGreaterThan(3);
    const csv = await exports.take(worker, await exports.approved(worker, document));
    expect(csv.status, csv.text).toBe(200);
    expect(csv.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [columns, ...rows] = parse(csv.bytes, { bom: true }) as string[][];
    expect(rows).toEqual(answered.map((record) => cells(record, columns!)));
    const gb = await exports.take(worker, await exports.approved(worker, document, 'CSV_GB18030'));
    expect(`\ufeff${new TextDecoder('gb18030', { fatal: true }).decode(gb.bytes)}`).toBe(
      csv.bytes.toString(),
    );
    const lines = await exports.take(worker, await exports.approved(worker, document, 'NDJSON'));
    expect(
      lines.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(answered);
  });

  test('is one page or many: the log has each, as an export of this request', async () => {
    const id = await exports.approved(hlr, large);
    entries.length = 0;
    await exports.take(hlr, id);
    const local = Buffer.from(id, 'base64url').toString().split(':')[1];
    expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries)
      expect(entry).toMatchObject({
        operation: 'EXPORT',
        client: `export/${local}`,
        person: 'clerk',
        purpose: 'LEASE',
      });
    expect(entries[0]!.coordinates).toContain('Lease.contractNo');
    expect(await exports.stands(hlr, id)).toMatchObject({ status: 'DONE' });
  });

  test('a masked field is named in the request', async () => {
    const { exportRequest } = await exports.request(hlr, '{ migrants { nodes { citizenIdNumber } } }');
    expect(exportRequest.maskedFields).toEqual(['Migrant.citizenIdNumber']);
  });
});

describe('what cannot be taken out', () => {
  const refused: readonly [string, Worker, string, RegExp][] = [
    [
      'a field that is refused',
      { code: 'PER', person: 'clerk' },
      '{ leases { nodes { id monthlyRent } } }',
      /may not use Lease\.monthlyRent/,
    ],
    [
      'a secret group',
      { code: 'WOF', person: 'clerk' },
      '{ womenRightsCases { nodes { id } } }',
      /Secret groups/,
    ],
    ['more than one list', hlr, '{ a: leases { nodes { id } } b: leases { nodes { id } } }', /one list/],
    ['a record', hlr, '{ orgUnit(id: "x") { name } }', /no list/],
    ['a mutation', hlr, 'mutation { x: __typename }', /one query/],
    ['what is no document', hlr, 'leases', /Syntax Error/],
    ['lists in cells', hlr, '{ dwellings { nodes { leases { nodes { id } } } } }', /fits into no cell/],
  ];
  test.each(refused)('%s', async (_, worker, document, sentence) => {
    const { committed, userErrors } = await exports.request(worker, document);
    expect(committed).toBe(false);
    expect(userErrors).toEqual([expect.objectContaining({ code: 'VALIDATION', path: ['document'] })]);
    expect(userErrors[0].message).toMatch(sentence);
  });

  test('a document of their own by whom the token binds to registered ones', async () => {
    const registered = '{ leases(orderBy: { field: MONTHLY_RENT }) { nodes { id } } }';
    const bound: Worker = { ...hlr, isBound: true };
    expect(await exports.requestAs(bound, registered)).toEqual({ errors: [], status: 'REQUESTED' });
    expect(await exports.requestAs(bound, large)).toEqual({ errors: ['document'], status: undefined });
  });

  test('the values of a filter that name a person stay with who asked', async () => {
    const document =
      '{ leases(filter: { tenantMigrant: { name: { eq: "王小明" } }, status: { eq: IN_FORCE } }) { nodes { id } } }';
    const { exportRequest } = await exports.request(hlr, document);
    expect(exportRequest.document).toContain('IN_FORCE');
    expect(exportRequest.document).not.toContain('王小明');
  });
});

describe('who approves', () => {
  test('a small one needs nobody', async () => {
    const { exportRequest } = await exports.request(hlr, small);
    expect(exportRequest).toMatchObject({ status: 'APPROVED', rows: 0 });
  });

  test('a large one a second person with the post, who is not who asked', async () => {
    const { exportRequest: made } = await exports.request(hlr, large);
    expect(made.status).toBe('REQUESTED');
    expect((await exports.take(hlr, made.id)).status).toBe(409);
    expect(await exports.decide({ ...second, posts: [] }, 'approveExport', made.id)).toBe('NOT_YOURS');
    const own = await exports.decide({ ...hlr, posts: ['ANALYST'] }, 'approveExport', made.id);
    expect(own).toMatchObject({ committed: false, userErrors: [{ code: 'NOT_READY' }] });
    // Who asked is told before trying, and the second person is not.
    const missingFor = async (worker: typeof hlr) => {
      const { json } = await exports.ask(
        worker,
        'query($id: ID!) { exportRequest(id: $id) { availableActions { event missing { code } } } }',
        { id: made.id },
      );
      return json.data.exportRequest.availableActions.find(
        (each: { event: string }) => each.event === 'approve',
      ).missing;
    };
    expect(await missingFor({ ...hlr, posts: ['ANALYST'] })).toHaveLength(1);
    expect(await missingFor(second)).toEqual([]);
    expect(await exports.decide(second, 'approveExport', made.id)).toMatchObject({
      exportRequest: { status: 'APPROVED' },
    });
    expect((await exports.take(hlr, made.id)).status).toBe(200);
  });

  test('a refusal has a reason, and ends it', async () => {
    const { exportRequest: made } = await exports.request(hlr, large);
    expect(await exports.decide(second, 'refuseExport', made.id)).toMatchObject({ committed: false });
    expect(await exports.decide(second, 'refuseExport', made.id, { reason: '用途不明' })).toMatchObject({
      exportRequest: { status: 'REFUSED' },
    });
    expect((await exports.take(hlr, made.id)).status).toBe(410);
  });
});

describe('whose file it is', () => {
  test('nobody else finds it, with the right purpose or another', async () => {
    const id = await exports.approved(hlr, large);
    for (const other of [
      { code: 'HLR', person: 'another' },
      second,
      { code: 'SUB', person: 'clerk' },
      { code: 'POP', person: 'clerk' },
    ] as const)
      expect((await exports.take(other, id, undefined, 'LEASE')).status).toBe(404);
    expect((await exports.take(hlr, 'RXhwb3J0')).status).toBe(404);
    expect((await exports.take(hlr, id, undefined, 'SUPERVISION')).status).toBe(403);
    expect((await fetch(`${server.url}/exports/${id}`)).status).toBe(401);
  });

  test('the owner of a group sees who took what of it, others do not', async () => {
    const psb: Worker = { code: 'PSB', person: 'clerk' };
    const id = await exports.approved(psb, '{ leases { nodes { id contractNo } } }');
    const seenBy = async (code: Worker['code']) => {
      const { json } = await exports.ask(
        { code, person: 'looks' },
        `{ exportRequests(first: 100, filter: { askedBy: { eq: "clerk" }, askingUnit: { id: { eq: "T3JnVW5pdDpQVC1QU0I" } } }) { nodes { id askingUnit { id } fieldGroups rows } } }`,
      );
      return (json.data?.exportRequests?.nodes ?? []).find((node: { id: string }) => node.id === id);
    };
    expect(await seenBy('HLR')).toMatchObject({ fieldGroups: expect.arrayContaining(['LEASE_STATUS']) });
    expect(await seenBy('HLT')).toBeUndefined();
    expect(await seenBy('SUB')).toBeUndefined();
  });
});

// So many parts that a page holds but some of the persons.
const wide = '{ migrants { nodes { id name registrations(first: 100) { nodes { id } } } } }';
const psb: Worker = { code: 'PSB', person: 'taker' };
const station: Worker = { code: 'STN', person: 'station' };
const linesOf = (text: string): string[] => text.trimEnd().split('\n');

describe('a running one', () => {
  const account = (status: string) =>
    owner`insert into organisation.user_accounts (id, holder_name, home_unit_id, functions, acting_unit_codes, status)
      values ('taker', '示例', 'PT-PSB', '{}', '{PT-PSB}', ${status})
      on conflict (id) do update set status = excluded.status, acting_unit_codes = excluded.acting_unit_codes`;

  test('stops when the account is closed, and cannot be begun anew', async () => {
    await account('ACTIVE');
    const id = await exports.approved(psb, wide, 'NDJSON');
    workers.at(4, () => account('LOCKED'));
    const { text } = await exports.take(psb, id);
    const lines = linesOf(text);
    expect(lines.length).toBeGreaterThan(2);
    expect(JSON.parse(lines.at(-1)!).exportStopped.code).toBe('EXPORT_REVOKED');
    expect(await exports.stands(psb, id)).toMatchObject({
      status: 'REVOKED',
      stoppedBecause: 'ACCOUNT_ENDED',
    });
    await account('ACTIVE');
    expect((await exports.take(psb, id)).status).toBe(410);
  });

  test('stops when the owner of a group takes it back', async () => {
    const id = await exports.approved(
      psb,
      '{ leases { nodes { id filings(first: 100) { nodes { id } } } } }',
      'NDJSON',
    );
    const reason = '未说明用途';
    workers.at(4, () => exports.decide({ code: 'HLR', person: 'owner' }, 'revokeExport', id, { reason }));
    const { text } = await exports.take(psb, id);
    expect(JSON.parse(linesOf(text).at(-1)!).exportStopped.code).toBe('EXPORT_REVOKED');
    expect(linesOf(text).length).toBeGreaterThan(2);
  });

  test('stops when the token is good no longer; with another one it goes on', async () => {
    const id = await exports.approved(psb, wide, 'NDJSON');
    const whole = linesOf((await exports.take(psb, id)).text);
    workers.at(4, () => Promise.reject(new AuthenticationError('TOKEN_EXPIRED')));
    const cut = linesOf((await exports.take(psb, id)).text);
    workers.at(0, async () => {});
    expect(JSON.parse(cut.at(-1)!).exportStopped.code).toBe('TOKEN_ENDED');
    const came = cut.slice(0, -1);
    const rest = await exports.take(psb, id, JSON.parse(came.at(-1)!).id);
    expect([...came, ...linesOf(rest.text)]).toEqual(whole);
  });

  test('goes on when the connections to the store are cut', async () => {
    const id = await exports.approved(psb, wide, 'NDJSON');
    const whole = (await exports.take(psb, id)).text;
    workers.at(
      4,
      () =>
        owner`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'laihu_public_security' and datname = current_database()`,
    );
    expect((await exports.take(psb, id)).text).toBe(whole);
  });

  test('leaves out a person who is shielded while it runs', async () => {
    const id = await exports.approved(station, wide, 'NDJSON');
    const whole = linesOf((await exports.take(station, id)).text);
    const last = JSON.parse(whole.at(-1)!).id;
    const local = Buffer.from(last, 'base64url').toString().split(':')[1]!;
    workers.at(2, () => owner`update public_security.migrants set shielded = true where id = ${local}`);
    const { text } = await exports.take(station, id);
    expect(linesOf(text)).toEqual(whole.slice(0, -1));
  });
});

test('a reader that goes away can go on, also in a table', async () => {
  const document = '{ leases(orderBy: { field: MONTHLY_RENT }) { nodes { contractNo id monthlyRent } } }';
  const id = await exports.approved(hlr, document);
  const whole = parse((await exports.take(hlr, id)).bytes, { bom: true }) as string[][];
  const half = whole.slice(0, Math.floor(whole.length / 2));
  const rest = await exports.take(hlr, id, half.at(-1)![1]!);
  expect([...half, ...(parse(rest.bytes) as string[][])]).toEqual(whole);
});

test('the end of the answer says whether the file is whole', async () => {
  const id = await exports.approved(hlr, large);
  const trailers = await new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${workers.token(hlr)}`, 'laihu-purpose': 'LEASE' };
    request(`${server.url}/exports/${id}`, { headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.trailers));
    })
      .once('error', reject)
      .end();
  });
  const { rowsTaken } = await exports.stands(hlr, id);
  expect(trailers).toEqual({ 'laihu-export': `DONE; rows=${rowsTaken}` });
});

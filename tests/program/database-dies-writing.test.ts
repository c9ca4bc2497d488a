import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { personas } from '../../src/identity/personas.ts';
import { until } from '../support/until.ts';
import { connectToFolder, createDataFolder, type DataFolder } from './data-folders.ts';
import { answering, type Laihu, usualPurpose } from './laihu-process.ts';

const [count, atOnce] = [120, 8];
const unit = personas.find(({ code }) => code === 'CAC')!.unit;
const accept = `mutation($input: AcceptPermitApplicationInput!) { done: acceptPermitApplication(input: $input) {
  committed clientMutationId userErrors { code } permitApplication { id acceptedOn } } }`;

interface Answer {
  readonly data?: { readonly done: { readonly committed: boolean } | null } | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

describe('writes while the database of the data folder dies and is started again', {
  timeout: 300_000,
}, () => {
  let folder: DataFolder;
  let laihu: Laihu;
  let ids: string[];
  beforeAll(async () => {
    folder = createDataFolder();
    laihu = await answering({
      args: ['--demo', '--size', '200'],
      env: { LAIHU_DATA: folder.path, LAIHU_LOG_LEVEL: 'silent' },
    });
    const sql = connectToFolder(folder.path);
    const rows = await sql<{ id: string }[]>`
      insert into permits.permit_applications (id, application_no, applicant_id, permit_type, action, accepted_at_unit, status, submitted_on, subdistrict_code)
      select gen_random_uuid(), '31010701520070228' || lpad(n::text, 4, '0'), a.applicant_id, a.permit_type, 'NEW', ${unit}, 'SUBMITTED', '2007-02-28', a.subdistrict_code
      from (select * from permits.permit_applications where permit_type = 'EMPLOYMENT' and not shielded limit 1) a, generate_series(1, ${count}::int) n
      returning id`;
    ids = rows.map(({ id }) => id);
    await sql.end();
  });
  afterAll(async () => {
    await laihu?.kill();
    await folder?.remove();
  });

  const postmaster = () =>
    Number(readFileSync(join(folder.path, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

  it('none that was answered is lost, none is done twice, and a repetition answers the same', async () => {
    const ask = await asker(laihu.url);
    const calls = ids.map((id, n) => ({
      id: encodeNodeId('PermitApplication', id),
      expectedVersion: 1,
      clientMutationId: `call ${n}`,
    }));
    const answers = new Map<object, Answer>();
    const left = [...calls];
    const { promise: enough, resolve } = Promise.withResolvers<void>();
    const client = async () => {
      for (let call = left.pop(); call; call = left.pop()) {
        const input = call;
        // A write that is done says so, also where the database died before it could be read back. The client
        // then asks again, as the answer tells it to, until it has the whole.
        answers.set(call, await until(() => ask(input).catch((): Answer => ({})), isWhole));
        if (answers.size >= count / 3) resolve();
      }
    };
    const clients = Array.from({ length: atOnce }, client);
    await enough;
    const killed = postmaster();
    process.kill(killed, 'SIGKILL');
    await Promise.all(clients);
    expect(postmaster()).not.toBe(killed);
    for (const call of calls) expect(await ask(call)).toEqual(answers.get(call));
    const sql = connectToFolder(folder.path);
    // What had been taken when the database died is done when its lease of half a minute has ended.
    await until(async () => {
      const [open] = await sql`select count(*)::int as n from access.outbox where done_at is null`;
      return open?.n === 0;
    });
    const [state] = await sql`
      select count(*)::int as n, count(*) filter (where accepted_on is null or status <> 'UNDER_REVIEW')::int as lost,
        (select count(*)::int from access.record_events where event = 'accept') as accepted,
        (select count(*)::int from access.record_events where event = 'startReview') as reviews,
        (select count(*)::int from (select from permits.department_opinions group by application_id, kind having count(*) > 1) d) as doubled
      from permits.permit_applications where id = any(${ids})`;
    await sql.end();
    expect(state).toEqual({ n: count, lost: 0, accepted: count, reviews: count, doubled: 0 });
  });
});

/** Whether the write is done and the record could be read; a record that could not may only lack its store. */
function isWhole({ data, errors = [] }: Answer): boolean {
  if (data?.done?.committed !== true) return false;
  for (const { extensions } of errors) expect(extensions.code).toBe('STORE_UNAVAILABLE');
  return errors.length === 0;
}

/** Asks as the reception centre. */
async function asker(url: string): Promise<(input: object) => Promise<Answer>> {
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const { token } = (await (await post('/demo/token', { code: 'CAC' })).json()) as { token: string };
  const headers = { authorization: `Bearer ${token}`, 'laihu-purpose': await usualPurpose(url, 'CAC') };
  return async (input) =>
    (await (await post('/graphql', { query: accept, variables: { input } }, headers)).json()) as Answer;
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { personas } from '../../src/identity/personas.ts';
import { Seeded } from '../support/seeded.ts';
import { until } from '../support/until.ts';
import { connectToFolder, createDataFolder, type DataFolder } from './data-folders.ts';
import { answering, type Laihu, usualPurpose } from './laihu-process.ts';

const kills = Number(process.env.LAIHU_TEST_KILLS ?? 6);
const perRound = 60;
const unit = personas.find(({ code }) => code === 'CAC')!.unit;
const accept = `mutation($input: AcceptPermitApplicationInput!) { acceptPermitApplication(input: $input) {
  committed clientMutationId userErrors { code } permitApplication { id acceptedOn } } }`;

describe(`writes of a program that is killed ${kills} times`, { timeout: 900_000 }, () => {
  let folder: DataFolder;
  let laihu: Laihu;
  beforeAll(async () => {
    folder = createDataFolder();
    laihu = await start();
    const sql = connectToFolder(folder.path);
    await sql`
      insert into permits.permit_applications (id, application_no, applicant_id, permit_type, action, accepted_at_unit, status, submitted_on, subdistrict_code)
      select gen_random_uuid(), '31010701520070228' || lpad(n::text, 4, '0'), a.applicant_id, a.permit_type, 'NEW', ${unit}, 'SUBMITTED', '2007-02-28', a.subdistrict_code
      from (select * from permits.permit_applications where permit_type = 'EMPLOYMENT' and not shielded limit 1) a, generate_series(1, ${kills * perRound}) n`;
    await sql.end();
  });
  afterAll(async () => {
    await laihu?.kill();
    await folder?.remove();
  });
  const start = () =>
    answering({
      args: ['--demo', '--size', '200'],
      env: { LAIHU_DATA: folder.path, LAIHU_LOG_LEVEL: 'silent' },
    });

  it('are done once each, all of them, and a repetition answers what was answered', async () => {
    const random = new Seeded(50);
    const sql = connectToFolder(folder.path);
    const rows = await sql<{ id: string }[]>`
      select id from permits.permit_applications where application_no like '31010701520070228%' order by application_no`;
    await sql.end({ timeout: 0 });
    const calls = rows.map(({ id }, n) => ({
      id: encodeNodeId('PermitApplication', id),
      expectedVersion: 1,
      clientMutationId: `call ${n}`,
    }));
    const answers = new Map<string, unknown>();
    for (let round = 0; round < kills; round++) {
      const own = calls.slice(round * perRound, (round + 1) * perRound);
      const ask = await asker(laihu.url);
      let left = 1 + Math.floor(random.next() * (perRound - 1));
      const { promise: enough, resolve } = Promise.withResolvers<void>();
      const asked = own.map((input) =>
        ask(input).then(
          (answer) => {
            answers.set(input.clientMutationId, answer);
            left -= 1;
            if (left === 0) resolve();
          },
          () => undefined,
        ),
      );
      await enough;
      await laihu.kill();
      await Promise.all(asked);
      laihu = await start();
    }
    const ask = await asker(laihu.url);
    for (const input of calls) {
      const answer = await ask(input);
      expect(answer).toMatchObject({
        data: { acceptPermitApplication: { committed: true, userErrors: [] } },
      });
      const before = answers.get(input.clientMutationId);
      if (before) expect(answer).toEqual(before);
    }
    const checked = connectToFolder(folder.path);
    // What a killed program had taken is done when its lease of half a minute has ended.
    await until(async () => {
      const [open] = await checked`select count(*)::int as n from access.outbox where done_at is null`;
      return open?.n === 0;
    });
    const [state] = await checked`
      select count(*)::int as n, count(*) filter (where accepted_on is null)::int as lost,
        (select count(*)::int from access.record_events where event = 'accept') as events,
        (select count(*)::int from (select application_id, kind from permits.department_opinions group by 1, 2 having count(*) > 1) d) as doubled
      from permits.permit_applications where application_no like '31010701520070228%'`;
    await checked.end();
    expect(state).toEqual({ n: calls.length, lost: 0, events: calls.length, doubled: 0 });
  });
});

/** Asks as the reception centre. */
async function asker(url: string): Promise<(input: object) => Promise<unknown>> {
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const { token } = (await (await post('/demo/token', { code: 'CAC' })).json()) as { token: string };
  const headers = { authorization: `Bearer ${token}`, 'laihu-purpose': await usualPurpose(url, 'CAC') };
  return async (input) => (await post('/graphql', { query: accept, variables: { input } }, headers)).json();
}

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { personas } from '../../src/identity/personas.ts';
import { until } from '../support/until.ts';
import { connectToFolder, createDataFolder, type DataFolder } from './data-folders.ts';
import { answering, type Laihu, usualPurpose } from './laihu-process.ts';

const unit = personas.find(({ code }) => code === 'CAC')!.unit;
const print = `mutation($input: IssueDocumentInput!) { issueDocument(input: $input) {
  committed userErrors { code } permitApplication { recordVersion issuedDocuments { id sha256 } } } }`;

describe('a print of a program that dies before it answers', { timeout: 300_000 }, () => {
  let folder: DataFolder;
  let laihu: Laihu;
  const start = () =>
    answering({
      args: ['--demo', '--size', '200'],
      env: { LAIHU_DATA: folder.path, LAIHU_LOG_LEVEL: 'silent' },
    });
  beforeAll(async () => {
    folder = createDataFolder();
    laihu = await start();
  });
  afterAll(async () => {
    await laihu?.kill();
    await folder?.remove();
  });

  it('is made once, is found by its repetition, and stands in the log when it is fetched', async () => {
    let sql = connectToFolder(folder.path);
    const [row] = await sql<{ id: string }[]>`
      insert into permits.permit_applications (id, application_no, applicant_id, permit_type, action, accepted_at_unit, status, submitted_on, accepted_on, due_on, subdistrict_code)
      select gen_random_uuid(), '310107015200702289999', a.applicant_id, a.permit_type, 'NEW', ${unit}, 'ACCEPTED', '2007-02-20', '2007-02-21', '2007-03-14', a.subdistrict_code
      from (select * from permits.permit_applications where permit_type = 'EMPLOYMENT' and not shielded limit 1) a returning id`;
    const input = {
      id: encodeNodeId('PermitApplication', row!.id),
      expectedVersion: 1,
      event: 'ISSUE_RECEIPT',
      clientMutationId: 'one receipt',
    };
    const events = async () => {
      const [found] = await sql`
        select count(*)::int as n from access.record_events where record_id = ${row!.id} and event = 'issueReceipt'`;
      return Number(found!.n);
    };
    const unanswered = (await window(laihu.url)).ask(input).catch(() => undefined);
    await until(async () => (await events()) === 1);
    await sql.end();
    await laihu.kill();
    await unanswered;
    laihu = await start();
    sql = connectToFolder(folder.path);

    const again = await window(laihu.url);
    const { data } = await again.ask(input);
    expect(data.issueDocument).toMatchObject({
      committed: true,
      userErrors: [],
      permitApplication: { recordVersion: 2 },
    });
    const documents = data.issueDocument.permitApplication.issuedDocuments;
    expect(documents).toHaveLength(1);
    expect(await events()).toBe(1);

    const logged = () =>
      sql`select seq from audit.entries where verdict = 'ALLOWED' and 'PermitApplication.applicant' = any(coordinates)`;
    const before = (await logged()).length;
    const bytes = await again.fetch(documents[0].id);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(documents[0].sha256);
    expect((await logged()).length).toBe(before + 1);
    await sql.end();
  });
});

/** A window of the reception centre. */
async function window(url: string) {
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const { token } = (await (await post('/demo/token', { code: 'CAC' })).json()) as { token: string };
  const headers = { authorization: `Bearer ${token}`, 'laihu-purpose': await usualPurpose(url, 'CAC') };
  return {
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path.
    ask: async (input: object): Promise<any> =>
      (await post('/graphql', { query: print, variables: { input } }, headers)).json(),
    fetch: async (document: string): Promise<Uint8Array> =>
      new Uint8Array(await (await fetch(`${url}/documents/${document}.pdf`, { headers })).arrayBuffer()),
  };
}

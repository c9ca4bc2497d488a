import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { createDataFolder, type DataFolder } from '../program/data-folders.ts';
import { answering, ask, type Laihu, root, run } from '../program/laihu-process.ts';
import { createTestDatabase } from '../support/database.ts';

// What README shows is run as it stands there; what it says of the answers is looked for in them.

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The code blocks of a language, as printed. */
const blocks = (language: string): readonly string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  );
const [leases = '', work = '', support = '', ...otherDocuments] = blocks('graphql');
const [start = '', fromAShell = '', ...otherShell] = blocks('sh');

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let folder: DataFolder;
let laihu: Laihu;
let sql: Sql;

beforeAll(async () => {
  database = await createTestDatabase('district');
  folder = createDataFolder();
  laihu = await answering({ args: ['--demo'], env: { LAIHU_DATA: folder.path, DATABASE_URL: database.url } });
  sql = connectTo(database.url, { max: 1, onnotice: () => {} });
}, 180_000);
afterAll(async () => {
  await laihu?.stop();
  await sql?.end();
  await folder?.remove();
  await database?.drop();
});

it('has these blocks and no others, so that each is tried here', () => {
  expect([otherDocuments, otherShell]).toEqual([[], []]);
  for (const text of [leases, work, support, start, fromAShell]) expect(text).not.toBe('');
});

describe('the document', () => {
  /** What stands in the leases' table, read as its owner. */
  const stored = async (contractNo: string) => {
    const [row] =
      await sql`select station_code, filing_status from housing.leases where contract_no = ${contractNo}`;
    return row;
  };

  it('gives housing leases with their rent, term and tenants, in the order that it asks for', async () => {
    const { status, json } = await ask(laihu.url, 'HLR', leases);
    expect([status, json.errors]).toEqual([200, undefined]);
    const { nodes, pageInfo } = json.data.leases;
    expect(nodes).toHaveLength(5);
    const numbers = nodes.map((node: { contractNo: string }) => node.contractNo);
    expect(numbers).toEqual([...numbers].sort());
    for (const node of nodes) {
      expect(node.monthlyRent).toMatch(/^\d+\.\d\d$/);
      expect(node.endsOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(node.tenantMigrant.name).toMatch(/^\p{Script=Han}+$/u);
      expect(node.dwelling.address.room).toBeTruthy();
      expect(await stored(node.contractNo)).toMatchObject({ filing_status: 'NOT_FILED' });
    }
    expect(pageInfo).toEqual({ hasNextPage: true, endCursor: expect.stringMatching(/.+/) });
  });

  it('gives a station leases of its own beat without rent and term, with the name and number of the tenant', async () => {
    const { status, json } = await ask(laihu.url, 'STN', leases);
    expect([status, json.errors]).toEqual([200, undefined]);
    const { nodes } = json.data.leases;
    expect(nodes.length).toBeGreaterThan(0);
    for (const node of nodes) {
      expect(node).toMatchObject({ monthlyRent: null, endsOn: null });
      expect(node.tenantMigrant.name).toMatch(/^\p{Script=Han}{2,}$/u);
      expect(node.tenantMigrant.citizenIdNumber).toMatch(/^\d{17}[\dX]$/);
      expect((await stored(node.contractNo))?.station_code).toBe('PT-STN-015-1');
    }
    const withheld = json.extensions.access.masked.map((entry: { coordinate: string }) => entry.coordinate);
    expect(withheld.sort()).toEqual(['Lease.endsOn', 'Lease.monthlyRent']);
  });

  it('gives labour null, with an entry of the coordinate, and the group, the owner and the reason', async () => {
    const { status, json } = await ask(laihu.url, 'LSS', leases);
    expect([status, json.data]).toEqual([200, { leases: null }]);
    expect(json.errors[0].extensions).toMatchObject({ code: 'FORBIDDEN', coordinate: 'Query.leases' });
    const said = JSON.stringify([json.errors, json.extensions]);
    for (const part of ['"group":"LEASE_STATUS"', '"owner":"HOUSING"', '"reason":"NOT_GRANTED"'])
      expect(said).toContain(part);
  });

  it('ordered by what a station sees masked is refused to it, and not to housing', async () => {
    expect(readme).toContain('Order by `ENDS_ON`');
    const byTerm = leases.replace('CONTRACT_NO', 'ENDS_ON');
    expect(byTerm).not.toBe(leases);
    const station = await ask(laihu.url, 'STN', byTerm);
    expect(station.json.data).toEqual({ leases: null });
    expect(JSON.stringify(station.json)).toContain('"coordinate":"LeaseOrderField.ENDS_ON"');
    expect((await ask(laihu.url, 'HLR', byTerm)).json.data.leases.nodes).toHaveLength(5);
  });

  it('is explained: the station is told that the rent is masked and the tenant is not', async () => {
    const { json } = await ask(
      laihu.url,
      'STN',
      `{ explainAccess(document: ${JSON.stringify(leases)}) { coordinates { coordinate verdict } } }`,
    );
    expect(json.errors).toBeUndefined();
    expect(json.data.explainAccess.coordinates).toEqual(
      expect.arrayContaining([
        { coordinate: 'Lease.monthlyRent', verdict: 'MASKED' },
        { coordinate: 'Migrant.name', verdict: 'FULL' },
      ]),
    );
  });
});

describe('what is done', () => {
  const version = 'expectedVersion: 1';
  let opinion: { readonly id: string; readonly dueAt: string };
  const give = (code: string, document = support) => ask(laihu.url, code, document, { id: opinion.id });
  const local = () => Buffer.from(opinion.id, 'base64url').toString().split(':')[1] ?? '';
  /** As the tables have it, read as their owner. */
  const stored = async () => {
    const [row] =
      await sql`select result, record_version as version from permits.department_opinions where id = ${local()}`;
    const told = await sql`select event from access.record_events where record_id = ${local()}`;
    return { ...row, told: told.map(({ event }) => event) };
  };

  it('is first found among the work of housing: its own opinion that has waited longest', async () => {
    const { status, json } = await ask(laihu.url, 'HLR', work);
    expect([status, json.errors]).toEqual([200, undefined]);
    [opinion] = json.data.myWork.items;
    const open = await sql`select id::text as id, due_on::text as due from permits.department_opinions
      where author_unit = 'PT-HLR' and result = 'PENDING' order by created_at, id`;
    expect(json.data.myWork.total).toBe(open.length);
    expect(local()).toBe(open[0]?.id);
    expect(opinion).toMatchObject({ title: 'Support (支持)', mutation: 'giveOpinion' });
    // The due day is over at its midnight in Shanghai.
    expect(new Date(opinion.dueAt).getTime()).toBe(Date.parse(`${open[0]?.due}T24:00:00+08:00`));
    expect(await stored()).toEqual({ result: 'PENDING', version: 1, told: [] });
  });

  it('is refused to labour, and changes nothing', async () => {
    const { json } = await give('LSS');
    expect([json.data, json.errors[0].extensions.code]).toEqual([{ giveOpinion: null }, 'NOT_YOURS']);
    expect(await stored()).toMatchObject({ result: 'PENDING', version: 1, told: [] });
  });

  it('happens once, however often it is sent, and is CONFLICT to whoever read an older version', async () => {
    const first = await give('HLR');
    expect([first.status, first.json.errors]).toEqual([200, undefined]);
    expect(first.json.data.giveOpinion).toMatchObject({
      committed: true,
      departmentOpinion: { result: 'SUPPORTED', recordVersion: 2, events: [{ event: 'support' }] },
      userErrors: [],
    });
    expect((await give('HLR')).json.data).toEqual(first.json.data);
    expect(await stored()).toMatchObject({ result: 'SUPPORTED', version: 2, told: ['support'] });
    const late = support.replace('opinion-1', 'opinion-2').replace('SUPPORT', 'FIND_INAPPLICABLE');
    expect(late).toContain(version);
    const { json } = await give('HLR', late);
    expect(json.errors[0].extensions.code).toBe('CONFLICT');
    expect(await stored()).toMatchObject({ result: 'SUPPORTED', version: 2, told: ['support'] });
  });
});

it('the commands for a shell print permits that end within sixty days, the soonest first', () => {
  // Another port, because 4000 may be in use where this is tried.
  const script = fromAShell.replaceAll('127.0.0.1:4000', new URL(laihu.url).host);
  expect(script).not.toBe(fromAShell);
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', script], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LAIHU_DATA: folder.path },
  });
  expect([status, stderr]).toEqual([0, '']);
  const { data, errors } = JSON.parse(stdout);
  expect(errors).toBeUndefined();
  const ends = data.permits.nodes.map(({ validTo }: { validTo: string }) => validTo);
  expect(ends).toHaveLength(3);
  expect(ends).toEqual([...ends].sort());
  // The demonstration stands still on the first of March 2007.
  for (const day of ends) expect(day >= '2007-03-01' && day <= '2007-04-30', day).toBe(true);
  for (const { holder } of data.permits.nodes) expect(holder.name).toMatch(/^\p{Script=Han}/u);
});

it('reading persons takes a purpose', async () => {
  const { token } = (await (
    await fetch(`${laihu.url}/demo/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"code":"HLR"}',
    })
  ).json()) as { token: string };
  const answer = await fetch(`${laihu.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: leases }),
  });
  const { errors } = (await answer.json()) as { errors: { extensions: { code: string } }[] };
  expect(errors[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
});

describe('its text', () => {
  const prose = readme.replace(/```[\s\S]*?```/g, '');

  it('gives no figure but those of bench/RESULTS.md', () => {
    const results = readFileSync(join(root, 'bench/RESULTS.md'), 'utf8');
    const measured = Number(
      /\| next start on the same folder, to the first answer \| ([\d.]+) s \|/.exec(results)?.[1],
    );
    const figures = [
      ...prose.matchAll(/([\d.,]+)\s?(?:s|ms|seconds?|minutes?|MB|MiB|GB|rows\/s|requests\/s|×)(?![\w-])/g),
    ];
    expect(figures.map(([text]) => text)).toEqual(['3 seconds']);
    expect(measured).toBeLessThanOrEqual(Number(figures[0]?.[1]));
  });

  it('names the size that a first start loads', async () => {
    const { stdout } = await run('src/main.ts', { args: ['--help'] });
    const size = Number(/--size[\s\S]*?\(default: (\d+)\)/.exec(stdout)?.[1]);
    expect(prose.replace(/\s+/g, ' ')).toContain(`district of ${size.toLocaleString('en')} persons`);
  });

  it('names commands and pages that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const named = [...readme.matchAll(/npm (?:run (?:-s )?)?([a-z][\w:]*)/g)].map(([, name = '']) => name);
    const ours = named.filter((name) => name !== 'ci');
    expect(ours.length).toBeGreaterThan(10);
    for (const name of ours) expect(scripts).toHaveProperty([name]);
    for (const [, page = ''] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      expect(existsSync(join(root, page)), page).toBe(true);
  });
});

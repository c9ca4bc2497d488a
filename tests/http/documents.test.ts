import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClients } from '../../src/http/documents/clients.ts';
import { documentHash } from '../../src/http/documents/manifest.ts';
import { createAuthenticate } from '../../src/identity/authenticate.ts';
import { createKeyVerifier } from '../../src/identity/token-verifier.ts';
import { createGraph } from '../../src/schema.ts';
import { startTestServer, type TestServer } from './test-server.ts';

const secret = 'a shared secret of at least 32 bytes';
const units = 'query Units($first: Int!) { orgUnits(first: $first) { nodes { code } } }';
const leases = '{ leases(first: 1) { nodes { contractNo } } }';
const id = (text: string) => `sha256:${documentHash(text)}`;

let server: TestServer;
beforeAll(async () => {
  const verifier = await createKeyVerifier(
    { secret },
    { issuer: 'laihu', audience: 'laihu', algorithms: ['HS256'] },
  );
  server = await startTestServer({
    authenticate: createAuthenticate({ verifiers: new Map([['laihu', verifier]]) }),
    clients: { 'housing-desk': [units], 'labour-desk': [leases] },
  });
});
afterAll(() => server?.close());

const token = (claims: JWTPayload) =>
  new SignJWT({ department: 'HLR', unit: 'PT-HLR', name: '张示例', sub: 'u-1', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('laihu')
    .setAudience('laihu')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));

const send = async (claims: JWTPayload, body: object) =>
  server.send('/graphql', {
    token: await token(claims),
    headers: { 'laihu-purpose': claims.department === 'EDU' ? 'EDUCATION' : 'LEASE' },
    body,
  });
const variables = { first: 2 };

describe('a registered client', () => {
  it('is answered by the id of a document of its own, whether `client` or `azp` names it', async () => {
    for (const claims of [{ client: 'housing-desk' }, { azp: 'housing-desk' }]) {
      const { status, json } = await send(claims, { documentId: id(units), variables });
      expect([status, json.data?.orgUnits.nodes.length]).toEqual([200, 2]);
    }
  });

  it('is refused free text, even that of its own documents and for an analyst', async () => {
    for (const claims of [{}, { explore: true }, { posts: ['ANALYST'] }]) {
      const { status, json } = await send({ client: 'housing-desk', ...claims }, { query: units, variables });
      expect([status, json.errors[0].extensions.code, json.data]).toEqual([
        403,
        'DOCUMENT_NOT_TRUSTED',
        undefined,
      ]);
    }
  });

  it('is refused the document of another client, and an id that is none', async () => {
    for (const documentId of [id(leases), 'sha256:', documentHash(units), id(units).toUpperCase(), 'units']) {
      const { status, json } = await send({ client: 'housing-desk' }, { documentId });
      expect([status, json.errors[0].extensions.code]).toEqual([400, 'DOCUMENT_UNKNOWN']);
    }
    const own = await send({ client: 'labour-desk' }, { documentId: id(leases) });
    expect(own.json.data.leases.nodes).toHaveLength(1);
  });

  it('is refused a document and an id together, and an id that is no text', async () => {
    for (const body of [
      { documentId: id(units), query: units, variables },
      { documentId: [id(units)], variables },
      { documentId: 7 },
    ]) {
      const { status, json } = await send({ client: 'housing-desk' }, body);
      expect([status, json.errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
    }
  });

  it('meets the same rules as everybody: what the viewer may not read is null', async () => {
    const body = { documentId: id(leases) };
    const contractNo = async (claims: JWTPayload) =>
      (await send({ client: 'labour-desk', ...claims }, body)).json.data.leases.nodes[0]?.contractNo ?? null;
    expect(await contractNo({})).toMatch(/\d/);
    expect(await contractNo({ department: 'EDU', unit: 'PT-EDU' })).toBeNull();
  });
});

describe('without a registered client', () => {
  it('only who may explore sends free text', async () => {
    const codes = async (claims: JWTPayload) => {
      const { status, json } = await send(claims, { query: units, variables });
      return [status, json.errors?.[0].extensions.code];
    };
    expect(await codes({})).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
    expect(await codes({ posts: ['CASE_OFFICER'], client: 'unheard-of' })).toEqual([
      403,
      'DOCUMENT_NOT_TRUSTED',
    ]);
    expect(await codes({ explore: false })).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
    expect(await codes({ explore: true })).toEqual([200, undefined]);
    expect(await codes({ posts: ['ANALYST'], azp: 'unheard-of' })).toEqual([200, undefined]);
  });

  it('no id is known', async () => {
    const { json } = await send({ explore: true }, { documentId: id(units), variables });
    expect(json.errors[0].extensions.code).toBe('DOCUMENT_UNKNOWN');
  });
});

describe('manifests', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'laihu-clients-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const command = (...args: string[]) =>
    spawnSync(process.execPath, ['src/commands/documents.ts', ...args], {
      encoding: 'utf8',
      env: { ...process.env, LAIHU_CLIENTS: folder },
    });

  it('are written by `npm run documents`, read at start, and grow with --keep', () => {
    writeFileSync(join(folder, 'a.graphql'), `${units}\n`);
    writeFileSync(join(folder, 'b.graphql'), leases);
    const first = command('desk', join(folder, 'a.graphql'));
    expect([first.status, first.stdout]).toEqual([0, `${id(units)}  ${join(folder, 'a.graphql')}\n`]);
    expect(command('desk', '--keep', join(folder, 'b.graphql')).status).toBe(0);
    const clients = readClients(folder, createGraph().bare);
    expect([...clients.keys()]).toEqual(['desk']);
    expect([...clients.get('desk')!.keys()].sort()).toEqual(
      [documentHash(units), documentHash(leases)].sort(),
    );
  });

  it('are not written with a document that the contract or a limit refuses; the faults are named', () => {
    writeFileSync(join(folder, 'c.graphql'), '{ leases { nodes {\n rentOfYesterday } } }');
    writeFileSync(join(folder, 'd.graphql'), `{ ${'x: __typename '.repeat(21)} }`);
    const before = readFileSync(join(folder, 'desk.json'), 'utf8');
    const { status, stderr } = command('desk', join(folder, 'c.graphql'), join(folder, 'd.graphql'));
    expect(status).toBe(1);
    expect(stderr).toMatch(/c\.graphql: line 2: Cannot query field "rentOfYesterday"/);
    expect(stderr).toMatch(/d\.graphql: .*more than 20 root fields/);
    expect(readFileSync(join(folder, 'desk.json'), 'utf8')).toBe(before);
    expect(command('../desk', join(folder, 'a.graphql')).stderr).toMatch(/is named by letters/);
  });

  it('that no longer fit stop the start with a list of all their faults', () => {
    const gone = 'query Gone { leases { nodes { gone } } }';
    writeFileSync(
      join(folder, 'old.json'),
      JSON.stringify({ [documentHash(gone)]: gone, [documentHash('x')]: units, [documentHash('7')]: 7 }),
    );
    writeFileSync(join(folder, 'torn.json'), '{"');
    let message = '';
    try {
      readClients(folder, createGraph().bare);
    } catch (error) {
      message = (error as Error).message;
    }
    const lines = message.split('\n').slice(1);
    expect(lines).toHaveLength(4);
    for (const fault of [
      /^old\.json: document \w{12}… \(Gone\): line 1: Cannot query field "gone"/m,
      /^old\.json: document \w{12}…: its hash is not that of its text$/m,
      /^old\.json: document \w{12}…: it is not a text$/m,
      /^torn\.json: it is not a JSON object \{ "<sha256>": "<document>" \}$/m,
    ])
      expect(message).toMatch(fault);
    expect(readClients(join(folder, 'no such'), createGraph().bare).size).toBe(0);
  });
});

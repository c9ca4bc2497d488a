import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { createAuthenticate } from '../../src/identity/authenticate.ts';
import { createDemoIssuer } from '../../src/identity/demo-issuer.ts';
import { registerDemoRoutes } from '../../src/identity/demo-routes.ts';
import { demoCoordinatorId, personas } from '../../src/identity/personas.ts';
import { actingUnitsOf } from '../../src/identity/units.ts';
import { viewers } from '../../src/identity/viewers.ts';

const folder = mkdtempSync(join(tmpdir(), 'laihu-demo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function signInAs(dataDir: string, token: string) {
  const { issuer, verifier } = await createDemoIssuer(dataDir);
  return createAuthenticate({ verifiers: new Map([[issuer, verifier]]) })(`Bearer ${token}`);
}

describe('the demonstration issuer', () => {
  it('signs in as each of the 26 viewers, acting for the persona’s own unit', async () => {
    const demo = await createDemoIssuer(folder);
    expect(personas.map((persona) => persona.code)).toEqual(viewers.map((viewer) => viewer.code));
    for (const { code, viewer, unit, person } of personas) {
      const { token } = await demo.issue({ code });
      expect(await signInAs(folder, token)).toMatchObject({ department: viewer, unit, person });
    }
  });

  it('has a fixed coordinator at branch PT-SVB-015', () => {
    expect(personas.find((persona) => persona.code === 'COR')).toMatchObject({
      unit: 'PT-SVB-015',
      person: demoCoordinatorId,
    });
  });

  it('gives a persona no unit for which its viewer cannot act', () => {
    for (const { code, unit, units } of personas) {
      expect(units, code).toContain(unit);
      for (const each of units) expect(actingUnitsOf(code), each).toContain(each);
    }
  });

  it('acts for another unit of the same viewer, and for no other', async () => {
    const demo = await createDemoIssuer(folder);
    const { token } = await demo.issue({ code: 'SUB', unit: 'PT-SUB-103' });
    expect(await signInAs(folder, token)).toMatchObject({ subdistrict: '310107103' });
    await expect(demo.issue({ code: 'SUB', unit: 'PT-HLR' })).rejects.toThrow('PT-SUB-005');
    await expect(demo.issue({ code: 'XXX' })).rejects.toThrow('HLR');
  });

  it('signs in a second person of the same unit and posts, who is an analyst, but no second coordinator', async () => {
    const demo = await createDemoIssuer(folder);
    const [one, other] = await Promise.all(
      [false, true].map(async (colleague) =>
        signInAs(folder, (await demo.issue({ code: 'PSB', colleague })).token),
      ),
    );
    expect(other).toMatchObject({ unit: one!.unit, posts: [...one!.posts, 'ANALYST'] });
    expect(other!.person).not.toBe(one!.person);
    await expect(demo.issue({ code: 'COR', colleague: true })).rejects.toThrow('COR');
  });

  it('keeps one key in the data folder that nobody else can read', async () => {
    const { token } = await (await createDemoIssuer(folder)).issue({ code: 'HLR' });
    const files = readdirSync(folder);
    expect(files).toHaveLength(1);
    expect(statSync(join(folder, files[0]!)).mode & 0o777).toBe(0o600);
    const elsewhere = mkdtempSync(join(folder, 'other-'));
    await expect(signInAs(elsewhere, token)).rejects.toMatchObject({ reason: 'TOKEN_SIGNATURE' });
    rmSync(elsewhere, { recursive: true });
  });
});

describe('the demonstration routes', () => {
  it('list the personas and sign in as one', async () => {
    const app = Fastify();
    registerDemoRoutes(app, await createDemoIssuer(folder));
    const list = (await app.inject('/demo/personas')).json();
    expect(list).toHaveLength(26);
    expect(Object.keys(list[0]).sort()).toEqual(
      [
        'code',
        'colleague',
        'kind',
        'name',
        'person',
        'posts',
        'title',
        'titleZh',
        'unit',
        'unitName',
        'unitNames',
        'units',
        'viewer',
      ].sort(),
    );
    const answer = await app.inject({ method: 'POST', url: '/demo/token', payload: { code: 'STN' } });
    expect(await signInAs(folder, answer.json().token)).toMatchObject({ station: 'PT-STN-015-1' });
    for (const payload of [
      {},
      { code: 'XXX' },
      { code: 'STN', unit: 'PT-HLR' },
      { code: 7 },
      { code: 'PSB', colleague: 'x' },
    ]) {
      const refused = await app.inject({ method: 'POST', url: '/demo/token', payload });
      expect(refused.statusCode).toBe(400);
      expect(refused.json().message).toMatch(/\.$/);
    }
    await app.close();
  });
});

describe('the command that prints a token', () => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['src/commands/token.ts', ...args], {
      env: { ...process.env, LAIHU_DATA: folder, NODE_ENV: 'development' },
    });

  it('prints a token that a server on the same data folder takes', async () => {
    const { stdout } = await run('--as', 'SUB', '--unit', 'PT-SUB-101');
    expect(stdout).toMatch(/^\S+\n$/);
    expect(await signInAs(folder, stdout.trim())).toMatchObject({
      department: 'SUBDISTRICT',
      unit: 'PT-SUB-101',
    });
  });

  it('fails with one sentence on stderr', async () => {
    for (const args of [['--as', 'XXX'], ['--as', 'HLR', '--unit', 'PT-SUB-015'], []]) {
      const failed = await run(...args).catch((error) => error);
      expect(failed.code, args.join(' ')).toBe(1);
      expect(failed.stdout).toBe('');
      expect(failed.stderr.trim().split('\n')).toHaveLength(1);
    }
  });

  it('explains itself', async () => {
    expect((await run('--help')).stdout).toContain('--unit');
  });
});

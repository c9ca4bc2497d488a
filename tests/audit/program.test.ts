import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDataFolder, type DataFolder } from '../program/data-folders.ts';
import { answering, ask, run } from '../program/laihu-process.ts';

let folder: DataFolder;
beforeAll(() => {
  folder = createDataFolder();
});
afterAll(() => folder.remove());

const seals = () =>
  readFileSync(join(folder.path, 'audit-seals.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq: number; closed: boolean });
const verify = async () => {
  const { code, stdout, stderr } = await run('src/commands/audit-verify.ts', {
    args: ['--json'],
    env: { LAIHU_DATA: folder.path },
  });
  return { code, stderr, ...(JSON.parse(stdout || '{}') as Record<string, unknown>) };
};
const env = () => ({ LAIHU_DATA: folder.path });
const persons = '{ migrants(first: 2) { nodes { id name } } }';

it('a program that stops in order leaves a sealed log; one that is killed leaves one that is whole', {
  timeout: 240_000,
}, async () => {
  const first = await answering({ env: env() });
  const answer = await ask(first.url, 'PSB', persons);
  expect(answer.json.data.migrants.nodes).toHaveLength(2);
  const { json } = await ask(first.url, 'LAO', '{ auditTrail(first: 5) { nodes { viewer rowCount } } }');
  expect(json.data.auditTrail.nodes).toEqual([{ viewer: 'PUBLIC_SECURITY', rowCount: 2 }]);
  // While the program runs its database is joined.
  expect(await verify()).toMatchObject({ code: 0, ok: true, chains: 1, entries: 3 });
  expect((await first.stop()).code).toBe(0);
  expect(seals().at(-1)).toMatchObject({ seq: 2, closed: true });
  expect(await verify()).toMatchObject({ code: 0, ok: true, unsealed: 0 });

  const second = await answering({ env: env() });
  await ask(second.url, 'PSB', persons);
  await second.kill();
  const third = await answering({ env: env() });
  await third.stop();
  expect(await verify()).toMatchObject({ code: 0, stderr: '', ok: true, chains: 3, entries: 6, unsealed: 1 });
});

it('a key that was named and is not there stops the start with one sentence', {
  timeout: 60_000,
}, async () => {
  const { code, stderr } = await run('src/main.ts', {
    args: ['--demo', '--empty'],
    env: { ...env(), LAIHU_AUDIT_KEY: join(folder.path, 'none.pem'), PORT: '0' },
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^There is no key of the access log at .*none\.pem; name it with LAIHU_AUDIT_KEY\.\n$/,
  );
});

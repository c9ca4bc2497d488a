import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditLog, openAuditLog } from '../../src/audit/log.ts';
import { connectTo } from '../../src/store/connect.ts';
import { runningEmbedded, startEmbedded } from '../../src/store/embedded/index.ts';
import { createDataFolder, type DataFolder } from '../program/data-folders.ts';
import { answering, type Ended, type Laihu, run } from '../program/laihu-process.ts';
import { eventOf, putAway, writtenBack } from './log-on-a-database.ts';

// A log that is longer than what sockets hold: a verifier that leaves its rows unread hangs on such a one only.

const length = 6000;
let folder: DataFolder;
let program: Laihu | undefined;
let chains: string[];

const sealFiles = () => ['audit-seals.jsonl', 'second.jsonl'].map((name) => join(folder.path, name));

beforeAll(async () => {
  folder = createDataFolder();
  program = await answering({ args: ['--demo', '--empty'], env: { LAIHU_DATA: folder.path } });
  await onDatabase(async (sql, url) => {
    // Two chains of another server program, each with its seals at its begin and its end.
    await writeChain(url, length);
    await writeChain(url, length);
    await sql.unsafe(`alter table audit.entries drop constraint entries_chain_seq, drop constraint entries_chain_prev,
      drop constraint entries_seq, drop constraint entries_start`);
    chains = (
      await sql<{ chain: string }[]>`
        select chain::text as chain from audit.entries group by chain having count(*) > ${length} order by min(occurred_at)`
    ).map(({ chain }) => chain);
    await sql.unsafe(putAway('public.written'));
    // An older copy: the second long chain had not been begun.
    await sql.unsafe(
      `create table public.older as select * from public.written where chain <> '${chains[1]}'`,
    );
  });
}, 240_000);
afterAll(async () => {
  await program?.stop();
  await folder.remove();
});

/** What somebody does who has the database, as its superuser. */
const tamperings: Readonly<Record<string, () => readonly [sql: string, says: RegExp]>> = {
  'an edit': () => [
    `update audit.entries set person = 'nobody' where chain = '${chains[0]}' and seq = 7`,
    /^Entry 7 of chain \S+ does not have the hash of what it says/,
  ],
  'an edit of the last entry': () => [
    `update audit.entries set row_count = 0 where chain = '${chains[0]}' and seq = ${length}`,
    new RegExp(`^Entry ${length} of chain \\S+ does not have the hash`),
  ],
  'a deletion': () => [
    `delete from audit.entries where chain = '${chains[0]}' and seq = 9`,
    /^Entry 9 of chain \S+ is missing/,
  ],
  'an insertion': () => [
    `update audit.entries set seq = -seq - 1 where chain = '${chains[0]}' and seq > 4;
     update audit.entries set seq = -seq where seq < 0;
     insert into audit.entries select prev, chain, 5, gen_random_uuid(), occurred_at, operation, person, viewer,
       acting_unit_id, posts, purpose, client, coordinates, field_groups, denied_groups, subjects, verdict, is_masked,
       row_count, prior_chain, prior_seq, hash from public.written where chain = '${chains[0]}' and seq = 4`,
    /^Entry 5 of chain \S+ does not have the hash/,
  ],
  'a reordering': () => [
    `update audit.entries set seq = 11 - seq where chain = '${chains[0]}' and seq in (5, 6)`,
    /^Entry 5 of chain \S+ does not have the hash.* moved/,
  ],
  'a swap between chains': () => [
    `update audit.entries set chain = case when chain = '${chains[0]}' then '${chains[1]}' else '${chains[0]}' end::uuid
       where seq = 6 and chain in ('${chains[0]}', '${chains[1]}')`,
    /^Entry 6 of chain \S+ does not have the hash.* swapped/,
  ],
  'a cut tail': () => [
    `delete from audit.entries where chain = '${chains[1]}' and seq > ${length - 10}`,
    new RegExp(`^Entry ${length - 9} of chain \\S+ is missing: .* cut off`),
  ],
  'an older copy that was put back': () => [writtenBack('public.older'), /older copy/],
};

const intact = writtenBack('public.written');

describe.each([
  ['while a program runs on it', true],
  ['when no program runs', false],
] as const)('the verifier of a log, %s', (_, running) => {
  beforeAll(async () => {
    if (running) return;
    await program?.stop();
    program = undefined;
  }, 60_000);

  it('ends with 0 for the log as it was written', { timeout: 60_000 }, async () => {
    await onDatabase((sql) => tamper(sql, intact));
    expect(await verify()).toMatchObject({ code: 0, signal: null, stderr: '' });
  });

  it.each(Object.keys(tamperings))(
    'ends with 1 and one sentence for %s',
    { timeout: 60_000 },
    async (name) => {
      const [change, says] = tamperings[name]!();
      await onDatabase((sql) => tamper(sql, `${intact}; ${change}`));
      const { code, signal, stdout, stderr } = await verify();
      expect([code, signal, stdout]).toEqual([1, null, '']);
      expect(stderr).toMatch(says);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    },
  );

  it('ends with 1 for a clock that was set back', { timeout: 60_000 }, async () => {
    const [, second = ''] = sealFiles();
    const seals = readFileSync(second, 'utf8');
    try {
      await onDatabase(async (sql, url) => {
        await tamper(sql, intact);
        await writeChain(url, length, (asked) => Date.parse('2100-01-01') - (asked > 5 ? 60_000 : 0));
      });
      const { code, stderr } = await verify();
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^(Entry|Seal) .* the clock was set back/)]);
    } finally {
      writeFileSync(second, seals);
    }
  });
});

const verify = (): Promise<Ended> =>
  run('src/commands/audit-verify.ts', {
    args: ['--seals', ...sealFiles()],
    env: { LAIHU_DATA: folder.path },
  });

/** The folder's database as its superuser: the running program's, or one that is started for the moment. */
async function onDatabase(work: (sql: Sql, url: string) => Promise<unknown>): Promise<void> {
  const running = runningEmbedded(folder.path);
  const own = running ? undefined : await startEmbedded({ dataDir: folder.path, log: () => {} });
  const { url } = (running ?? own)!;
  const sql = connectTo(url, { max: 1, onnotice: () => {} });
  try {
    await work(sql, url);
  } finally {
    await sql.end();
    await own?.stop();
  }
}

async function tamper(sql: Sql, change: string): Promise<void> {
  await sql.unsafe('alter table audit.entries disable trigger all');
  await sql.unsafe(change);
}

/** @param nowMs told how often the time was asked for: at the start, for its seal, then once a commit of 512 */
async function writeChain(url: string, entries: number, nowMs?: (asked: number) => number): Promise<void> {
  let asked = 0;
  const log: AuditLog = await openAuditLog({
    ownerUrl: url,
    keyFile: join(folder.path, 'audit-key.pem'),
    makesKey: false,
    sealsFile: sealFiles()[1]!,
    timeoutMs: 20_000,
    maxWaiting: entries,
    onFault: (fault) => {
      throw new Error(fault);
    },
    ...(nowMs && {
      nowMs: () => {
        asked += 1;
        return nowMs(asked);
      },
    }),
  });
  await Promise.all(Array.from({ length: entries }, () => log.record(eventOf(log))));
  await log.close();
}

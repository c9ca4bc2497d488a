import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noHash } from '../../src/audit/chain.ts';
import { columns } from '../../src/audit/entry-bytes.ts';
import { createLogDatabase, type LogDatabase, putAway, writtenBack } from './log-on-a-database.ts';

// Each kind of tampering beside its control: the same log, verified just before, is as it was written.

let log: LogDatabase;
let chain: string;

let sealed: string;
/** When the log was begun; no test waits for it to pass. */
const clock = Date.parse('2007-03-01T09:30:00Z');

beforeAll(async () => {
  log = await createLogDatabase();
  await log.write(9, { nowMs: () => clock });
  const [first] = await log.sql<{ chain: string }[]>`select chain::text as chain from audit.entries limit 1`;
  chain = first?.chain ?? '';
  sealed = readFileSync(log.sealsFile, 'utf8');
  // Who tampers as a superuser does not stop at constraints.
  await log.tamper(`${putAway('audit.written')};
    alter table audit.entries drop constraint entries_seq, drop constraint entries_start,
      drop constraint entries_chain_seq, drop constraint entries_chain_prev`);
});
beforeEach(async () => {
  await log.tamper(writtenBack('audit.written'));
  writeFileSync(log.sealsFile, sealed);
  expect(await log.verify()).toEqual({ entries: 10, chains: 1, seals: 2, unsealed: 0, fault: null });
});
afterAll(() => log.drop());

const fault = async () => (await log.verify()).fault;

/** A value of the column's type that differs from what stands. */
const others: Record<string, string> = {
  prev: `decode(repeat('ab', 32), 'hex')`,
  chain: 'gen_random_uuid()',
  seq: '100',
  id: 'gen_random_uuid()',
  occurred_at: `occurred_at + interval '1 microsecond'`,
  operation: `'EXPORT'`,
  posts: `'{}'`,
  coordinates: `coordinates[:2]`,
  field_groups: 'array[field_groups[2], field_groups[1]]',
  denied_groups: `'{LEASE_TERMS}'`,
  subjects: `subjects[:1]`,
  verdict: `null`,
  is_masked: 'not is_masked',
  row_count: 'row_count - 1',
  prior_chain: 'gen_random_uuid()',
  prior_seq: '0',
  hash: `sha256(hash)`,
};

describe('an edit', () => {
  it.each(columns)('of %s is found, and names the entry', async (column) => {
    const value = others[column] ?? `coalesce(${column}, '') || 'x'`;
    await log.tamper(`update audit.entries set ${column} = ${value} where seq = 5`);
    const found = await log.verify();
    expect(found.fault).toMatchObject(
      column === 'chain'
        ? { kind: 'MISSING', seq: 0 }
        : { kind: column === 'seq' ? 'MISSING' : 'ALTERED', chain, seq: 5 },
    );
    if (column !== 'chain') expect(found.entries).toBe(5);
  });

  it('with its hash worked out anew is found by the entry after it', async () => {
    await rewriteFrom(5, 5, 'row_count = 0');
    expect(await fault()).toMatchObject({ kind: 'REPLACED', chain, seq: 5 });
  });

  it('with the whole chain after it written anew is found by the seal', async () => {
    await rewriteFrom(5, 9, 'row_count = 0');
    expect(await fault()).toMatchObject({ kind: 'REPLACED', chain, seq: 9 });
  });
});

it('a deletion is found, and names the entry that is gone', async () => {
  await log.tamper('delete from audit.entries where seq = 4');
  expect(await fault()).toMatchObject({ kind: 'MISSING', chain, seq: 4 });
});

it('a deletion whose gap was closed is found', async () => {
  await log.tamper(
    'delete from audit.entries where seq = 4; update audit.entries set seq = seq - 1 where seq > 4',
  );
  expect(await fault()).toMatchObject({ kind: 'ALTERED', chain, seq: 4 });
});

it('an insertion between entries is found', async () => {
  await log.tamper(`
    update audit.entries set seq = -seq - 1 where seq > 4;
    update audit.entries set seq = -seq where seq < 0;
    insert into audit.entries select prev, chain, 5, gen_random_uuid(), occurred_at, operation, person, viewer,
      acting_unit_id, posts, purpose, client, coordinates, field_groups, denied_groups, subjects, verdict, is_masked,
      row_count, prior_chain, prior_seq, hash from audit.entries where seq = 4`);
  expect(await fault()).toMatchObject({ kind: 'ALTERED', chain, seq: 5 });
});

it('an insertion behind a closed chain is found, although its hash is right', async () => {
  await log.tamper(`insert into audit.entries select hash, chain, 10, gen_random_uuid(), occurred_at, operation, person,
    viewer, acting_unit_id, posts, purpose, client, coordinates, field_groups, denied_groups, subjects, verdict,
    is_masked, row_count, prior_chain, prior_seq, hash from audit.entries where seq = 9`);
  await rehash(10);
  expect(await fault()).toMatchObject({ kind: 'INSERTED', chain, seq: 10 });
});

it('a reordering is found', async () => {
  await log.tamper(`
    update audit.entries set seq = 11 - seq where seq in (5, 6)`);
  expect(await fault()).toMatchObject({ kind: 'ALTERED', chain, seq: 5 });
});

it('a swap between chains is found', async () => {
  await log.write(9);
  expect(await fault()).toBeNull();
  const [other] = await log.sql`select chain from audit.entries where chain <> ${chain} limit 1`;
  await log.tamper(`
    update audit.entries set chain = case when chain = '${chain}' then '${other?.chain}' else '${chain}' end::uuid
      where seq = 6`);
  expect(await fault()).toMatchObject({ kind: 'ALTERED', chain, seq: 6 });
});

it('a cut tail is found by the seal', async () => {
  await log.tamper('delete from audit.entries where seq >= 7');
  expect(await fault()).toMatchObject({ kind: 'CUT', chain, seq: 7 });
});

it('a chain that was taken out is found by the one after it, and the last one by its seals', async () => {
  await log.write(3);
  expect(await fault()).toBeNull();
  const [last] =
    await log.sql`select chain::text as chain from audit.entries where chain <> ${chain} limit 1`;
  await log.tamper(`delete from audit.entries where chain = '${last?.chain}'`);
  expect(await fault()).toMatchObject({ kind: 'CUT', chain: last?.chain, seq: 0 });
});

it('a first chain that was taken out is found by the one after it', async () => {
  await log.write(3);
  await log.tamper(`delete from audit.entries where chain = '${chain}'`);
  expect(await fault()).toMatchObject({ kind: 'MISSING', chain });
});

it('an older copy of the database is found, also when the program went on with it', async () => {
  await log.tamper(putAway('audit.copy'));
  await log.write(5);
  expect(await fault()).toBeNull();
  await log.tamper(writtenBack('audit.copy'));
  expect(await fault()).toMatchObject({ kind: 'CUT', seq: 0 });
  await log.write(2);
  expect(await fault()).toMatchObject({ kind: 'CUT', seq: 0 });
});

it('a chain that no program of ours began is found', async () => {
  await log.tamper(`insert into audit.entries select prev, gen_random_uuid(), 0, gen_random_uuid(), occurred_at, operation,
    person, viewer, acting_unit_id, posts, purpose, client, coordinates, field_groups, denied_groups, subjects, verdict,
    is_masked, row_count, chain, 9, hash from audit.entries where seq = 0`);
  expect(await fault()).toMatchObject({ kind: 'INSERTED', seq: 0 });
});

describe('a clock set back', () => {
  it('within a chain is found, and names the entry', async () => {
    // The start and its seal, entry 1, then entry 2 with a clock that is late.
    let asked = 0;
    await log.write(3, {
      nowMs: () => {
        asked += 1;
        return clock - (asked === 4 ? 5000 : 0);
      },
    });
    expect(await fault()).toMatchObject({ kind: 'CLOCK', seq: 2 });
  });

  it('before the program was started again is found', async () => {
    await log.write(1, { nowMs: () => clock - 60_000 });
    expect(await fault()).toMatchObject({ kind: 'CLOCK' });
  });

  it('is not seen in the small steps by which clocks are put right', async () => {
    await log.write(1, { nowMs: () => clock - 1000 });
    expect(await fault()).toBeNull();
  });
});

describe('the seals', () => {
  const lines = () => readFileSync(log.sealsFile, 'utf8').trimEnd().split('\n');
  const write = (all: readonly string[]) => writeFileSync(log.sealsFile, `${all.join('\n')}\n`);

  it('are one line a chain at its begin and one at its end, and follow one another', async () => {
    expect(lines()).toHaveLength(2);
    await log.write(1);
    expect(lines()).toHaveLength(4);
    expect(await fault()).toBeNull();
  });

  it('that were edited are found', async () => {
    const [first = '', second = ''] = lines();
    write([first, second.replace('"seq":9', '"seq":8')]);
    expect(await fault()).toMatchObject({ kind: 'SEAL' });
    write([first, second]);
    expect(await fault()).toBeNull();
  });

  it('from which a line was taken out are found', async () => {
    await log.write(1);
    const all = lines();
    write(all.filter((_, i) => i !== 1));
    expect((await fault())?.message).toMatch(/Seal 2 .* does not follow the seal before it/);
  });

  it('that a crash left unfinished are cut off and gone on with', async () => {
    appendFileSync(log.sealsFile, '{"time":"2026-');
    expect(await fault()).toBeNull();
    await log.write(1);
    expect(lines()).toHaveLength(4);
    expect(await fault()).toBeNull();
  });
});

it('an empty log without a seal is as it was written', async () => {
  await log.tamper('truncate audit.entries');
  writeFileSync(log.sealsFile, '');
  expect(await log.verify()).toEqual({ entries: 0, chains: 0, seals: 0, unsealed: 0, fault: null });
  expect(noHash).toHaveLength(32);
});

/** Changes an entry and works out the hashes from it to another anew, as somebody would who knows the form. */
async function rewriteFrom(from: number, to: number, change: string): Promise<void> {
  await log.tamper(`update audit.entries set ${change} where seq = ${from}`);
  for (let seq = from; seq <= to; seq++) {
    if (seq > from)
      await log.tamper(
        `update audit.entries set prev = (select hash from audit.entries where seq = ${seq - 1}) where seq = ${seq}`,
      );
    await rehash(seq);
  }
}

/** The hash of a row in SQL: an account of the form that shares no code with the program. */
async function rehash(seq: number): Promise<void> {
  const field = (send: string) => `coalesce(int4send(length(${send})) || ${send}, '\\xffffffff'::bytea)`;
  const sends: Record<string, string> = {
    prev: 'prev',
    chain: 'uuid_send(chain)',
    seq: 'int8send(seq)',
    id: 'uuid_send(id)',
    occurred_at: 'timestamptz_send(occurred_at)',
    posts: 'array_send(posts)',
    coordinates: 'array_send(coordinates)',
    field_groups: 'array_send(field_groups)',
    denied_groups: 'array_send(denied_groups)',
    subjects: 'array_send(subjects)',
    is_masked: 'boolsend(is_masked)',
    row_count: 'int4send(row_count)',
    prior_chain: 'uuid_send(prior_chain)',
    prior_seq: 'int8send(prior_seq)',
  };
  const said = columns.filter((c) => c !== 'hash').map((c) => field(sends[c] ?? `textsend(${c})`));
  await log.tamper(`update audit.entries set hash = sha256(${said.join(' || ')}) where seq = ${seq}`);
}

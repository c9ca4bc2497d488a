import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { productReminders } from '../../src/contract/deadlines/reminders.ts';
import { addDays } from '../../src/contract/deadlines/working-days.ts';
import { placeReminders } from '../../src/database/deadlines/make-reminders.ts';
import { Reminding } from '../../src/database/deadlines/reminding.ts';
import { departments } from '../../src/departments/index.ts';
import { createPools, type Pools } from '../../src/store/pools.ts';
import { start } from '../program/laihu-process.ts';
import { createTestDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pools: Pools;
let owner: Sql;
let today = '2007-03-01';
const faults: string[] = [];
const reminding = () =>
  new Reminding({
    reminders: placeReminders(productReminders(), departments),
    ownerOf: pools.ownerOf,
    queueUrl: database.url,
    today: () => today,
    onFault: (text) => faults.push(text),
  });

beforeAll(async () => {
  database = await createTestDatabase('district');
  pools = createPools({ urls: () => database.url, statementTimeoutMs: 60_000 });
  owner = pools.ownerOf('permits');
});
afterAll(async () => {
  await pools.close();
  await database.drop();
});
beforeEach(async () => {
  today = '2007-03-01';
  faults.length = 0;
  await owner`truncate access.reminders`;
});

interface Made {
  readonly kind: string;
  readonly id: string;
  readonly lead: number;
  readonly due: string;
  readonly unit: string;
}
const made = async (id?: string): Promise<Made[]> =>
  (
    await owner<
      Made[]
    >`select kind, record_id as id, lead_days as lead, due_on::text as due, unit from access.reminders
      where ${id ?? null}::uuid is null or record_id = ${id ?? null}::uuid order by kind, id, lead desc`
  ).map((row) => ({ ...row }));

/** A permit of nobody in the register. */
async function permit(
  changes: { validTo?: string; status?: string; type?: string; shielded?: boolean } = {},
) {
  const id = randomUUID();
  const { validTo = '2007-08-15', status = 'ACTIVE', type = 'EMPLOYMENT', shielded = false } = changes;
  await owner`insert into permits.residence_permits
    (id, permit_no, holder_id, type, valid_from, valid_to, status, ended_on, subdistrict_code, shielded)
    values (${id}, ${id.replaceAll('-', '').slice(0, 20).toUpperCase()}, ${randomUUID()}, ${type}, '2006-08-16', ${validTo},
      ${status}, ${status === 'CANCELLED' ? '2007-01-15' : null}, '310107015', ${shielded})`;
  return id;
}

/** How many rows there are of everything but reminders. */
async function census(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const tables = await owner<
    { name: string }[]
  >`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'pgboss') and tablename <> 'reminders' order by 1`;
  for (const { name } of tables) {
    const [row] = await owner.unsafe(
      `select count(*)::int as n, coalesce(sum(hashtext(t::text)::bigint), 0)::text as h from ${name} t`,
    );
    counts[`${name} ${row?.h}`] = Number(row?.n);
  }
  return counts;
}

describe('a permit that ends', () => {
  it.each([
    ['2007-06-15', []],
    ['2007-06-16', [60]],
    ['2007-07-16', [60, 30]],
    ['2007-08-08', [60, 30, 7]],
    ['2007-08-20', [60, 30, 7]],
  ])('has on %s the reminders %j', async (day, leads) => {
    const id = await permit();
    today = day;
    await reminding().sweep();
    expect(await made(id)).toEqual(
      leads.map((lead) => ({ kind: 'PERMIT_ENDS', id, lead, due: '2007-08-15', unit: 'PT-CAC-015' })),
    );
  });

  it('is reminded of once, however often and by however many it is looked at', async () => {
    const id = await permit();
    today = '2007-08-01';
    const several = [reminding(), reminding(), reminding()];
    await Promise.all(several.flatMap((one) => [one.sweep(), one.sweep()]));
    expect((await made(id)).map(({ lead }) => lead)).toEqual([60, 30]);
    expect(await reminding().sweep()).toBe(0);
  });

  it('is reminded of anew when it was renewed', async () => {
    const id = await permit();
    today = '2007-07-20';
    await reminding().sweep();
    await owner`update permits.residence_permits set valid_to = '2008-08-15' where id = ${id}`;
    today = '2008-06-20';
    await reminding().sweep();
    expect((await made(id)).map(({ lead, due }) => [lead, due])).toEqual(
      expect.arrayContaining([
        [60, '2007-08-15'],
        [30, '2007-08-15'],
        [60, '2008-08-15'],
      ]),
    );
    expect(await made(id)).toHaveLength(3);
  });

  it('tells no place of a holder whose whereabouts are shielded, and nobody of a cancelled one', async () => {
    const [shielded, cancelled, talent] = [
      await permit({ shielded: true }),
      await permit({ status: 'CANCELLED' }),
      await permit({ type: 'TALENT' }),
    ];
    today = '2007-06-20';
    await reminding().sweep();
    expect((await made(shielded)).map(({ unit }) => unit)).toEqual(['PT-PSB']);
    expect(await made(cancelled)).toEqual([]);
    expect((await made(talent)).map(({ kind, unit }) => [kind, unit])).toEqual([
      ['TALENT_PERMIT_ENDS', 'PT-PER'],
    ]);
  });
});

it('a jump of a year makes each reminder once, and nothing but reminders (dossier 0.6)', async () => {
  const before = await census();
  await reminding().sweep();
  const early = await made();
  today = addDays(today, 365);
  await reminding().sweep();
  await reminding().sweep();
  const late = await made();
  expect(late.length).toBeGreaterThan(early.length);
  expect(new Set(late.map(({ kind, id, lead, due }) => `${kind} ${id} ${lead} ${due}`)).size).toBe(
    late.length,
  );
  // Brute force over the permits.
  const permits = await owner<{ id: string; due: string }[]>`
    select id, valid_to::text as due from permits.residence_permits where status = 'ACTIVE'`;
  const expected = permits.flatMap(({ id, due }) =>
    [60, 30, 7].filter((lead) => addDays(due, -lead) <= today).map((lead) => `${id} ${lead} ${due}`),
  );
  const ofPermits = late.filter(({ kind }) => /PERMIT_ENDS$/.test(kind));
  expect(ofPermits.map(({ id, lead, due }) => `${id} ${lead} ${due}`).sort()).toEqual(expected.sort());
  expect(expected.length).toBeGreaterThan(100);
  // No case, no event, no change of any other row.
  expect(await census()).toEqual(before);
});

it('an arrears case has no reminder while its clock stands still', async () => {
  const [row] = await owner<{ id: string }[]>`update labour.wage_arrears_cases set status = 'INVESTIGATING',
    accepted_on = '2007-01-04', due_on = '2007-04-10', closed_on = null, clock_stopped_on = '2007-01-10',
    decision_legal_basis = null, decision_reasons = null, decision_decided_by = null, decision_decided_on = null,
    decision_remedy_notice = null where id = (select min(id::text)::uuid from labour.wage_arrears_cases) returning id`;
  const id = row?.id ?? '';
  today = '2008-01-04';
  await reminding().sweep();
  expect(await made(id)).toEqual([]);
  await owner`update labour.wage_arrears_cases set clock_stopped_on = null,
    clock_added_working_days = access.working_days_between('2007-01-10', '2007-01-24') where id = ${id}`;
  await reminding().sweep();
  // 60 working days after 4 January 2007 are over on 3 April, ten more on 17 April: counted in the notice's calendar.
  expect(await made(id)).toEqual(
    [15, 5, 0].map((lead) => ({ kind: 'ARREARS_TERM', id, lead, due: '2007-04-17', unit: 'PT-LSS' })),
  );
});

describe('the queue', () => {
  it('wakes a record that was written', async () => {
    const id = await permit({ validTo: '2007-03-05' });
    const one = reminding();
    await one.wake('ResidencePermit', id);
    await until(async () => (await made(id)).length === 3);
    await one.stop();
    expect(faults).toEqual([]);
    // The others are left to the sweep.
    expect(await made()).toHaveLength(3);
  });

  it('wakes it again when its next reminder is due', async () => {
    const id = await permit({ validTo: '2007-08-15' });
    const one = reminding();
    await one.wake('ResidencePermit', id);
    const jobs = () => owner<{ days: number }[]>`
      select round(extract(epoch from start_after - created_on) / 86400)::int as days from pgboss.job
      where data ->> 'id' = ${id} and state = 'created' and start_after > now()`;
    const found = await until(jobs, (rows) => rows.length > 0);
    await one.stop();
    // From 1 March to 16 June, sixty days before the end.
    expect(found.map(({ days }) => days)).toEqual([107]);
    expect(await made(id)).toEqual([]);
  });

  it('loses a job with a worker that is killed, and the sweep finds what it would have done, once', async () => {
    const id = await permit({ validTo: '2007-03-05' });
    const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>();
    const { promise: release, resolve: letGo } = Promise.withResolvers<void>();
    // The worker takes the job, and is held where it would write.
    const lock = owner.begin(async (tx) => {
      await tx`lock table access.reminders in exclusive mode`;
      isLocked();
      await release;
    });
    await locked;
    const worker = start(join('tests', 'deadlines', 'worker-program.ts'), {
      env: { WORKER_DATABASE: database.url, WORKER_RECORD: id },
    });
    await until(
      async () =>
        (
          await owner`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%access.reminders%'
          and datname = current_database()`
        ).length > 0,
    );
    worker.process.kill('SIGKILL');
    await worker.ended;
    await owner`select pg_terminate_backend(pid) from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`;
    letGo();
    await lock;
    expect(await made(id)).toEqual([]);
    const [job] = await owner`select state from pgboss.job where data ->> 'id' = ${id}`;
    expect(job?.state).toBe('active');
    await reminding().sweep();
    expect((await made(id)).map(({ lead }) => lead)).toEqual([60, 30, 7]);
    expect(await reminding().sweep()).toBe(0);
  });

  it('that cannot be reached is told once, fails nobody and leaves all to the sweep', async () => {
    const id = await permit({ validTo: '2007-03-05' });
    const one = new Reminding({
      reminders: placeReminders(productReminders(), departments),
      ownerOf: pools.ownerOf,
      queueUrl: 'postgres://nobody@127.0.0.1:1/none',
      today: () => today,
      onFault: (text) => faults.push(text),
    });
    await one.wake('ResidencePermit', id);
    await one.wake('ResidencePermit', id);
    await one.sweep();
    await one.stop();
    expect(faults).toHaveLength(1);
    expect(await made(id)).toHaveLength(3);
  });
});

it('a store that does not answer holds up no other', async () => {
  const id = await permit({ validTo: '2007-03-05' });
  const one = new Reminding({
    reminders: placeReminders(productReminders(), departments),
    ownerOf: (store) => {
      if (store !== 'permits') throw new Error('down');
      return pools.ownerOf(store);
    },
    queueUrl: database.url,
    today: () => today,
    onFault: (text) => faults.push(text),
  });
  await one.sweep();
  await one.sweep();
  expect(await made(id)).toHaveLength(3);
  // Once for each store that was down.
  expect(new Set(faults).size).toBe(faults.length);
  expect(faults.length).toBeGreaterThan(5);
});

import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { productRetention } from '../../src/contract/deadlines/retention.ts';
import { applyRetention } from '../../src/database/deadlines/apply-retention.ts';
import { placeRetention } from '../../src/database/deadlines/place-retention.ts';
import { departments } from '../../src/departments/index.ts';
import { createPools, type Pools } from '../../src/store/pools.ts';
import { tableNameOf } from '../../src/store/table-name.ts';
import { run } from '../program/laihu-process.ts';
import { createTestDatabase } from '../support/database.ts';

const terms = placeRetention(productRetention(), departments);
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pools: Pools;
let owner: Sql;
beforeEach(async () => {
  database = await createTestDatabase('district');
  pools = createPools({ urls: () => database.url, statementTimeoutMs: 60_000 });
  owner = pools.ownerOf('permits');
});
afterEach(async () => {
  await pools.close();
  await database.drop();
});

/** What was counted, by the types of the tables. */
async function retention(today: string, isDry = false, store?: string) {
  const own = terms.filter((term) => !store || term.store === store);
  const counts = await applyRetention(own, pools.ownerOf, { today, isDry });
  return new Map(
    counts.map(({ term, ended, held, named, next }) => [
      term.records.join(', '),
      { ended, held, named, next },
    ]),
  );
}

const rowsOf = async (table: string, condition = 'true'): Promise<number> =>
  Number((await owner.unsafe(`select count(*)::int as n from ${table} where ${condition}`))[0]?.n);

/** An application that was closed on a day, with a material and an opinion; by nobody in the register. */
async function application(closedOn: string | null) {
  const [id, material] = [randomUUID(), randomUUID()];
  const applicant = randomUUID();
  const no = `310107015${String(Math.floor(Math.random() * 1e12)).padStart(12, '1')}`.slice(0, 20);
  await owner`insert into permits.permit_applications (id, application_no, applicant_id, permit_type, action, accepted_at_unit,
      status, submitted_on, closed_on)
    values (${id}, ${`${no}1`}, ${applicant}, 'EMPLOYMENT', 'NEW', 'PT-CAC-015', ${closedOn ? 'WITHDRAWN' : 'SUBMITTED'}, '2000-01-03', ${closedOn})`;
  await owner`insert into permits.application_materials (id, application_id, kind) values (${material}, ${id}, 'PHOTO')`;
  await owner`insert into permits.department_opinions (id, application_id, applicant_id, kind, author_unit, window_unit)
    values (${randomUUID()}, ${id}, ${applicant}, 'EMPLOYMENT', 'PT-LSS', 'PT-CAC-015')`;
  return { id, material };
}
const partsOf = async (id: string) => [
  await rowsOf('permits.permit_applications', `id = '${id}'`),
  await rowsOf('permits.application_materials', `application_id = '${id}'`),
  await rowsOf('permits.department_opinions', `application_id = '${id}'`),
];
const hold = (record: string, id: string, until: string | null) =>
  owner`insert into access.legal_holds (record, record_id, reason, until) values (${record}, ${id}, 'a suit', ${until})`;

describe('an application that was closed', () => {
  it('goes with its parts on the day its five years are over, not the day before, and no other', async () => {
    const [old, open, later] = [
      await application('2002-03-01'),
      await application(null),
      await application('2002-03-02'),
    ];
    await owner`insert into access.reminders (record, record_id, kind, lead_days, due_on, unit)
      values ('PermitApplication', ${old.id}, 'APPLICATION_DUE', 0, '2002-01-01', 'PT-CAC-015')`;
    await retention('2007-02-28');
    expect(await partsOf(old.id)).toEqual([1, 1, 1]);
    const counts = await retention('2007-03-01');
    expect(counts.get('PermitApplication')).toEqual({ ended: 1, held: 0, named: 0, next: '2007-03-02' });
    expect(await partsOf(old.id)).toEqual([0, 0, 0]);
    expect(await rowsOf('access.reminders')).toBe(0);
    for (const { id } of [open, later]) expect(await partsOf(id)).toEqual([1, 1, 1]);
  });

  it('stays with its parts as long as a legal hold lasts', async () => {
    const { id } = await application('2002-03-01');
    await hold('PermitApplication', id, '2007-06-30');
    const held = await retention('2007-06-30');
    expect(held.get('PermitApplication')).toMatchObject({ ended: 0, held: 1 });
    expect(held.get('ApplicationMaterial')).toMatchObject({ ended: 0, held: 1 });
    expect(await partsOf(id)).toEqual([1, 1, 1]);
    await retention('2007-07-01');
    expect(await partsOf(id)).toEqual([0, 0, 0]);
    expect(await rowsOf('access.legal_holds')).toBe(0);
  });

  it('stays while one of its parts is held, and a hold on another record or another type holds nothing', async () => {
    const [kept, gone] = [await application('2002-03-01'), await application('2002-03-01')];
    await hold('ApplicationMaterial', kept.material, null);
    await hold('ResidencePermit', gone.id, null);
    const counts = await retention('2007-06-30');
    expect(counts.get('PermitApplication')).toMatchObject({ ended: 1, held: 0, named: 1 });
    expect(await partsOf(kept.id)).toEqual([1, 1, 0]);
    expect(await partsOf(gone.id)).toEqual([0, 0, 0]);
  });
});

/** Of every table that holds records: rows and a digest of them. */
async function census() {
  const digests = new Map<string, string>();
  for (const { table, records } of terms) {
    const name = tableNameOf(table);
    const [row] = await owner.unsafe(
      `select count(*) as n, coalesce(sum(hashtext(t::text)::bigint), 0) as h from ${name} t`,
    );
    digests.set(records.join(', '), `${row?.n} ${row?.h}`);
  }
  return digests;
}

it('a dry run changes nothing, and says what would be done; store by store it is the same', async () => {
  await owner`update public_security.migrants set status = 'DEPARTED', verified_at = null where merged_into_id is null
    and id in (select id from public_security.migrants where status = 'ACTIVE' order by id limit 50)`;
  const before = await census();
  const dry = await retention('2040-06-30', true);
  expect(await census()).toEqual(before);
  const done = new Map(
    (
      await Promise.all(
        [...new Set(terms.map(({ store }) => store))].map((store) => retention('2040-06-30', false, store)),
      )
    ).flatMap((counts) => [...counts]),
  );
  expect([...dry].map(([type, { ended, held }]) => [type, ended, held]).sort()).toEqual(
    [...done].map(([type, { ended, held }]) => [type, ended, held]).sort(),
  );
  // More than a batch of some.
  expect(Math.max(...[...done.values()].map(({ ended }) => ended))).toBeGreaterThan(1000);
});

it('in the end all that has a term has gone, whatever names what, and the rest is as it was', async () => {
  const before = await census();
  await retention('2090-01-01');
  const after = await census();
  for (const { rule, records } of terms)
    if (rule.action === 'KEEP')
      expect([records, after.get(records.join(', '))]).toEqual([records, before.get(records.join(', '))]);
  for (const type of ['ResidencePermit', 'PermitEvent', 'Visit', 'CertificateCheck', 'InfectiousReport'])
    expect(before.get(type)).not.toBe(after.get(type));
  const again = await retention('2090-01-01');
  expect([...again.values()].every(({ ended }) => ended === 0)).toBe(true);
  // The access log is what it was.
  expect(before.get('AccessLogEntry')).toMatch(/^[1-9]/);
  expect(after.get('AccessLogEntry')).toBe(before.get('AccessLogEntry'));
});

it('who left long ago is nobody: no value is left by which one could be told from another', async () => {
  const [person] = await owner`update public_security.migrants
    set status = 'DEPARTED', updated_at = '2007-01-01', former_name = '旧名', mobile_phone = '13800001234', photo_ref = 'x'
    where id = (select id from public_security.migrants where status = 'ACTIVE' and citizen_id_number is not null order by id limit 1)
    returning id, name, citizen_id_number as number, birth_date::text as born, sex, hukou_division as division, record_version as version`;
  await retention('2016-12-31', false, 'public_security');
  const look = async () =>
    (await owner`select *, t::text as line from public_security.migrants t where id = ${person?.id}`)[0]!;
  expect((await look()).name).toBe(person?.name);
  const counts = await retention('2017-01-01', false, 'public_security');
  expect(counts.get('Migrant')).toMatchObject({ ended: 1 });
  const row = await look();
  for (const value of [person?.name, person?.number, person?.born, '旧名', '13800001234'])
    expect(row.line).not.toContain(value);
  expect(row).toMatchObject({
    sex: person?.sex,
    hukou_division: person?.division,
    record_version: person?.version + 1,
  });
  expect(await rowsOf('public_security.migrant_documents', `person_id = '${person?.id}'`)).toBe(0);
  // Once.
  expect((await retention('2017-01-01', false, 'public_security')).get('Migrant')).toMatchObject({
    ended: 0,
  });
});

describe('the command', () => {
  const command = (...args: string[]) =>
    run('src/commands/retention.ts', { args, env: { DATABASE_URL: database.url } });

  it('reports numbers and days, no value of a record, and does what it says', async () => {
    const { id } = await application('2001-03-01');
    const dry = await command('--dry-run', '--store', 'permits');
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(await partsOf(id)).toEqual([1, 1, 1]);
    const lines = dry.stdout.trim().split('\n');
    expect(lines[0]).toBe('Would be ended on 2007-03-01:');
    for (const line of lines.slice(1))
      expect(line).toMatch(
        /^ {2}permits [A-Za-z, ]+ (DELETE|ANONYMISE) +\d+ {2}held \d+ {2}named by others \d+ {2}next (–|\d{4}-\d\d-\d\d)$/,
      );
    const done = await command('--apply', '--store', 'permits', '--today', '2007-03-01');
    expect(done.stdout).toMatch(/permits PermitApplication +DELETE +1 {2}held 0/);
    expect(await partsOf(id)).toEqual([0, 0, 0]);
  });

  it.each([
    [['--dry-run', '--apply'], 'Say either --dry-run or --apply'],
    [[], 'Say either --dry-run or --apply'],
    [['--dry-run', '--store', 'attic'], 'There is no store attic of records'],
    [['--dry-run', '--today', '2007-02-30'], 'Give a day as YYYY-MM-DD'],
  ])('refuses %j in a sentence', async (args, sentence) => {
    const { code, stderr } = await command(...args);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
  });
});

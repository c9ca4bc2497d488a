import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Pools } from '../../src/store/pools.ts';
import { rowCounts } from '../program/data-folders.ts';
import { rowOf, writeFile } from './files.ts';
import { createStores, importPath } from './support.ts';
import type { FileKind } from './synthetic-rows.ts';

let stores: Awaited<ReturnType<typeof createStores>>;
let pools: Pools;
beforeEach(async () => {
  stores = await createStores();
  pools = stores.pools;
});
afterEach(() => stores.close());

const person = (cells = {}) => rowOf('public-security', cells);
const importRows = (kind: FileKind, rows: string[][], month?: string) =>
  importPath(pools, kind, writeFile(kind, rows), month);
const query = (text: string) => pools.ownerOf('public_security').unsafe(text);
const migrant = async () => (await query('select * from public_security.migrants'))[0]!;
const stays = () =>
  query(`select serial_no, status, departed_on, lane, record_version from public_security.residence_registrations
    order by serial_no`);

/** Every row of the register and of the departments with its version and time. */
const everything = async () => ({
  counts: await rowCounts(pools.ownerOf('housing')),
  rows: await query(`
    select id, record_version, updated_at from public_security.migrants union all
    select id, record_version, updated_at from public_security.residence_registrations union all
    select id, record_version, updated_at from public_security.registration_import_batches union all
    select id, record_version, updated_at from housing.dwellings union all
    select id, record_version, updated_at from housing.leases union all
    select id, record_version, updated_at from labour.employers union all
    select id, record_version, updated_at from labour.employments union all
    select id, record_version, updated_at from labour.insurance_enrolments union all
    select id, record_version, updated_at from labour.insurance_contributions order by id`),
});

const fixtures = [
  ['public-security', 'public-security-registrations'],
  ['housing', 'housing-leases'],
  ['labour', 'labour-insurance'],
] as const;

describe('a file', () => {
  it('gives the counts that its defects make, and sent twice changes nothing', async () => {
    const expected = JSON.parse(
      readFileSync(join(import.meta.dirname, 'fixtures/expected-2007-03.json'), 'utf8'),
    );
    const importAll = async () => {
      for (const [kind, name] of fixtures) {
        const report = await importPath(
          pools,
          kind,
          join(import.meta.dirname, `fixtures/${name}-2007-03.csv`),
        );
        expect(report).toMatchObject(expected[kind]);
        expect(report.distinct_people).toBe(report.accepted);
      }
    };
    await importAll();
    const first = await everything();
    expect(first.counts['public_security.migrants']).toBe(expected['public-security'].accepted);
    expect(first.counts['housing.leases']).toBe(expected.housing.accepted);
    expect(first.counts['labour.employments']).toBe(expected.labour.accepted);
    await importAll();
    expect(await everything()).toEqual(first);
  });
});

describe('the population register', () => {
  it('gets a person with territory and an open registration', async () => {
    await importRows('public-security', [person()]);
    const [stay] = await stays();
    expect(await migrant()).toMatchObject({
      citizen_id_number: '349999198506120039',
      sex: 'MALE',
      subdistrict_code: '310107005',
      station_code: 'PT-STN-005-1',
      neighbourhood_code: '310107005003',
      subdistrict_unit: 'PT-SUB-005',
      mobile_phone: '13800001234',
      record_version: 1,
    });
    expect(stay).toMatchObject({ serial_no: 'PT200703000001', status: 'OPEN' });
    const [batch] = await query('select * from public_security.registration_import_batches');
    expect(batch).toMatchObject({ period: '2007-03', rows_sent: 1, rows_accepted: 1, status: 'LOADED' });
  });

  it('keeps what an officer flagged, and takes back its own flags when a later file is right', async () => {
    await importRows('public-security', [person({ 性别: '女', 联系电话: '1234567' })]);
    expect(await migrant()).toMatchObject({
      quality_flags: ['SEX_MISMATCH', 'PHONE_INVALID'],
      mobile_phone: null,
    });
    await query(`update public_security.migrants set quality_flags = quality_flags || array['DUP_SUSPECT']`);
    await importRows('public-security', [person()]);
    expect(await migrant()).toMatchObject({ quality_flags: ['DUP_SUSPECT'], sex: 'MALE', record_version: 2 });
  });

  it('makes the earlier stay history when a person has moved, whichever file comes first', async () => {
    const earlier = person();
    const later = person({
      登记编号: 'PT200703000002',
      弄: '9',
      居委会代码: '310107014001',
      派出所编号: 'PT-STN-014-1',
      入住日期: '2007-02-03',
      登记时间: '2007-02-05 10:00',
    });
    const moved = [
      { serial_no: 'PT200703000001', status: 'CLOSED', departed_on: '2007-02-03', lane: '8' },
      { serial_no: 'PT200703000002', status: 'OPEN', departed_on: null, lane: '9' },
    ];
    await importRows('public-security', [earlier]);
    await importRows('public-security', [later]);
    expect(await stays()).toMatchObject(moved);
    expect(await migrant()).toMatchObject({ subdistrict_code: '310107014', station_code: 'PT-STN-014-1' });
    const before = await everything();
    await importRows('public-security', [earlier]);
    expect((await everything()).rows).toEqual(before.rows);

    await query('truncate public_security.migrants cascade');
    await importRows('public-security', [later]);
    await importRows('public-security', [earlier]);
    expect(await stays()).toMatchObject(moved);
    expect(await migrant()).toMatchObject({ subdistrict_code: '310107014' });
  });

  it('moves a registration to the right person when its number is corrected', async () => {
    await importRows('public-security', [person()]);
    await importRows('public-security', [person({ 公民身份号码: '519999197905050012' })]);
    const people =
      await query(`select citizen_id_number, current_registration_id is null as homeless, subdistrict_code
      from public_security.migrants order by citizen_id_number`);
    expect(people).toMatchObject([
      { citizen_id_number: '349999198506120039', homeless: true, subdistrict_code: null },
      { citizen_id_number: '519999197905050012', homeless: false, subdistrict_code: '310107005' },
    ]);
  });

  it('hides a new stay of a person whose whereabouts are shielded', async () => {
    await importRows('public-security', [person()]);
    await query('update public_security.migrants set shielded = true');
    await importRows('public-security', [
      person({ 登记编号: 'PT200703000002', 弄: '9', 入住日期: '2007-02-03' }),
    ]);
    const [stay] = await query(
      `select shielded from public_security.residence_registrations where lane = '9'`,
    );
    expect(stay).toEqual({ shielded: true });
  });
});

describe('a lease', () => {
  const lease = (cells = {}) => rowOf('housing', cells);

  it('of a person who is not registered is counted, and joins when the person is', async () => {
    expect(await importRows('housing', [lease()])).toMatchObject({ accepted: 1, unmatched: 1 });
    const read = async () => (await query('select * from housing.leases'))[0]!;
    expect(await read()).toMatchObject({
      tenant_migrant_id: null,
      neighbourhood_code: null,
      monthly_rent: 59_200,
    });
    await importRows('public-security', [person()]);
    expect(await read()).toMatchObject({
      tenant_migrant_id: (await migrant()).id,
      filing_status: 'FILED',
      status: 'IN_FORCE',
      station_code: 'PT-STN-005-1',
      neighbourhood_code: '310107005003',
    });
    expect(await query(`select holder from access.links`)).toEqual([{ holder: 'PT-HLR' }]);
    expect(await importRows('housing', [lease()])).toMatchObject({ accepted: 1, unmatched: 0 });
  });

  it('that changes is changed and its version counted, its dwelling kept', async () => {
    await importRows('housing', [lease()]);
    await importRows('housing', [lease({ 月租金: '650', 备案状态: '未备案' })]);
    expect(await query('select monthly_rent, filing_status, record_version from housing.leases')).toEqual([
      { monthly_rent: 65_000, filing_status: 'NOT_FILED', record_version: 2 },
    ]);
    expect(await query('select record_version from housing.dwellings')).toEqual([{ record_version: 1 }]);
  });
});

describe('an employment', () => {
  const contract = (cells = {}) => rowOf('labour', cells);
  const enrolments = () =>
    query('select starts_on, ends_on, status, paid_months from labour.insurance_enrolments');

  it('carries the place of the person and follows when the person moves', async () => {
    await importRows('public-security', [person()]);
    await importRows('labour', [contract()]);
    const place = () =>
      query(`select subdistrict_code, station_code from labour.employments union
        select subdistrict_code, station_code from labour.insurance_enrolments`);
    expect(await place()).toEqual([{ subdistrict_code: '310107005', station_code: 'PT-STN-005-1' }]);
    await importRows('public-security', [
      person({
        登记编号: 'PT200703000002',
        弄: '9',
        居委会代码: '310107014001',
        派出所编号: 'PT-STN-014-1',
        入住日期: '2007-02-03',
      }),
    ]);
    expect(await place()).toEqual([{ subdistrict_code: '310107014', station_code: 'PT-STN-014-1' }]);
    expect(await query('select * from imports.moved_persons')).toEqual([]);
  });

  it('is insured from the month of its file on, pays once a month, and ends with the first month without', async () => {
    await importRows('labour', [contract({ 缴费月份: '2007-02' })], '2007-02');
    await importRows('labour', [contract()]);
    expect(await enrolments()).toEqual([
      { starts_on: '2007-02-01', ends_on: null, status: 'ENROLLED', paid_months: 2 },
    ]);
    await importRows('labour', [contract({ 参保: '否', 缴费月份: '2007-04' })], '2007-04');
    expect(await enrolments()).toMatchObject([{ ends_on: '2007-03-31', status: 'ENDED', paid_months: 2 }]);
    await importRows('labour', [contract()]);
    expect(await enrolments()).toMatchObject([{ ends_on: '2007-03-31', status: 'ENDED' }]);
  });

  it('of somebody not yet sixteen is kept and the sender told', async () => {
    const child = contract({ 公民身份号码: '369999200404150134' });
    expect(await importRows('labour', [child])).toMatchObject({
      accepted: 1,
      notices: { UNDER_16_AT_START: 1 },
    });
  });
});

it('files of other departments about a person who moves follow the place, the shield and the consent', async () => {
  await importRows('public-security', [person()]);
  const { id } = await migrant();
  await query(`insert into family_planning.family_planning_records (id, person_id, home_commission, updated_on)
    values ('${id}', '${id}', '示例', '2007-01-01')`);
  await query(`insert into commerce.qualification_checks (id, applicant_id, requested_on, confirmations, confirming_units)
    values ('${id}', '${id}', '2007-01-01', '[]', '{PT-PSB}')`);
  await query(`update public_security.migrants set shielded = true`);
  await importRows('public-security', [
    person({
      登记编号: 'PT200703000002',
      弄: '9',
      居委会代码: '310107014001',
      派出所编号: 'PT-STN-014-1',
      入住日期: '2007-02-03',
    }),
  ]);
  expect(await query('select shielded from commerce.qualification_checks')).toEqual([{ shielded: true }]);
  expect(
    await query(
      'select subdistrict_code, reminder_subdistrict_code, shielded from family_planning.family_planning_records',
    ),
  ).toEqual([{ subdistrict_code: '310107014', reminder_subdistrict_code: null, shielded: true }]);
});

it('departments with databases of their own meet by identity number all the same', async () => {
  const apart = await createStores(['housing', 'labour']);
  try {
    const send = (kind: FileKind, cells = {}) =>
      importPath(apart.pools, kind, writeFile(kind, [rowOf(kind, cells)]));
    expect(await send('housing')).toMatchObject({ unmatched: 1 });
    await send('public-security');
    expect(await send('labour')).toMatchObject({ unmatched: 0 });
    await send('public-security', {
      登记编号: 'PT200703000002',
      弄: '9',
      居委会代码: '310107014001',
      派出所编号: 'PT-STN-014-1',
      入住日期: '2007-02-03',
    });
    const owner = apart.pools.ownerOf('housing');
    const [row] = await owner`select l.tenant_migrant_id = e.employee_id as same, e.station_code
      from housing.leases l cross join labour.employments e`;
    expect(row).toEqual({ same: true, station_code: 'PT-STN-014-1' });
  } finally {
    await apart.close();
  }
});

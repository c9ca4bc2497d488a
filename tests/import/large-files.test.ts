import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Pools } from '../../src/store/pools.ts';
import { createFolder, rowOf, writeFile } from './files.ts';
import { encodeGb18030 } from './gb18030.ts';
import { generateFile } from './generate-file.ts';
import { createStores, importPath } from './support.ts';

const [anna, boris, carla] = ['349999198506120039', '519999197905050012', '369999200404150134'];
const person = (serial: number, id: string, cells = {}) =>
  rowOf('public-security', { 登记编号: `PT20070300000${serial}`, 公民身份号码: id, ...cells });
const elsewhere = {
  弄: '9',
  居委会代码: '310107014001',
  派出所编号: 'PT-STN-014-1',
  入住日期: '2007-02-03',
  登记时间: '2007-02-05 10:00',
};

/** Known persons who moved, stay, or whose serial is another's now; new ones, of whom one is named twice. */
const before = [person(1, anna), person(2, boris), person(3, boris, { 弄: '7' })];
const file = [
  person(4, anna, elsewhere),
  person(2, boris),
  person(3, carla, { 弄: '7' }),
  person(5, carla, elsewhere),
  person(6, '11010519491231002X'),
];

const facts = async (pools: Pools) => {
  const query = (text: string) => pools.ownerOf('public_security').unsafe(text);
  return {
    people: await query(`select m.citizen_id_number, m.subdistrict_code, m.station_code, r.serial_no
      from public_security.migrants m
      left join public_security.residence_registrations r on r.id = m.current_registration_id order by 1`),
    stays: await query(`select r.serial_no, m.citizen_id_number, r.status, r.departed_on, r.lane
      from public_security.residence_registrations r join public_security.migrants m on m.id = r.person_id
      order by 1`),
    indexes: await query(`select indexdef from pg_indexes where schemaname = 'public_security' order by 1`),
    constraints: await query(`select conname, pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'public_security'::regnamespace order by 1, 2`),
  };
};

it('a file so large that indexes are taken away makes of the register what a small one does', {
  timeout: 90_000,
}, async () => {
  const [small, large] = [await createStores(), await createStores()];
  try {
    for (const { pools } of [small, large])
      await importPath(pools, 'public-security', writeFile('public-security', before));
    const path = writeFile('public-security', file);
    const reported = await importPath(small.pools, 'public-security', path);
    // Blank lines below the table: what counts is how many rows there might be.
    appendFileSync(path, '\r\n'.repeat(12_000_000));
    expect(await importPath(large.pools, 'public-security', path)).toEqual(reported);
    const expected = await facts(small.pools);
    expect(await facts(large.pools)).toEqual(expected);
    expect(expected.people).toHaveLength(4);
    expect(expected.stays.map(({ serial_no, status }) => [serial_no.at(-1), status])).toEqual([
      ['1', 'CLOSED'],
      // What ended it, stay 3, is somebody else's now.
      ['2', 'OPEN'],
      ['3', 'CLOSED'],
      ['4', 'OPEN'],
      ['5', 'OPEN'],
      ['6', 'OPEN'],
    ]);
  } finally {
    await small.close();
    await large.close();
  }
});

it.each([1, 105_000])(
  "earlier contributions take on their person's shield, also from a file of %i further rows",
  {
    timeout: 90_000,
  },
  async (rows) => {
    const { pools, close } = await createStores();
    try {
      const query = (text: string) => pools.ownerOf('labour').unsafe(text);
      const contract = (month: string) => rowOf('labour', { 公民身份号码: anna, 缴费月份: month });
      const shields = () =>
        query(`select c.month, c.shielded from labour.insurance_contributions c
        join labour.insurance_enrolments e on e.id = c.enrolment_id where e.insured_identity_number = '${anna}' order by 1`);
      await importPath(pools, 'public-security', writeFile('public-security', [person(1, anna)]));
      await importPath(pools, 'labour', writeFile('labour', [contract('2007-02')]), '2007-02');
      expect(await shields()).toEqual([{ month: '2007-02', shielded: false }]);
      await query('update public_security.migrants set shielded = true');
      const path = join(createFolder(), 'labour-2007-03.csv');
      generateFile(path, 'labour', { rows, month: '2007-03' });
      appendFileSync(path, encodeGb18030(`${contract('2007-03').join(',')}\r\n`));
      await importPath(pools, 'labour', path);
      expect(await shields()).toEqual([
        { month: '2007-02', shielded: true },
        { month: '2007-03', shielded: true },
      ]);
    } finally {
      await close();
    }
  },
);

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { rowOf, writeFile } from './files.ts';
import { createStores, importPath } from './support.ts';
import { headings } from './synthetic-rows.ts';

let stores: Awaited<ReturnType<typeof createStores>>;
beforeAll(async () => {
  stores = await createStores();
});
afterAll(() => stores.close());

const query = (text: string) => stores.pools.ownerOf('public_security').unsafe(text);
beforeEach(() =>
  query(`truncate public_security.migrants, housing.dwellings, labour.employers, imports.batches,
    imports.moved_persons, imports.doubted_persons cascade`),
);

type Cells = Readonly<Record<string, string>>;
const register = (rows: readonly Cells[], month = '2007-03') =>
  importPath(
    stores.pools,
    'public-security',
    writeFile(
      'public-security',
      rows.map((cells) => rowOf('public-security', cells)),
      { name: `x-${month}.csv` },
    ),
  );
const people = () =>
  query(`select m.name, m.birth_date, m.mobile_phone, m.quality_flags,
      (select count(*)::int from public_security.residence_registrations r where r.person_id = m.id) as stays
    from public_security.migrants m where m.status <> 'MERGED' order by m.name, m.birth_date`);
const states = () =>
  query('select serial_no, status from public_security.residence_registrations order by 1');

const first = { 登记编号: 'PT200703000001', 姓名: '李建国', 联系电话: '13800001001' };
const second = {
  登记编号: 'PT200703000002',
  姓名: '赵强',
  联系电话: '13800002002',
  弄: '12',
  入住日期: '2006-05-01',
};
const both = [
  { name: '李建国', mobile_phone: '13800001001', quality_flags: ['DUP_SUSPECT'], stays: 1 },
  { name: '赵强', mobile_phone: '13800002002', quality_flags: ['DUP_SUSPECT'], stays: 1 },
];

it('two rows with one number and two names are two persons, flagged, in one file and in two, in either order', async () => {
  await register([first, second]);
  expect(await people()).toMatchObject(both);
  expect(await states()).toMatchObject([{ status: 'OPEN' }, { status: 'OPEN' }]);
  for (const files of [
    [[first], [second]],
    [[second], [first]],
  ]) {
    await query('truncate public_security.migrants cascade');
    for (const rows of files) await register(rows);
    expect(await people()).toMatchObject(both);
    for (const rows of files) await register(rows);
    expect(await people()).toMatchObject(both);
  }
});

it('two birth dates are two persons', async () => {
  await register([first, { ...second, 姓名: '李建国', 出生日期: '1985-07-12' }]);
  expect(await people()).toMatchObject([
    { birth_date: '1985-06-12', quality_flags: ['DUP_SUSPECT'] },
    { birth_date: '1985-07-12', quality_flags: ['DOB_MISMATCH', 'DUP_SUSPECT'] },
  ]);
});

it.each([
  ['阿不都·示例', '阿不都 ． 示例'],
  ['阿不都·示例', '阿不都示例'],
  ['王芳', '王　芳'],
])('spellings of one name are one person: %s, %s', async (name, other) => {
  await register([
    { ...first, 姓名: name },
    { ...second, 姓名: other },
  ]);
  const found = await people();
  expect(found).toMatchObject([{ quality_flags: [], stays: 2 }]);
});

it('the name of a serial is corrected, also of a person with another stay, and earlier spellings are remembered', async () => {
  await register([first, { ...second, 姓名: '李建国' }]);
  await register([{ ...second, 姓名: '李建华', 登记时间: '2006-08-01 08:15' }]);
  expect(await people()).toMatchObject([{ name: '李建华', quality_flags: [], stays: 2 }]);
  await register([first]);
  await register([{ ...first, 登记编号: 'PT200703000003', 入住日期: '2005-05-01', 来沪日期: '' }]);
  expect(await people()).toMatchObject([{ name: '李建华', quality_flags: [], stays: 3 }]);
});

it('the flag goes when the number of one is corrected, and when two turn out to be one', async () => {
  await register([first, second]);
  await register([{ ...second, 公民身份号码: '519999197905050012', 登记时间: '2006-08-01 08:15' }]);
  const clear = { quality_flags: [] as string[], stays: 1 };
  expect((await people()).filter(({ stays }) => stays > 0)).toMatchObject([
    { name: '李建国', ...clear },
    { name: '赵强', stays: 1 },
  ]);
  await query('truncate public_security.migrants cascade');
  await register([first, second]);
  await register([{ ...second, 姓名: '李建国', 登记时间: '2006-08-01 08:15' }]);
  expect(await people()).toMatchObject([
    { name: '李建国', quality_flags: [], stays: 2, mobile_phone: '13800002002' },
  ]);
  expect(
    await query(`select name, merged_into_id is not null as merged from public_security.migrants
    where status = 'MERGED'`),
  ).toEqual([{ name: '赵强', merged: true }]);
});

it('other departments join nobody by such a number, whichever file comes first, and join again when it is mended', async () => {
  const joined = async () =>
    (
      await query(`select m.name as lessee, p.name as employee, e.subdistrict_code, i.insured_id is not null as insured
        from housing.leases l cross join labour.employments e cross join labour.insurance_contributions i
        left join public_security.migrants m on m.id = l.tenant_migrant_id
        left join public_security.migrants p on p.id = e.employee_id`)
    )[0];
  const others = async () => [
    await importPath(stores.pools, 'housing', writeFile('housing', [rowOf('housing', { 承租人: '李建国' })])),
    await importPath(stores.pools, 'labour', writeFile('labour', [rowOf('labour', { 姓名: '李建国' })])),
  ];
  const nobody = { lessee: null, employee: null, subdistrict_code: null, insured: false };
  const person = { lessee: '李建国', employee: '李建国', subdistrict_code: '310107005', insured: true };
  await register([first]);
  expect(await others()).toMatchObject([{ unmatched: 0 }, { unmatched: 0 }]);
  expect(await joined()).toEqual(person);
  await register([second]);
  expect(await joined()).toEqual(nobody);
  expect(await others()).toMatchObject([{ unmatched: 1 }, { unmatched: 1 }]);
  expect(await joined()).toEqual(nobody);
  await register([{ ...second, 公民身份号码: '519999197905050012', 登记时间: '2006-08-01 08:15' }]);
  expect(await joined()).toEqual(person);
  await register([second]);
  await query(`update public_security.migrants set verified_at = now() where name = '李建国'`);
  expect(await joined()).toEqual(person);
});

it('persons with other documents are found by kind and number, and kept apart', async () => {
  const document = (kind: string, number: string, cells: Cells) => ({
    ...cells,
    证件类型: kind,
    公民身份号码: number,
  });
  const write = (rows: readonly Cells[]) => {
    const head = [...headings['public-security'], '证件类型'];
    return importPath(
      stores.pools,
      'public-security',
      writeFile(
        'public-security',
        rows.map((cells) => [...rowOf('public-security', cells), cells.证件类型 ?? '']),
        { head },
      ),
    );
  };
  const passport = document('护照', 'E12345678', first);
  expect(
    await write([passport, document('台胞证', '12345678', { ...second, 登记编号: 'PT200703000004' })]),
  ).toMatchObject({
    accepted: 2,
  });
  await write([document('护照', 'E12345678', { ...second, 姓名: '李建国' })]);
  const found = await query(`select name, citizen_id_number, document_kind, document_number, quality_flags,
    (select count(*)::int from public_security.residence_registrations r where r.person_id = m.id) as stays
    from public_security.migrants m order by document_number`);
  expect(found).toEqual([
    {
      name: '赵强',
      citizen_id_number: null,
      document_kind: 'HMT_PERMIT',
      document_number: '12345678',
      quality_flags: [],
      stays: 1,
    },
    {
      name: '李建国',
      citizen_id_number: null,
      document_kind: 'PASSPORT',
      document_number: 'E12345678',
      quality_flags: [],
      stays: 2,
    },
  ]);
});

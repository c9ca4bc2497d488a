import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowOf, writeFile } from './files.ts';
import { createStores, importPath } from './support.ts';
import { createRandom, type Random } from './synthetic-people.ts';
import type { FileKind } from './synthetic-rows.ts';

// In whatever order an office sends its files, again and again, corrections among them, the tables end as if they had
// come in the order in which they were captured.

interface Sent {
  readonly kind: FileKind;
  /** `YYYY-MM` */
  readonly month: string;
  readonly rows: readonly (readonly string[])[];
}

const months = ['2007-01', '2007-02', '2007-03', '2007-04'];
const numbers = ['349999198506120039', '519999197905050012', '369999200404150134', '11010519491231002X'];

let stores: Awaited<ReturnType<typeof createStores>>;
beforeAll(async () => {
  stores = await createStores();
});
afterAll(() => stores.close());

const query = (text: string) => stores.pools.ownerOf('public_security').unsafe(text);

const emptied = `truncate public_security.migrants, housing.dwellings, labour.employers, imports.batches,
  imports.moved_persons, imports.doubted_persons cascade`;

async function send(files: readonly Sent[]): Promise<void> {
  for (const { kind, month, rows } of files)
    await importPath(stores.pools, kind, writeFile(kind, rows, { name: `${kind}-${month}.csv` }));
}

/** All that departments said, by their own keys; a person who turned out to be another is that one. */
const state = async () => ({
  people:
    await query(`select citizen_id_number, name, sex, birth_date, ethnicity, hukou_address, marital_status,
      education_level, mobile_phone, quality_flags, m.subdistrict_code, r.serial_no, m.status
    from public_security.migrants m left join public_security.residence_registrations r on r.id = m.current_registration_id
    where m.status <> 'MERGED' order by citizen_id_number, name`),
  stays:
    await query(`select r.serial_no, m.citizen_id_number, m.name, r.road, r.lane, r.building, r.room, r.neighbourhood_code,
      r.arrived_shanghai_on, r.arrived_here_on, r.departed_on, r.status, r.stay_reason, r.captured_at
    from public_security.residence_registrations r join public_security.migrants m on m.id = r.person_id order by 1`),
  dwellings: await query(
    'select road, lane, building, room, floor_area from housing.dwellings order by 1, 2, 3, 4',
  ),
  leases:
    await query(`select l.contract_no, l.tenant_name, l.tenant_identity_number, l.landlord_name, l.monthly_rent, l.status,
      l.filing_status, l.starts_on, l.ends_on, d.lane, m.name as joined
    from housing.leases l join housing.dwellings d on d.id = l.dwelling_id
    left join public_security.migrants m on m.id = l.tenant_migrant_id order by 1`),
  employers: await query('select org_code, name from labour.employers order by 1'),
  employments:
    await query(`select e.employee_identity_number, e.employee_name, e.occupation, e.starts_on, e.ends_on,
      e.monthly_wage, e.status, e.form, m.name as joined
    from labour.employments e left join public_security.migrants m on m.id = e.employee_id order by 1`),
  enrolments: await query(`select t.insured_identity_number, t.starts_on, t.ends_on, t.status, t.paid_months,
      array(select month from labour.insurance_contributions c where c.enrolment_id = t.id order by 1) as months
    from labour.insurance_enrolments t order by 1`),
});

const everything = () =>
  query(
    [
      'public_security.migrants',
      'public_security.residence_registrations',
      'housing.dwellings',
      'housing.leases',
      'labour.employers',
      'labour.employments',
      'labour.insurance_enrolments',
    ]
      .map((table) => `select '${table}' as table, id, to_jsonb(x) as row from ${table} x`)
      .join(' union all ')
      .concat(' order by 1, 2'),
  );

const spelled = ['王芳', '王房', '王方'];

function registrations(month: string, random: Random): Sent {
  const rows = numbers.flatMap((id, person) =>
    [0, 1].flatMap((stay) => {
      if (random.chance(0.4)) return [];
      const arrived = stay === 0 ? '2006-02-01' : `2006-0${3 + random.below(4)}-10`;
      return [
        rowOf('public-security', {
          登记编号: `PT20070000${person}${stay}00`,
          公民身份号码: id,
          // A correction of the one stay of a person; who has two is spelled the same in both.
          姓名: person < 2 && stay === 0 ? random.pick(spelled) : '李明',
          出生日期: '1985-06-12',
          性别: random.pick(['男', '女']),
          民族: random.pick(['汉', '', '回']),
          户籍地址: random.pick(['', '安徽省示例县示例镇', '安徽省示例县另镇']),
          婚姻状况: random.pick(['', '未婚', '已婚']),
          文化程度: random.pick(['', '初中', '高中']),
          联系电话: random.pick(['', '13800001001', '13800002002', '打不通']),
          ...random.pick([
            { 道路: '示例路', 弄: '8', 楼: '27', 室: '603' },
            { 道路: '示例路', 弄: '9', 楼: '', 室: '' },
            { 道路: '', 弄: '', 楼: '', 室: '' },
          ]),
          来沪日期: random.pick(['', '2004-02-01']),
          入住日期: arrived,
          居住事由: random.pick(['务工', '经商']),
          登记时间: `${month}-${10 + random.below(18)} 0${random.below(10)}:${10 + person}`,
        }),
      ].filter(() => person >= 2 || stay === 0);
    }),
  );
  return { kind: 'public-security', month, rows };
}

function leases(month: string, random: Random): Sent {
  const rows = numbers.slice(0, 3).flatMap((id, n) => {
    if (random.chance(0.3)) return [];
    return [
      rowOf('housing', {
        合同备案号: `HL20070000000${n}`,
        公民身份号码: random.pick([id, '']),
        承租人: random.pick(['李明', '李 明', '赵强']),
        弄: random.pick(['8', '9']),
        建筑面积: random.pick(['43.00', '44.00']),
        月租金: String(500 + random.below(20)),
        止租日: random.pick(['2008-01-20', '2007-02-20']),
        备案状态: random.pick(['已备案', '未备案']),
      }),
    ];
  });
  return { kind: 'housing', month, rows };
}

function contracts(month: string, random: Random): Sent {
  const rows = numbers.slice(0, 3).flatMap((id) => {
    if (random.chance(0.3)) return [];
    return [
      rowOf('labour', {
        公民身份号码: id,
        单位名称: random.pick(['示例企业一有限公司', '示例企业壹有限公司']),
        姓名: random.pick(['王芳', '王房']),
        工种: random.pick(['', '制造', '餐饮']),
        合同止: random.pick(['', '2007-12-31', '2007-02-28']),
        月工资: String(1000 + random.below(20)),
        参保: random.pick(['是', '否']),
        缴费月份: month,
      }),
    ];
  });
  return { kind: 'labour', month, rows };
}

const makers = [registrations, leases, contracts];

/** Each department's files of each month, now and then a correction beside it. */
function someFiles(random: Random): Sent[] {
  return months
    .flatMap((month) =>
      makers.flatMap((make) => [make(month, random), ...(random.chance(0.3) ? [make(month, random)] : [])]),
    )
    .filter(({ rows }) => rows.length > 0);
}

/** Any order in which files of one department and month first come as they were made, with repetitions. */
function shuffled(files: readonly Sent[], random: Random): Sent[] {
  const left = [...files];
  const sent: Sent[] = [];
  while (left.length > 0) {
    const next = random.pick(left);
    const first = left.find(({ kind, month }) => kind === next.kind && month === next.month)!;
    left.splice(left.indexOf(first), 1);
    sent.push(first);
    if (random.chance(0.3)) sent.push(random.pick(sent));
  }
  return sent;
}

describe('files in any order, repeated and corrected', () => {
  it.each([1, 2, 3])(
    'end as in the order in which they were captured, seed %i',
    { timeout: 120_000 },
    async (seed) => {
      const random = createRandom(seed);
      const files = someFiles(random);
      await query(emptied);
      await send(files);
      const sorted = await state();
      expect(sorted.people.length).toBeGreaterThan(1);
      await query(emptied);
      await send(shuffled(files, random));
      expect(await state()).toEqual(sorted);
      const before = await everything();
      await send(shuffled(files, random));
      expect(await everything()).toEqual(before);
    },
  );
});

describe('a row that was captured earlier', () => {
  const read = async (text: string) => (await query(text))[0];

  it('fills what is unknown, undoes nothing, and is counted', async () => {
    await query(emptied);
    const row = (cells: Record<string, string>) => rowOf('public-security', cells);
    const import_ = (month: string, cells: Record<string, string>) =>
      importPath(
        stores.pools,
        'public-security',
        writeFile('public-security', [row(cells)], { name: `x-${month}.csv` }),
      );
    const later = { 姓名: '王芳', 联系电话: '13800002002', 民族: '', 登记时间: '2007-02-02 08:00' };
    const earlier = { 姓名: '王房', 联系电话: '13800001001', 民族: '回', 登记时间: '2007-01-02 08:00' };
    expect(await import_('2007-02', later)).toMatchObject({ accepted: 1, older: 0 });
    expect(await import_('2007-01', earlier)).toMatchObject({ accepted: 1, older: 1 });
    const known = { name: '王芳', mobile_phone: '13800002002', ethnicity: 'HUI' };
    expect(await read('select name, mobile_phone, ethnicity from public_security.migrants')).toEqual(known);
    // Between the two: later than what was filled in, earlier than the rest.
    await import_('2007-01', {
      ...earlier,
      联系电话: '13800003003',
      民族: '汉',
      登记时间: '2007-01-20 08:00',
    });
    expect(await read('select name, mobile_phone, ethnicity from public_security.migrants')).toEqual({
      ...known,
      ethnicity: 'HAN',
    });
  });

  it('of a lease and of a contract is told by the month of its file', async () => {
    await query(emptied);
    const lease = (rent: string, state_: string) => rowOf('housing', { 月租金: rent, 备案状态: state_ });
    const contract = (wage: string) => rowOf('labour', { 月工资: wage, 缴费月份: '2007-01' });
    const import_ = (kind: FileKind, month: string, cells: string[]) =>
      importPath(stores.pools, kind, writeFile(kind, [cells], { name: `x-${month}.csv` }));
    await import_('housing', '2007-02', lease('800', '已备案'));
    expect(await import_('housing', '2007-01', lease('600', '未备案'))).toMatchObject({
      accepted: 1,
      older: 1,
    });
    expect(await read('select monthly_rent, filing_status from housing.leases')).toEqual({
      monthly_rent: 80_000,
      filing_status: 'FILED',
    });
    // A later month that says the same again is what counts from then on.
    await import_('housing', '2007-04', lease('800', '已备案'));
    expect(await import_('housing', '2007-03', lease('700', '未备案'))).toMatchObject({ older: 1 });
    expect(await read('select monthly_rent from housing.leases')).toEqual({ monthly_rent: 80_000 });
    await import_('labour', '2007-02', contract('2000'));
    expect(await import_('labour', '2007-01', contract('1000'))).toMatchObject({ accepted: 1, older: 1 });
    expect(await read('select monthly_wage from labour.employments')).toEqual({ monthly_wage: 200_000 });
  });
});

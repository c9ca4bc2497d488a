import { organisationCodeCheck } from '../../src/identifiers/organisation-code.ts';
import type { Random, SyntheticPerson } from './synthetic-people.ts';

/** A row as a department would write it, and what a correct import makes of it. */
export interface SyntheticRow {
  readonly fields: readonly string[];
  readonly rejected?: string;
  readonly flags: readonly string[];
}

export type FileKind = 'public-security' | 'housing' | 'labour';

export const headings: Readonly<Record<FileKind, readonly string[]>> = {
  'public-security':
    '登记编号,姓名,性别,民族,公民身份号码,出生日期,户籍地区划代码,户籍地址,婚姻状况,文化程度,联系电话,居委会代码,道路,弄,楼,室,派出所编号,来沪日期,入住日期,居住事由,居住处所,登记来源,登记时间'.split(
      ',',
    ),
  housing:
    '合同备案号,公民身份号码,承租人,区划街镇代码,道路,弄,楼,室,出租人,建筑面积,月租金,起租日,止租日,备案状态'.split(
      ',',
    ),
  labour: '单位代码,单位名称,公民身份号码,姓名,工种,合同起,合同止,月工资,参保,缴费月份'.split(','),
};

const notations = [
  (d: string) => d,
  (d: string) => d.replaceAll('-', ''),
  (d: string) => d.replace(/-0?/g, '/'),
  (d: string) => d.replace(/-0?/g, '.'),
];
const day = (random: Random, year: number, years: number) =>
  `${year + random.below(years)}-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`;
const serial = (prefix: string, month: string, n: number) =>
  `${prefix}${month.replace('-', '')}${String(n).padStart(6, '0')}`;
const fullWidth = (text: string) =>
  text.replace(/[0-9A-Z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

/** A registration of a month that is not before 2007; about one row in twenty is to be refused. */
export function registration(n: number, p: SyntheticPerson, month: string, random: Random): SyntheticRow {
  const date = random.pick(notations);
  const flags: string[] = [];
  const row = {
    name: p.name,
    sex: p.sex,
    id: p.citizenId,
    born: date(p.born),
    division: p.division,
    phone: `1380000${String(n % 10_000).padStart(4, '0')}`,
    committee: p.committee,
    here: date(day(random, 2005, 2)),
  };
  let rejected: string | undefined;
  const fault = random.below(140);
  if (fault === 0) [row.id, rejected] = [slip(row.id), 'ID_CHECKSUM'];
  else if (fault === 1) [row.name, rejected] = ['', 'NAME_MISSING'];
  else if (fault === 2) [row.born, rejected] = ['1985-02-30', 'DATE_INVALID'];
  else if (fault === 3) [row.division, rejected] = ['310107', 'NOT_A_MIGRANT'];
  else if (fault === 4) [row.committee, rejected] = ['999', 'NEIGHBOURHOOD_UNKNOWN'];
  else if (fault === 5) [row.here, rejected] = ['2031-05-01', 'DATE_IN_FUTURE'];
  else {
    if (random.chance(0.03)) {
      row.sex = p.sex === '男' ? '女' : '男';
      flags.push('SEX_MISMATCH');
    }
    const writing = random.below(50);
    if (writing === 0) {
      row.id = row.id.slice(0, 6) + row.id.slice(8, 17);
      flags.push('ID_15_DIGITS_CONVERTED');
    } else if (writing === 1) row.id = random.chance(0.5) ? fullWidth(row.id) : row.id.toLowerCase();
    // Fifteen digits have no check digit: with another date they go back.
    if (random.chance(0.01) && writing !== 0) {
      row.born = date(new Date(Date.parse(p.born) + 86_400_000).toISOString().slice(0, 10));
      flags.push('DOB_MISMATCH');
    }
    if (random.chance(0.01)) {
      row.phone = '1234567';
      flags.push('PHONE_INVALID');
    }
  }
  return {
    fields: [
      serial('PT', month, n + 1),
      row.name,
      row.sex,
      '汉',
      row.id,
      row.born,
      row.division,
      random.chance(0.01) ? `${p.province}示例县"老街",示例镇` : `${p.province}示例县示例镇`,
      random.pick(['未婚', '已婚', '丧偶', '离婚']),
      random.pick(['小学', '初中', '高中', '中专', '大专', '本科']),
      row.phone,
      `310107${p.unit}${row.committee}`,
      '示例路',
      p.lane,
      p.building,
      p.room,
      `PT-STN-${p.unit}-1`,
      date(day(random, 2001, 4)),
      row.here,
      random.pick(['务工', '经商', '学习', '投靠亲友', '治病', '其他']),
      random.pick(['租赁房屋', '自有住房', '单位宿舍', '工地工棚', '亲友家中']),
      random.pick(['受理窗口', '协管员上门', '用人单位申报', '出租人申报']),
      `${day(random, 2006, 1)} ${String(8 + random.below(10)).padStart(2, '0')}:15`,
    ],
    flags,
    ...(rejected && { rejected }),
  };
}

/** A lease of a registered person. */
export function lease(n: number, p: SyntheticPerson, month: string, random: Random): SyntheticRow {
  const starts = day(random, 2005, 2);
  let ends = `${Number(starts.slice(0, 4)) + 1 + random.below(2)}${starts.slice(4)}`;
  let rent = `${500 + random.below(3400)}.00`;
  let rejected: string | undefined;
  const fault = random.below(100);
  if (fault < 2) [rent, rejected] = [fault === 0 ? '-500' : '面议', 'AMOUNT_INVALID'];
  else if (fault === 2) [ends, rejected] = [`2004${starts.slice(4)}`, 'ENDS_BEFORE_START'];
  else if (random.chance(0.02)) rent = '1,200.00';
  const area = `${12 + random.below(100)}.${10 + random.below(90)}`;
  return {
    fields: [
      serial('HL', month, n + 1),
      p.citizenId,
      p.name,
      `310107${p.unit}`,
      '示例路',
      p.lane,
      p.building,
      p.room,
      `${random.pick(['王', '李', '陈'])}某`,
      area,
      rent,
      starts,
      ends,
      random.pick(['已备案', '已备案', '未备案']),
    ],
    flags: [],
    ...(rejected && { rejected }),
  };
}

/** An employment of a registered person with the month's insurance. */
export function employment(_n: number, p: SyntheticPerson, month: string, random: Random): SyntheticRow {
  const enterprise = `00${String(1 + random.below(200)).padStart(3, '0')}`;
  const code = `PDY${enterprise}`;
  let check = organisationCodeCheck(code);
  let paid = month;
  let rejected: string | undefined;
  const fault = random.below(100);
  if (fault === 0) [check, rejected] = [check === '1' ? '2' : '1', 'ORG_CODE_CHECK'];
  else if (fault === 1) [paid, rejected] = [`${month.slice(0, 4)}-13`, 'MONTH_INVALID'];
  return {
    fields: [
      `${code}-${check}`,
      `示例企业${enterprise.slice(1)}有限公司`,
      p.citizenId,
      p.name,
      random.pick(['制造', '建筑', '餐饮', '零售', '家政', '运输']),
      day(random, 2003, 4),
      '',
      `${900 + random.below(4000)}.00`,
      random.pick(['是', '是', '否']),
      paid,
    ],
    flags: [],
    ...(rejected && { rejected }),
  };
}

/** The number with its check character wrong. */
function slip(id: string): string {
  return id.slice(0, 17) + (id[17] === '1' ? '2' : '1');
}

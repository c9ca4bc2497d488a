import { parseOrganisationCode } from '../../identifiers/organisation-code.ts';
import { readMonth } from '../fields/dates.ts';
import { readFen } from '../fields/numbers.ts';
import type { RowReader } from '../fields/row-reader.ts';
import { type CheckedRow, type FileKind, terms } from './file-kind.ts';

const yesOrNo = terms({ yes: '是 已参保 1', no: '否 未参保 0' });

/** Employers, contracts and the comprehensive insurance of a month (dossier §3.4): one row a contract. */
export const labourFile: FileKind = {
  name: 'labour',
  title: 'employment and comprehensive insurance',
  store: 'labour',
  columns: '单位代码 单位名称 公民身份号码 姓名 工种 合同起 合同止 月工资 参保 缴费月份'.split(' '),
  keyColumns: ['单位代码', '公民身份号码'],
  staging:
    'org_code employer_name citizen_id_number employee_name occupation starts_on ends_on monthly_wage insured month'.split(
      ' ',
    ),
  check,
};

function check(row: RowReader): CheckedRow {
  const code = readOrganisationCode(row);
  const employer = row.requiredText('单位名称', 100, 'EMPLOYER_NAME_MISSING');
  if (employer.length === 1) row.refuse('EMPLOYER_NAME_MISSING', '单位名称');
  const id = row.citizenId('公民身份号码');
  const name = row.name('姓名', 50);
  const wage = readFen(row.cell('月工资'));
  if (!wage) row.refuse('AMOUNT_INVALID', '月工资');
  const startsOn = row.date('合同起');
  const endsOn = row.optionalDate('合同止');
  if (endsOn && endsOn < startsOn) row.refuse('ENDS_BEFORE_START', '合同止');
  const insured = row.code('参保', yesOrNo);
  const month = readPaidMonth(row, insured === 'yes');
  row.notInFuture(startsOn, '合同起');
  row.notInFuture(month === null ? '' : `${month}-01`, '缴费月份');
  return {
    key: `${code}|${id?.number}`,
    citizenId: id?.number ?? null,
    flags: id?.wasFifteenDigits ? ['ID_15_DIGITS_CONVERTED'] : [],
    notices: id && isUnderSixteen(id.birthDate, startsOn) ? ['UNDER_16_AT_START'] : [],
    values: {
      org_code: code,
      employer_name: employer,
      citizen_id_number: id?.number ?? null,
      employee_name: name,
      occupation: row.text('工种', 50),
      starts_on: startsOn,
      ends_on: endsOn,
      monthly_wage: wage ?? null,
      insured,
      month,
    },
  };
}

function readOrganisationCode(row: RowReader): string {
  const read = parseOrganisationCode(row.cell('单位代码'));
  if (read.ok) return read.value;
  row.refuse(read.code, '单位代码');
  return '';
}

/** Who is not insured need not have a month; one that is given must be one. */
function readPaidMonth(row: RowReader, required: boolean): string | null {
  const given = row.cell('缴费月份');
  if (given === '' && !required) return null;
  const month = readMonth(given);
  if (!month) row.refuse('MONTH_INVALID', '缴费月份');
  return month ?? null;
}

/**
 * Child labour is the bureau's to act on (dossier §3.4). The contract stays on record, because to drop it would
 * hide the case, and the sender is told how many there are.
 */
function isUnderSixteen(born: string, startsOn: string): boolean {
  return startsOn !== '' && `${Number(born.slice(0, 4)) + 16}${born.slice(4)}` > startsOn;
}

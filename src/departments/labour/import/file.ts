import { parseOrganisationCode } from '../../../identifiers/organisation-code.ts';
import { readMonth } from '../../../import/fields/dates.ts';
import { documentColumn, readIdentity } from '../../../import/fields/identity-document.ts';
import { readFen } from '../../../import/fields/numbers.ts';
import type { RowReader } from '../../../import/fields/row-reader.ts';
import { terms } from '../../../import/fields/terms.ts';
import type { CheckedRow, FileKind } from '../../../import/file-kind.ts';

const yesOrNo = terms({
  yes: '是 已参保 参保 已缴 已缴费 有 1 Y YES √ ✓',
  no: '否 未参保 不参保 未缴 未缴费 无 没有 0 N NO × ✗',
});

/** Contracts without a day on which they end. */
const openEnds = new Set(
  '无固定期限 无固定期 无固定 无固定期限合同 无固定期限劳动合同 无期限 无限期 不定期 不固定 长期 长期合同 长期有效 至今 永久'.split(
    ' ',
  ),
);

/** Employers, contracts and the comprehensive insurance of a month (dossier §3.4): one row a contract. */
export const kind: FileKind = {
  name: 'labour',
  module: import.meta.url,
  title: 'employment and comprehensive insurance',
  store: 'labour',
  columns: '单位代码 单位名称 公民身份号码 姓名 工种 合同起 合同止 月工资 参保 缴费月份'.split(' '),
  optionalColumns: [documentColumn],
  mayBeEmpty: ['工种', '合同止', '缴费月份'],
  nameColumn: '姓名',
  keyColumns: ['单位代码', '公民身份号码'],
  staging:
    'org_code employer_name citizen_id_number employee_name occupation starts_on ends_on monthly_wage insured month as_written document_kind document_number'.split(
      ' ',
    ),
  check,
};

function check(row: RowReader): CheckedRow {
  const code = readOrganisationCode(row);
  const employer = row.requiredText('单位名称', 100, 'EMPLOYER_NAME_MISSING');
  if (employer.length === 1) row.refuse('EMPLOYER_NAME_MISSING', '单位名称');
  const { citizenId: id, document } = readIdentity(row, '公民身份号码');
  if (id?.wasFifteenDigits) row.flag('ID_15_DIGITS_CONVERTED');
  const name = row.name('姓名', 50);
  const wage = readFen(row.cell('月工资'));
  if (!wage) row.refuse('AMOUNT_INVALID', '月工资');
  const startsOn = row.date('合同起');
  const endsOn = row.optionalDate('合同止', openEnds);
  if (endsOn && endsOn < startsOn) row.refuse('ENDS_BEFORE_START', '合同止');
  const insured = row.code('参保', yesOrNo);
  const month = readPaidMonth(row, insured === 'yes');
  row.notInFuture(startsOn, '合同起');
  row.notInFuture(month === null ? '' : `${month}-01`, '缴费月份');
  const occupation = row.text('工种', 50);
  if (id && isUnderSixteen(id.birthDate, startsOn)) row.notice('UNDER_16_AT_START');
  return {
    key: `${code}|${id?.number ?? `${document?.kind} ${document?.number}`}`,
    citizenId: id?.number ?? null,
    flags: row.flags,
    notices: row.notices,
    values: {
      org_code: code,
      employer_name: employer,
      citizen_id_number: id?.number ?? null,
      employee_name: name,
      occupation,
      starts_on: startsOn,
      ends_on: endsOn,
      monthly_wage: wage ?? null,
      insured,
      month,
      as_written: row.asWritten,
      document_kind: document?.kind ?? null,
      document_number: document?.number ?? null,
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

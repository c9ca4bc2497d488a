import { findActingUnit } from '../../../identity/units.ts';
import { saysNothing } from '../../../import/fields/cell-text.ts';
import { documentColumn, readIdentity } from '../../../import/fields/identity-document.ts';
import { readArea, readFen } from '../../../import/fields/numbers.ts';
import { readDoor, readRoad, readSubdistrict } from '../../../import/fields/places.ts';
import type { RowReader } from '../../../import/fields/row-reader.ts';
import { readSerial } from '../../../import/fields/serial.ts';
import { terms } from '../../../import/fields/terms.ts';
import type { CheckedRow, FileKind } from '../../../import/file-kind.ts';

const filingStates = terms({
  FILED: '已备案 备案 已登记备案 已办备案',
  NOT_FILED: '未备案 未登记备案 未办备案 没有备案',
  IN_PROGRESS: '备案中 办理中 受理中 正在备案',
  EXPIRED: '已过期 已到期 过期 到期',
  CANCELLED: '已注销 注销 撤销备案',
  REFUSED: '不予备案',
});

/** Leases with the state of their filing (dossier §3.3): one row a contract. */
export const kind: FileKind = {
  name: 'housing',
  module: import.meta.url,
  title: 'leases and their filing',
  store: 'housing',
  columns:
    '合同备案号 公民身份号码 承租人 区划街镇代码 道路 弄 楼 室 出租人 建筑面积 月租金 起租日 止租日 备案状态'.split(
      ' ',
    ),
  optionalColumns: [documentColumn],
  mayBeEmpty: ['公民身份号码'],
  nameColumn: '承租人',
  keyColumns: ['合同备案号'],
  staging:
    'contract_no citizen_id_number tenant_name subdistrict_code station_code road lane building room landlord_name floor_area monthly_rent starts_on ends_on filing_status as_written document_kind document_number'.split(
      ' ',
    ),
  check,
};

function check(row: RowReader): CheckedRow {
  const contract = readSerial(row, '合同备案号');
  // Many leases name the tenant only (dossier §8.2): such a lease waits unmatched.
  const number = row.cell('公民身份号码');
  const { citizenId: id, document } =
    number === '' || saysNothing(number)
      ? { citizenId: undefined, document: undefined }
      : readIdentity(row, '公民身份号码');
  if (id?.wasFifteenDigits) row.flag('ID_15_DIGITS_CONVERTED');
  const tenant = row.name('承租人', 50);
  const subdistrict = readSubdistrict(row, '区划街镇代码');
  const place = {
    road: readRoad(row) ?? '',
    lane: readDoor(row, '弄'),
    building: readDoor(row, '楼'),
    room: readDoor(row, '室'),
  };
  if (place.road === '') row.refuse('ADDRESS_INCOMPLETE', '道路');
  for (const [part, column] of [
    [place.lane, '弄'],
    [place.building, '楼'],
    [place.room, '室'],
  ] as const)
    if (part === null) row.refuse('ADDRESS_INCOMPLETE', column);
  const landlord = row.requiredText('出租人', 100, 'LANDLORD_MISSING');
  const area = readArea(row.cell('建筑面积'));
  if (!area) row.refuse('AREA_INVALID', '建筑面积');
  const rent = readFen(row.cell('月租金'));
  if (!rent) row.refuse('AMOUNT_INVALID', '月租金');
  const startsOn = row.date('起租日');
  const endsOn = row.date('止租日');
  if (startsOn && endsOn) {
    if (endsOn <= startsOn) row.refuse('ENDS_BEFORE_START', '止租日');
    // Contract Law, article 214: no lease is longer than twenty years.
    if (endsOn > `${Number(startsOn.slice(0, 4)) + 20}${startsOn.slice(4)}`)
      row.refuse('TERM_TOO_LONG', '止租日');
  }
  row.notInFuture(startsOn, '起租日');
  return {
    key: contract,
    citizenId: id?.number ?? null,
    flags: row.flags,
    notices: row.notices,
    values: {
      contract_no: contract,
      citizen_id_number: id?.number ?? null,
      tenant_name: tenant,
      subdistrict_code: subdistrict,
      station_code: onlyStationOf(subdistrict),
      ...place,
      landlord_name: landlord,
      floor_area: area ?? null,
      monthly_rent: rent ?? null,
      starts_on: startsOn,
      ends_on: endsOn,
      filing_status: row.code('备案状态', filingStates),
      as_written: row.asWritten,
      document_kind: document?.kind ?? null,
      document_number: document?.number ?? null,
    },
  };
}

/** The file names no police station; a sub-district with one leaves no doubt. */
function onlyStationOf(subdistrict: string): string | null {
  const first = `PT-STN-${subdistrict.slice(6)}-1`;
  return findActingUnit(first) && !findActingUnit(first.replace(/1$/, '2')) ? first : null;
}

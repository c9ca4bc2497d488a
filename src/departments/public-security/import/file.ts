import { parseDivisionCode } from '../../../identifiers/division-code.ts';
import { readInstant } from '../../../import/fields/dates.ts';
import { documentColumn, readIdentity } from '../../../import/fields/identity-document.ts';
import { readDoor, readNeighbourhood, readRoad, readStation } from '../../../import/fields/places.ts';
import type { RowReader } from '../../../import/fields/row-reader.ts';
import { readSerial } from '../../../import/fields/serial.ts';
import type { CheckedRow, FileKind } from '../../../import/file-kind.ts';
import * as terms from './terms.ts';

/** Flags that a row of this file sets or takes back; others on a person are not its matter. */
export const registrationFlags = [
  'SEX_MISMATCH',
  'ID_15_DIGITS_CONVERTED',
  'DOB_MISMATCH',
  'PHONE_INVALID',
  'NAME_INCOMPLETE',
  'CELL_UNREAD',
] as const;

const staging = [
  'serial_no', 'name', 'sex', 'ethnicity', 'citizen_id_number', 'birth_date', 'hukou_division', 'hukou_address',
  'marital_status', 'education_level', 'mobile_phone', 'neighbourhood_code', 'subdistrict_code', 'road', 'lane',
  'building', 'room', 'station_code', 'arrived_shanghai_on', 'arrived_here_on', 'stay_reason',
  'dwelling_relation', 'source', 'captured_at', 'quality_flags', 'as_written',
  'document_kind', 'document_number',
] as const; // biome-ignore format: a list

const stagingTypes = {
  birth_date: 'date',
  arrived_shanghai_on: 'date',
  arrived_here_on: 'date',
  captured_at: 'timestamptz',
  quality_flags: 'text[]',
} as const;

/** Registrations of migrants (dossier §3.1, clause PSB-c): one row a stay at an address. */
export const kind: FileKind = {
  name: 'public-security',
  module: import.meta.url,
  title: 'registrations of migrants',
  store: 'public_security',
  columns: [
    '登记编号',
    '姓名',
    '性别',
    '民族',
    '公民身份号码',
    '出生日期',
    '户籍地区划代码',
    '户籍地址',
    '婚姻状况',
    '文化程度',
    '联系电话',
    '居委会代码',
    '道路',
    '弄',
    '楼',
    '室',
    '派出所编号',
    '来沪日期',
    '入住日期',
    '居住事由',
    '居住处所',
    '登记来源',
    '登记时间',
  ],
  optionalColumns: [documentColumn],
  mayBeEmpty: [],
  nameColumn: '姓名',
  keyColumns: ['登记编号'],
  staging,
  stagingTypes,
  check,
};

function check(row: RowReader): CheckedRow {
  const serial = readSerial(row, '登记编号');
  const { citizenId: id, document } = readIdentity(row, '公民身份号码');
  const name = row.name('姓名', 50);
  const sex = row.code('性别', terms.sexes);
  const born = row.date('出生日期');
  const arrivedShanghaiOn = row.optionalDate('来沪日期');
  const arrivedHereOn = row.date('入住日期');
  const captured = readInstant(row.cell('登记时间'));
  if (!captured) row.refuse('DATE_INVALID', '登记时间');
  const division = readHomeDivision(row);
  const neighbourhood = readNeighbourhood(row, '居委会代码');
  const subdistrict = neighbourhood.slice(0, 9);
  const station = readStation(row, '派出所编号', subdistrict);
  row.notInFuture(born, '出生日期');
  row.notInFuture(arrivedShanghaiOn ?? '', '来沪日期');
  row.notInFuture(arrivedHereOn, '入住日期');
  row.notInFuture(captured?.date ?? '', '登记时间');
  if (arrivedShanghaiOn && arrivedShanghaiOn > arrivedHereOn) row.refuse('ARRIVALS_REVERSED', '入住日期');

  // The date in fifteen digits is all by which a slip can be noticed: they have no check digit.
  if (id?.wasFifteenDigits && born !== id.birthDate) row.refuse('ID_BIRTH_DATE_DIFFERS', '公民身份号码');

  if (id && (sex === 'MALE' || sex === 'FEMALE') && sex !== id.sex) row.flag('SEX_MISMATCH');
  if (id?.wasFifteenDigits) row.flag('ID_15_DIGITS_CONVERTED');
  if (id && born !== id.birthDate) row.flag('DOB_MISMATCH');
  const phone = row.phone('联系电话');
  const ethnicity = row.optionalCode('民族', terms.ethnicities);
  const maritalStatus = row.optionalCode('婚姻状况', terms.maritalStatuses);
  const educationLevel = row.optionalCode('文化程度', terms.educationLevels);
  const hukouAddress = row.text('户籍地址', 200);
  const place = {
    road: readRoad(row),
    lane: readDoor(row, '弄'),
    building: readDoor(row, '楼'),
    room: readDoor(row, '室'),
  };

  return {
    key: serial,
    citizenId: id?.number ?? null,
    flags: row.flags,
    notices: row.notices,
    values: {
      serial_no: serial,
      name,
      sex,
      ethnicity,
      citizen_id_number: id?.number ?? null,
      birth_date: born,
      hukou_division: division,
      hukou_address: hukouAddress,
      marital_status: maritalStatus,
      education_level: educationLevel,
      mobile_phone: phone,
      neighbourhood_code: neighbourhood,
      subdistrict_code: subdistrict,
      ...place,
      station_code: station,
      arrived_shanghai_on: arrivedShanghaiOn,
      arrived_here_on: arrivedHereOn,
      stay_reason: row.code('居住事由', terms.stayReasons),
      dwelling_relation: row.code('居住处所', terms.dwellingRelations),
      source: row.code('登记来源', terms.captureSources),
      captured_at: captured?.instant ?? null,
      quality_flags: `{${row.flags.join(',')}}`,
      as_written: row.asWritten,
      document_kind: document?.kind ?? null,
      document_number: document?.number ?? null,
    },
  };
}

/** Six digits of a county outside Shanghai: whose household is registered here is no migrant. */
function readHomeDivision(row: RowReader): string {
  const read = parseDivisionCode(row.cell('户籍地区划代码'));
  if (!read.ok || read.value.code.length !== 6) row.refuse('DIVISION_INVALID', '户籍地区划代码');
  else if (read.value.code.startsWith('31')) row.refuse('NOT_A_MIGRANT', '户籍地区划代码');
  return read.ok ? read.value.code : '';
}

import { author, writtenCells } from '../../../import/loading/row-sql.ts';

/** What a row `r` of the file says of a person whom the register does not know, by column of the register. */
export const personValues: Readonly<Record<string, string>> = {
  name: 'r.name',
  sex: 'r.sex',
  citizen_id_number: 'r.citizen_id_number',
  document_kind: 'r.document_kind',
  document_number: 'r.document_number',
  birth_date: 'r.birth_date',
  ethnicity: 'r.ethnicity',
  hukou_division: 'r.hukou_division',
  hukou_address: 'r.hukou_address',
  marital_status: 'r.marital_status',
  education_level: 'r.education_level',
  mobile_phone: 'r.mobile_phone',
  quality_flags: 'r.quality_flags',
  subdistrict_code: 'r.subdistrict_code',
  station_code: 'r.station_code',
  neighbourhood_code: 'r.neighbourhood_code',
  created_by: `'${author}'`,
  source_system: `'${author}'`,
  as_of: 'r.captured_at',
  report_no: 'r.report_no',
};

/** What it says of a stay, besides its serial. */
export const stayValues: Readonly<Record<string, string>> = {
  road: 'r.road',
  lane: 'r.lane',
  building: 'r.building',
  room: 'r.room',
  subdistrict_code: 'r.subdistrict_code',
  station_code: 'r.station_code',
  neighbourhood_code: 'r.neighbourhood_code',
  arrived_shanghai_on: 'r.arrived_shanghai_on',
  arrived_here_on: 'r.arrived_here_on',
  stay_reason: 'r.stay_reason',
  dwelling_relation: 'r.dwelling_relation',
  source: 'r.source',
  captured_at: 'r.captured_at',
  report_no: 'r.report_no',
  as_written: writtenCells,
};

/** What is written with a new stay and not changed afterwards. */
export const stayOrigin: Readonly<Record<string, string>> = {
  captured_by: `'${author}'`,
  captured_by_unit: `'PT-PSB'`,
  created_by: `'${author}'`,
  source_system: `'${author}'`,
  as_of: 'r.captured_at',
};

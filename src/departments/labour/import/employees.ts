import { changed } from '../../../import/loading/row-sql.ts';
import type { Waiting } from '../../../import/monthly-file.ts';
import { carryInsured } from './contract-rows.ts';

const personPlace = `subdistrict_code = p.subdistrict_code, station_code = p.station_code,
  neighbourhood_code = p.neighbourhood_code, shielded = p.shielded`;
const noPlace = 'subdistrict_code = null, station_code = null, neighbourhood_code = null';

/** Employments and enrolments whose person is not registered, or not for sure. */
export const waiting: Waiting = {
  numbers: `select employee_document_kind || ' ' || employee_identity_number
    from labour.employments where employee_id is null
    union select insured_document_kind || ' ' || insured_identity_number
    from labour.insurance_enrolments where insured_id is null`,
  joins: [
    `update labour.employments t set employee_id = p.migrant_id, ${personPlace}, ${changed}
      from import_persons p
      where t.employee_id is null and t.employee_identity_number = p.number and t.employee_document_kind = p.document`,
    `update labour.insurance_enrolments t set insured_id = p.migrant_id, ${personPlace}, ${changed}
      from import_persons p
      where t.insured_id is null and t.insured_identity_number = p.number and t.insured_document_kind = p.document`,
    carryInsured,
  ],
};

export const lettingGo = [
  `update labour.employments t set employee_id = null, ${noPlace}, ${changed}
    where t.employee_id = any($1::text[]::uuid[])`,
  `update labour.insurance_contributions t set insured_id = null where t.insured_id = any($1::text[]::uuid[])`,
  `update labour.insurance_enrolments t set insured_id = null, ${noPlace}, ${changed}
    where t.insured_id = any($1::text[]::uuid[])`,
];

import { assignments, laterWins } from '../../../import/loading/later-wins.ts';
import { author, foldedName, writtenCells } from '../../../import/loading/row-sql.ts';

/** The file's rows, each with its dwelling's address; `p` is the lessee where the register knows one. */
const livesThere = `p.home_subdistrict = r.subdistrict_code and p.road = r.road and p.lane = r.lane
  and p.building = r.building and p.room = r.room`;
const lessee = 'p.number = r.person_number and p.document = r.person_document';

const area = 'case when excluded.report_no >= t.report_no then excluded.floor_area else t.floor_area end';
const dwellingChanged = `(${area} <> t.floor_area
  or (t.station_code is null and excluded.station_code is not null)
  or (t.neighbourhood_code is null and excluded.neighbourhood_code is not null))`;

/**
 * The file knows neither station nor neighbourhood. Where the lessee is registered at the same address the
 * register does; what is known once is not taken back.
 */
export const upsertDwellings = `
insert into housing.dwellings as t (id, road, lane, building, room, subdistrict_code, station_code,
  neighbourhood_code, floor_area, report_no, created_by, source_system)
select uuidv7(), d.* from (
  select distinct on (r.subdistrict_code, r.road, r.lane, r.building, r.room)
    r.road, r.lane, r.building, r.room, r.subdistrict_code, coalesce(p.station_code, r.station_code),
    p.neighbourhood_code, r.floor_area::numeric, r.report_no, '${author}', '${author}'
  from import_rows r
  left join import_persons p on ${lessee} and ${livesThere}
  order by r.subdistrict_code, r.road, r.lane, r.building, r.room, r.line desc
) d
on conflict (subdistrict_code, road, lane, building, room) do update set
  floor_area = ${area}, living_area = least(t.living_area, ${area}),
  station_code = coalesce(t.station_code, excluded.station_code),
  neighbourhood_code = coalesce(t.neighbourhood_code, excluded.neighbourhood_code),
  report_no = greatest(t.report_no, excluded.report_no),
  record_version = t.record_version + ${dwellingChanged}::int,
  updated_at = case when ${dwellingChanged} then now() else t.updated_at end,
  as_of = case when ${dwellingChanged} then now() else t.as_of end
where ${dwellingChanged} or excluded.report_no > t.report_no`;

/** `import_leases`: the rows with dwelling, lessee, and the lease that is known by the number of its filing. */
export const stageLeases = `
create temp table import_leases on commit drop as
select r.contract_no, r.landlord_name, r.tenant_name, r.person_number as tenant_identity_number,
  case when r.person_number is not null then r.person_document end as tenant_document_kind, p.migrant_id,
  r.starts_on::date as starts_on, r.ends_on::date as ends_on, r.monthly_rent::bigint as monthly_rent, r.filing_status,
  d.id as dwelling_id, d.subdistrict_code, d.station_code, d.neighbourhood_code, ${writtenCells} as as_written,
  r.report_no, r.line, t.id as known_id
from import_rows r
join housing.dwellings d on (d.subdistrict_code, d.road, d.lane, d.building, d.room)
  = (r.subdistrict_code, r.road, r.lane, r.building, r.room)
left join import_persons p on ${lessee}
left join housing.leases t on t.contract_no = r.contract_no`;

const status = `case when r.ends_on <= $1::date then 'ENDED' else 'IN_FORCE' end`;
const plain = [
  'dwelling_id',
  'landlord_name',
  'tenant_name',
  'starts_on',
  'ends_on',
  'monthly_rent',
  'filing_status',
  'subdistrict_code',
  'station_code',
  'neighbourhood_code',
  'as_written',
  'report_no',
];
const lesseeColumns = ['tenant_identity_number', 'tenant_document_kind'];

const { list, set, changed, differs } = assignments(
  laterWins({
    required: {
      ...Object.fromEntries(plain.map((column) => [column, `r.${column}`])),
      // A lease that was terminated stays so.
      status: `case when t.status in ('IN_FORCE', 'ENDED') then ${status} else t.status end`,
    },
    optional: {
      // A number is the lessee's whose name stands beside it, and nobody else's.
      lessee: {
        columns: Object.fromEntries(lesseeColumns.map((column) => [column, { value: `r.${column}` }])),
        beside: { column: 'tenant_name', value: 'r.tenant_name', compared: foldedName },
      },
    },
    isLater: 'r.report_no >= t.report_no',
    orderOfRow: 'to_jsonb(t.report_no)',
    orderOfReport: 'to_jsonb(r.report_no)',
  }),
  ['report_no', 'earlier_reports'],
);

const documentOf = (row: string) => `coalesce(${row}.tenant_document_kind, 'RESIDENT_ID')`;

/** A lessee once found stays for the same number; another number is another's until it is looked up. */
const lesseeFound = `case
  when n.tenant_identity_number = n.reported_number and n.tenant_document_kind = n.reported_kind
    and n.reported_migrant is not null then n.reported_migrant
  when n.tenant_identity_number is not distinct from t.tenant_identity_number
    and ${documentOf('n')} = ${documentOf('t')}
    and (n.tenant_identity_number is not null or ${foldedName('n.tenant_name')} = ${foldedName('t.tenant_name')})
    then t.tenant_migrant_id end`;
const anyChange = `(${changed} or t.tenant_migrant_id is distinct from ${lesseeFound})`;

export const mergeLeases = `
update housing.leases t set ${set}, tenant_migrant_id = ${lesseeFound},
  record_version = t.record_version + ${anyChange}::int,
  updated_at = case when ${anyChange} then now() else t.updated_at end,
  as_of = case when ${anyChange} then now() else t.as_of end
from (
  select t.id, r.tenant_identity_number as reported_number, r.tenant_document_kind as reported_kind,
    r.migrant_id as reported_migrant, ${list}
  from import_leases r join housing.leases t on t.id = r.known_id
) n
where t.id = n.id and (${differs} or ${anyChange})`;

/** Other leases of a dwelling whose place has become known carry it too, and not only when they are sent again. */
export const carryPlaces = `
update housing.leases t set station_code = d.station_code, neighbourhood_code = d.neighbourhood_code,
  record_version = t.record_version + 1, updated_at = now()
from housing.dwellings d
where d.id = t.dwelling_id and d.id in (select dwelling_id from import_leases)
  and (t.station_code, t.neighbourhood_code) is distinct from (d.station_code, d.neighbourhood_code)`;

export const insertLeases = `
insert into housing.leases (id, contract_no, ${[...plain, ...lesseeColumns].join(', ')}, tenant_migrant_id, status,
  created_by, source_system)
select uuidv7(), r.contract_no, ${[...plain, ...lesseeColumns].map((column) => `r.${column}`).join(', ')}, r.migrant_id,
  ${status}, '${author}', '${author}'
from import_leases r where r.known_id is null
order by r.line`;

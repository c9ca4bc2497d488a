import { author, type Load, type LoadContext } from './load-context.ts';
import { chunksOf, lookUpPersons } from './register-look-up.ts';
import { rowsToLoad, suspendIndexes } from './suspended-indexes.ts';

/** The file's rows, each with its dwelling's address; `p` is the lessee where the register knows one. */
const livesThere = `p.home_subdistrict = r.subdistrict_code and p.road = r.road and p.lane = r.lane
  and p.building = r.building and p.room = r.room`;

/**
 * Leases (dossier §3.3): dwellings by address, leases by the number of their filing, lessees by identity number.
 * @returns rows whose lessee the register does not know; they join when the person is registered
 */
async function loadLeases({ tx, register, lastDay }: LoadContext): Promise<number> {
  await tx.unsafe('analyze import_rows');
  await lookUpPersons(
    tx,
    register,
    'number',
    chunksOf(tx, 'select distinct citizen_id_number from import_rows where citizen_id_number is not null'),
  );
  const restore = await suspendIndexes(tx, {
    schema: 'housing',
    tables: ['dwellings', 'leases'],
    rows: await rowsToLoad(tx),
  });
  await tx.unsafe(upsertDwellings);
  await tx.unsafe(upsertLeases, [lastDay]);
  await restore?.();
  const [unmatched] = await tx`
    select count(*)::int as count from import_rows r
    where not exists (select from import_persons p where p.citizen_id_number = r.citizen_id_number)`;
  return unmatched?.count ?? 0;
}

/**
 * The file knows neither station nor neighbourhood. Where the lessee is registered at the same address the
 * register does; what is known once is not taken back.
 */
const upsertDwellings = `
insert into housing.dwellings as t (id, road, lane, building, room, subdistrict_code, station_code,
  neighbourhood_code, floor_area, created_by, source_system)
select uuidv7(), d.* from (
  select distinct on (r.subdistrict_code, r.road, r.lane, r.building, r.room)
    r.road, r.lane, r.building, r.room, r.subdistrict_code, coalesce(p.station_code, r.station_code),
    p.neighbourhood_code, r.floor_area::numeric, '${author}', '${author}'
  from import_rows r
  left join import_persons p on p.citizen_id_number = r.citizen_id_number and ${livesThere}
  order by r.subdistrict_code, r.road, r.lane, r.building, r.room, r.line desc
) d
on conflict (subdistrict_code, road, lane, building, room) do update set
  floor_area = excluded.floor_area, living_area = least(t.living_area, excluded.floor_area),
  station_code = coalesce(t.station_code, excluded.station_code),
  neighbourhood_code = coalesce(t.neighbourhood_code, excluded.neighbourhood_code),
  record_version = t.record_version + 1, updated_at = now(), as_of = now()
where t.floor_area <> excluded.floor_area
  or (t.station_code is null and excluded.station_code is not null)
  or (t.neighbourhood_code is null and excluded.neighbourhood_code is not null)`;

const columns = [
  'dwelling_id',
  'landlord_name',
  'tenant_name',
  'tenant_identity_number',
  'tenant_migrant_id',
  'starts_on',
  'ends_on',
  'monthly_rent',
  'status',
  'filing_status',
  'subdistrict_code',
  'station_code',
  'neighbourhood_code',
];
/** A lease that was terminated stays so; a lessee once found stays for the same number. */
const kept: Readonly<Record<string, string>> = {
  status: `case when t.status in ('IN_FORCE', 'ENDED') then excluded.status else t.status end`,
  tenant_migrant_id: `case when t.tenant_identity_number is not distinct from excluded.tenant_identity_number
    then coalesce(excluded.tenant_migrant_id, t.tenant_migrant_id) else excluded.tenant_migrant_id end`,
};
const value = (column: string) => kept[column] ?? `excluded.${column}`;

const upsertLeases = `
insert into housing.leases as t (id, contract_no, ${columns.join(', ')}, created_by, source_system)
select uuidv7(), r.contract_no, d.id, r.landlord_name, r.tenant_name, r.citizen_id_number, p.migrant_id,
  r.starts_on::date, r.ends_on::date, r.monthly_rent::bigint,
  case when r.ends_on::date <= $1::date then 'ENDED' else 'IN_FORCE' end, r.filing_status,
  d.subdistrict_code, d.station_code, d.neighbourhood_code, '${author}', '${author}'
from import_rows r
join housing.dwellings d on (d.subdistrict_code, d.road, d.lane, d.building, d.room)
  = (r.subdistrict_code, r.road, r.lane, r.building, r.room)
left join import_persons p on p.citizen_id_number = r.citizen_id_number
order by r.line
on conflict (contract_no) do update set
  ${columns.map((column) => `${column} = ${value(column)}`).join(', ')},
  record_version = t.record_version + 1, updated_at = now(), as_of = now()
where (${columns.map((column) => `t.${column}`).join(', ')})
  is distinct from (${columns.map(value).join(', ')})`;

export const leasesLoad: Load = { begin: async (context) => ({ load: () => loadLeases(context) }) };

import { changed } from '../../../import/loading/row-sql.ts';
import type { Waiting } from '../../../import/monthly-file.ts';

/** Leases whose lessee is not registered, or not for sure. */
export const waiting: Waiting = {
  numbers: `select distinct coalesce(tenant_document_kind, 'RESIDENT_ID') || ' ' || tenant_identity_number
    from housing.leases
    where tenant_migrant_id is null and tenant_identity_number is not null`,
  joins: [
    `update housing.leases t set tenant_migrant_id = p.migrant_id, ${changed}
      from import_persons p
      where t.tenant_migrant_id is null and t.tenant_identity_number = p.number
        and coalesce(t.tenant_document_kind, 'RESIDENT_ID') = p.document`,
    // The register says in which neighbourhood the address is; the dwelling did not know.
    `update housing.dwellings t set station_code = coalesce(t.station_code, p.station_code),
        neighbourhood_code = p.neighbourhood_code, ${changed}
      from import_persons p
      where t.neighbourhood_code is null and p.neighbourhood_code is not null
        and (t.subdistrict_code, t.road, t.lane, t.building, t.room)
          = (p.home_subdistrict, p.road, p.lane, p.building, p.room)`,
    `update housing.leases t set station_code = d.station_code, neighbourhood_code = d.neighbourhood_code, ${changed}
      from housing.dwellings d
      where d.id = t.dwelling_id and (t.tenant_migrant_id in (select migrant_id from import_persons)
        or (d.subdistrict_code, d.road, d.lane, d.building, d.room)
          in (select home_subdistrict, road, lane, building, room from import_persons))
        and (t.station_code, t.neighbourhood_code) is distinct from (d.station_code, d.neighbourhood_code)`,
    `update housing.lease_filings t set tenant_migrant_id = l.tenant_migrant_id, ${changed}
      from housing.leases l
      where l.id = t.lease_id and t.tenant_migrant_id is null
        and l.tenant_migrant_id in (select migrant_id from import_persons)`,
  ],
};

export const lettingGo = [
  `update housing.lease_filings t set tenant_migrant_id = null, ${changed}
    from housing.leases l where l.id = t.lease_id and l.tenant_identity_number is not null
      and t.tenant_migrant_id = any($1::text[]::uuid[])`,
  `update housing.leases t set tenant_migrant_id = null, ${changed}
    where t.tenant_identity_number is not null and t.tenant_migrant_id = any($1::text[]::uuid[])`,
];

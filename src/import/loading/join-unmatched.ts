import type { Pools } from '../../store/pools.ts';
import { inTransaction } from '../../store/transaction.ts';
import { carryInsured } from './labour.ts';
import { chunksOf, lookUpPersons } from './register-look-up.ts';

/** Rows of a store that name a person by number only. */
interface Waiting {
  readonly store: string;
  /** The numbers for which a person is looked for. */
  readonly numbers: string;
  /** What is done with those found; `import_persons` stands. */
  readonly joins: readonly string[];
}

const personPlace = `subdistrict_code = p.subdistrict_code, station_code = p.station_code,
  neighbourhood_code = p.neighbourhood_code, shielded = p.shielded`;
const changed = (t: string) => `record_version = ${t}.record_version + 1, updated_at = now()`;

const waiting: readonly Waiting[] = [
  {
    store: 'housing',
    numbers: `select distinct coalesce(tenant_document_kind, 'RESIDENT_ID') || ' ' || tenant_identity_number
      from housing.leases
      where tenant_migrant_id is null and tenant_identity_number is not null`,
    joins: [
      `update housing.leases t set tenant_migrant_id = p.migrant_id, ${changed('t')}
        from import_persons p
        where t.tenant_migrant_id is null and t.tenant_identity_number = p.number
          and coalesce(t.tenant_document_kind, 'RESIDENT_ID') = p.document`,
      // The register says in which neighbourhood the address is; the dwelling did not know.
      `update housing.dwellings t set station_code = coalesce(t.station_code, p.station_code),
          neighbourhood_code = p.neighbourhood_code, ${changed('t')}
        from import_persons p
        where t.neighbourhood_code is null and p.neighbourhood_code is not null
          and (t.subdistrict_code, t.road, t.lane, t.building, t.room)
            = (p.home_subdistrict, p.road, p.lane, p.building, p.room)`,
      `update housing.leases t set station_code = d.station_code, neighbourhood_code = d.neighbourhood_code, ${changed('t')}
        from housing.dwellings d
        where d.id = t.dwelling_id and (t.tenant_migrant_id in (select migrant_id from import_persons)
          or (d.subdistrict_code, d.road, d.lane, d.building, d.room)
            in (select home_subdistrict, road, lane, building, room from import_persons))
          and (t.station_code, t.neighbourhood_code) is distinct from (d.station_code, d.neighbourhood_code)`,
      `update housing.lease_filings t set tenant_migrant_id = l.tenant_migrant_id, ${changed('t')}
        from housing.leases l
        where l.id = t.lease_id and t.tenant_migrant_id is null
          and l.tenant_migrant_id in (select migrant_id from import_persons)`,
    ],
  },
  {
    store: 'labour',
    numbers: `select employee_document_kind || ' ' || employee_identity_number
      from labour.employments where employee_id is null
      union select insured_document_kind || ' ' || insured_identity_number
      from labour.insurance_enrolments where insured_id is null`,
    joins: [
      `update labour.employments t set employee_id = p.migrant_id, ${personPlace}, ${changed('t')}
        from import_persons p
        where t.employee_id is null and t.employee_identity_number = p.number and t.employee_document_kind = p.document`,
      `update labour.insurance_enrolments t set insured_id = p.migrant_id, ${personPlace}, ${changed('t')}
        from import_persons p
        where t.insured_id is null and t.insured_identity_number = p.number and t.insured_document_kind = p.document`,
      carryInsured,
    ],
  },
];

/**
 * Joins leases, employments and enrolments to persons who have been registered since (dossier §8.2: by exact
 * identity number only), where it leaves no doubt about the person. One transaction a store; what is cut off is done by the next import.
 */
export async function joinUnmatched(pools: Pools): Promise<void> {
  const register = pools.ownerOf('public_security');
  for (const { store, numbers, joins } of waiting)
    await inTransaction(pools.ownerOf(store), async (tx) => {
      await lookUpPersons(tx, register, 'number', chunksOf(tx, numbers));
      const [found] = await tx`select exists (select from import_persons) as any`;
      if (!found?.any) return;
      for (const join of joins) await tx.unsafe(join);
    });
}

import { sql } from 'drizzle-orm';
import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { today } from '../../store/today.ts';
import { nextNumber, placeOfLinked, stationOf } from '../doing-fills.ts';
import { rectificationOpen } from '../doing-guards.ts';
import { countOccupants } from './count-occupants.ts';
import { filingEffects } from './filing-effects.ts';
import { filingGuards } from './filing-guards.ts';
import { papers } from './papers.ts';
import { dwellings, leaseFilings, leaseOccupancies, leases, propertyInspections } from './tables.ts';

const ofLease = { by: 'leaseId', table: leases, store: 'housing' } as const;
const ofDwelling = { by: 'dwellingId', table: dwellings, store: 'housing' } as const;
const stationOfDwelling = stationOf('housing', { Dwelling: { table: dwellings, field: 'address' } });

/** Conditions and effects of leases, their filings and dwellings (dossier §5.3). */
export const doing: DepartmentDoing = {
  guards: {
    Lease: {
      changeFilingOpen: {
        holds: (row) =>
          sql`(${row(leases.filingStatus)} <> 'FILED' or exists (select 1 from ${leaseFilings} where ${leaseFilings.leaseId} = ${row(leases.id)} and ${leaseFilings.kind} in ('CHANGE', 'EXTENSION') and ${leaseFilings.status} not in ('FILED', 'REFUSED', 'CANCELLED', 'EXPIRED', 'LAPSED')))`,
        en: 'A filed lease is amended with a filing of the change or extension: open that first.',
        zh: '已备案合同的变更须先提出变更或延续备案。',
      },
      // Another use than that of the dwelling is no lease of it (dossier §3.3).
      purposeOfDwelling: {
        holds: (row) =>
          sql`exists (select 1 from ${dwellings} where ${dwellings.id} = ${row(leases.dwellingId)} and ${dwellings.usage} = ${row(leases.purpose)})`,
        after: true,
        field: 'purpose',
        en: 'The agreed use is not that of the dwelling.',
        zh: '租赁用途与房屋用途不符。',
      },
      termOver: {
        holds: (row) => sql`${row(leases.endsOn)} < ${today}`,
        en: 'The term is not over.',
        zh: '租期未满。',
      },
    },
    LeaseOccupancy: {
      leaseOpen: {
        holds: (row) =>
          sql`exists (select 1 from ${leases} where ${leases.id} = ${row(leaseOccupancies.leaseId)} and ${leases.status} in ('DRAFT', 'IN_FORCE'))`,
        en: 'The lease has ended.',
        zh: '租赁合同已终止。',
      },
    },
    LeaseFiling: filingGuards,
    PropertyInspection: { rectificationOpen: rectificationOpen(propertyInspections) },
  },
  fills: {
    stationOfDwelling: {
      sets: [...stationOfDwelling.sets, 'lane', 'building', 'room'],
      async fill(filling, system) {
        const { lane, building, room, road } = filling.given;
        const parts = road == null ? {} : { lane: lane ?? '', building: building ?? '', room: room ?? '' };
        const placed = await stationOfDwelling.fill(filling, system);
        return 'path' in placed ? placed : { ...placed, ...parts };
      },
    },
    placeOfLease: placeOfLinked({
      Lease: [ofDwelling],
      LeaseOccupancy: [ofLease],
    }),
    placeOfFiling: placeOfLinked({
      LeaseFiling: [
        { ...ofLease, more: { tenantMigrantId: leases.tenantMigrantId, shielded: leases.shielded } },
      ],
    }),
    placeOfPatrol: placeOfLinked({ PropertyInspection: [ofDwelling] }),
    // The window of the sub-district where the dwelling lies.
    assignWindow: {
      sets: ['acceptedByUnit'],
      async fill({ given: { subdistrictCode } }) {
        return { acceptedByUnit: `PT-CAC-${String(subdistrictCode).slice(6, 9)}` };
      },
    },
    assignFilingNo: nextNumber(
      'housing',
      'filingNo',
      leaseFilings.filingNo,
      (day) => `BA${day.slice(0, 4)}`,
      6,
    ),
  },
  effects: { ...filingEffects, countOccupants },
  papers,
};

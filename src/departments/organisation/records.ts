import { sql } from 'drizzle-orm';
import type { RecordSource } from '../department.ts';
import { accessGrants, appointments, orgUnits, userAccounts } from './tables.ts';

/** Where the record types of the organisation are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  // Everybody must know who is responsible (clause II-1).
  OrgUnit: {
    table: orgUnits,
    scope: { published: 'ALL_ROWS', everywhere: true },
    computed: { code: () => sql`${orgUnits.id}` },
  },
  Appointment: { table: appointments, scope: { everywhere: true } },
  UserAccount: { table: userAccounts, scope: { units: [userAccounts.homeUnitId] } },
  AccessGrant: { table: accessGrants, scope: { units: [accessGrants.granteeId] } },
};

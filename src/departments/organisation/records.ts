import { sql } from 'drizzle-orm';
import type { RecordSource } from '../department.ts';
import { accessGrants, appointments, exportRequests, orgUnits, userAccounts } from './tables.ts';

/** Where the record types of the organisation are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  // Everybody must know who is responsible (clause II-1).
  OrgUnit: {
    table: orgUnits,
    computed: { code: () => sql`${orgUnits.id}` },
  },
  Appointment: { table: appointments },
  UserAccount: { table: userAccounts, carries: { units: [userAccounts.homeUnitId] } },
  // Who asked sees it, and the owner, who decides.
  AccessGrant: { table: accessGrants, carries: { units: [accessGrants.granteeId, accessGrants.ownerId] } },
  // Who asked sees it, and whoever answers for a group that is read.
  ExportRequest: {
    table: exportRequests,
    carries: { units: [exportRequests.askingUnitId, exportRequests.ownerIds] },
  },
};

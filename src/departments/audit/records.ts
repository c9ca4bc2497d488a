import { sql } from 'drizzle-orm';
import type { RecordSource } from '../department.ts';
import { trail } from './tables.ts';

/** A unit reads its own staff's entries; the legal-affairs office reads all of them as auditor (dossier §6.2, X2). */
export const records: Readonly<Record<string, RecordSource>> = {
  AccessLogEntry: {
    table: trail,
    // The first entry of a chain is the program's own.
    where: sql`${trail.operation} <> 'CHAIN_STARTED'`,
    carries: { units: [trail.actingUnitId] },
    defaultOrder: { column: trail.occurredAt, direction: 'desc' },
  },
};

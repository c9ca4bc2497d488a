import { sql } from 'drizzle-orm';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

/**
 * Where the record types of civil affairs are stored and whose rows are whose. None carries a place: who is aided,
 * whom one married or adopted is the bureau's alone. Nor a shield, which hides from others where somebody is.
 */
export const records: Readonly<Record<string, RecordSource>> = {
  AidCase: {
    table: t.aidCases,
    carries: { subjects: [t.aidCases.personId] },
    defaultOrder: { column: t.aidCases.requestedOn, direction: 'desc' },
  },
  MarriageRegistration: {
    table: t.marriageRegistrations,
    carries: { subjects: [t.marriageRegistrations.partyAId, t.marriageRegistrations.partyBId] },
    computed: {
      maritalStatus: () =>
        sql`case ${t.marriageRegistrations.kind} when 'MARRIAGE' then 'MARRIED' when 'DIVORCE' then 'DIVORCED' end`,
    },
    defaultOrder: { column: t.marriageRegistrations.registeredOn, direction: 'desc' },
  },
  AdoptionRegistration: {
    table: t.adoptionRegistrations,
    carries: { subjects: [t.adoptionRegistrations.adopterId, t.adoptionRegistrations.adopteeId] },
    defaultOrder: { column: t.adoptionRegistrations.registeredOn, direction: 'desc' },
  },
};

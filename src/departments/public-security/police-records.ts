import { type SQL, sql } from 'drizzle-orm';
import type { RecordSource } from '../department.ts';
import { policeCaseParties, policeCases } from './tables.ts';

/**
 * Parties that can be read at all: none of an annulled case, and no minor. A minor's part is the juvenile
 * officer's alone (dossier §3.1), and a row cannot know the function of who asks, so nobody reads it here.
 */
const readableParty = (role: SQL): SQL =>
  sql`not ${policeCaseParties.minor} and ${policeCaseParties.role} ${role} and exists (select 1 from "public_security"."police_cases" "pc" where "pc"."id" = ${policeCaseParties.policeCaseId} and "pc"."status" <> 'ANNULLED')`;

/** A party is its case's: the handling station's and the bureau's. */
const partyScope = { parent: policeCaseParties.policeCaseId };

/** Accepted cases and the persons in them: secret, of the handling unit, bound to no territory (dossier §6.3). */
export const policeRecords: Readonly<Record<string, RecordSource>> = {
  PoliceCase: {
    table: policeCases,
    carries: { units: [policeCases.stationId] },
    where: sql`${policeCases.status} <> 'ANNULLED'`,
    defaultOrder: { column: policeCases.acceptedOn, direction: 'desc' },
  },
  PoliceCaseParty: {
    table: policeCaseParties,
    carries: partyScope,
    where: readableParty(sql`<> 'VICTIM'`),
  },
  PoliceCaseVictim: {
    table: policeCaseParties,
    carries: partyScope,
    where: readableParty(sql`= 'VICTIM'`),
  },
};

import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import type { Vaccine } from '../../../generated/resolvers.ts';
import { day } from '../../../store/columns.ts';
import { code, recordTables } from '../../record-table.ts';

const table = recordTables('health');

/** Care before and after a birth (dossier §3.7 MaternalRecord). */
export const maternalRecords = table(
  'maternal_records',
  {
    personId: uuid('person_id').notNull(),
    bookedOn: day('booked_on').notNull(),
    institution: text('institution').notNull(),
    gestationWeeksAtBooking: integer('gestation_weeks_at_booking'),
    antenatalVisits: integer('antenatal_visits'),
    postnatalVisits: integer('postnatal_visits'),
    deliveredOn: day('delivered_on'),
    outcome: code('outcome', 'PregnancyOutcome'),
    needsSpecialistCare: boolean('needs_specialist_care'),
  },
  (t) => [
    check('maternal_records_weeks', sql`${t.gestationWeeksAtBooking} between 4 and 42`),
    check(
      'maternal_records_visits',
      sql`${t.antenatalVisits} between 0 and 30 and ${t.postnatalVisits} between 0 and 30`,
    ),
    check('maternal_records_delivered', sql`${t.deliveredOn} >= ${t.bookedOn}`),
    index('maternal_records_person').on(t.personId, t.id),
    index('maternal_records_booked').on(t.bookedOn, t.id),
    index('maternal_records_delivered_order').on(t.deliveredOn, t.id),
  ],
);

export interface StoredVaccination {
  readonly vaccine: Vaccine;
  readonly dose: number;
  readonly givenOn: string;
}

export interface StoredGrowthCheck {
  readonly checkedOn: string;
  readonly weightKg: number;
  readonly heightCm: number;
}

/** Vaccinations and growth (dossier §3.7 ChildHealthRecord), one row a child. */
export const childHealthRecords = table(
  'child_health_records',
  {
    childId: uuid('child_id').notNull().unique(),
    guardianId: uuid('guardian_id'),
    vaccinations: jsonb('vaccinations').$type<readonly StoredVaccination[]>().notNull(),
    nextDueOn: day('next_due_on'),
    growthChecks: jsonb('growth_checks').$type<readonly StoredGrowthCheck[]>(),
  },
  (t) => [
    check('child_health_records_guardian', sql`${t.guardianId} <> ${t.childId}`),
    check('child_health_records_vaccinations_list', sql`jsonb_typeof(${t.vaccinations}) = 'array'`),
    check(
      'child_health_records_vaccinations',
      sql`not jsonb_path_exists(${t.vaccinations}, '$[*] ? (!(@.dose >= 1 && @.dose <= 9) || !exists (@.givenOn))')`,
    ),
    check(
      'child_health_records_growth',
      sql`not jsonb_path_exists(${t.growthChecks}, '$[*] ? (!(@.weightKg >= 0.5 && @.weightKg <= 120 && @.heightCm >= 30 && @.heightCm <= 200))')`,
    ),
    index('child_health_records_guardian_order').on(t.guardianId, t.id),
    index('child_health_records_next_due').on(t.nextDueOn, t.id),
  ],
);

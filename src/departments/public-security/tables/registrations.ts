import { sql } from 'drizzle-orm';
import { boolean, check, date, index, type PgColumn, text, uuid } from 'drizzle-orm/pg-core';
import { instant, personTerritory, provenance, reported, writtenCells } from '../../../store/columns.ts';
import { folded } from '../../../store/folded.ts';
import { digits, formed } from '../../../store/form-check.ts';
import * as codes from '../codes.ts';
import { publicSecurity } from '../pg-schema.ts';
import { migrants } from './migrants.ts';

/**
 * A value as the second wall shows it of a ResidenceRegistration: of a closed stay, which is seen as an
 * AddressHistoryEntry, it is null (docs/access.md).
 */
const ofStay = ({ status }: { status: PgColumn }, column: PgColumn) =>
  sql`(case when ${status} <> 'CLOSED' then ${column} end)`;

/**
 * One stay at one address (dossier §3.1 ResidenceRegistration). The territory is the place of the stay itself,
 * so that a past stay belongs to the territory it was in.
 */
export const residenceRegistrations = publicSecurity.table(
  'residence_registrations',
  {
    id: uuid('id').primaryKey(),
    // The department's own key (dossier §8.2); a file sent twice finds its rows by it.
    serialNo: text('serial_no').notNull().unique(),
    personId: uuid('person_id')
      .notNull()
      .references(() => migrants.id),
    dwellingId: uuid('dwelling_id'),
    road: text('road'),
    lane: text('lane'),
    building: text('building'),
    room: text('room'),
    ...personTerritory(),
    subdistrictCode: text('subdistrict_code').notNull(),
    stationCode: text('station_code').notNull(),
    neighbourhoodCode: text('neighbourhood_code').notNull(),
    arrivedShanghaiOn: date('arrived_shanghai_on', { mode: 'string' }),
    // Not later than today: held where the row is written, because a check on the clock would not be repeatable.
    arrivedHereOn: date('arrived_here_on', { mode: 'string' }).notNull(),
    expectedUntil: date('expected_until', { mode: 'string' }),
    departedOn: date('departed_on', { mode: 'string' }),
    stayReason: text('stay_reason', { enum: codes.stayReasons }).notNull(),
    dwellingRelation: text('dwelling_relation', { enum: codes.dwellingRelations }).notNull(),
    status: text('status', { enum: codes.registrationStatuses }).notNull().default('OPEN'),
    source: text('source', { enum: codes.captureSources }).notNull(),
    capturedBy: text('captured_by').notNull(),
    capturedByUnit: text('captured_by_unit').notNull(),
    capturedAt: instant('captured_at').notNull(),
    confirmedAt: instant('confirmed_at'),
    // Closed because the person's next stay began, and not because somebody said so.
    endedByNext: boolean('ended_by_next').notNull().default(false),
    ...writtenCells(),
    ...reported(),
    ...provenance(),
  },
  (t) => [
    check('residence_registrations_serial_form', formed(t.serialNo, '^[A-Z][A-Z][0-9]*$', 10, 20)),
    check('residence_registrations_subdistrict_form', digits(t.subdistrictCode, 3, '310107')),
    check(
      'residence_registrations_neighbourhood_inside',
      sql`${digits(t.neighbourhoodCode, 12)} and left(${t.neighbourhoodCode}, 9) = ${t.subdistrictCode}`,
    ),
    check('residence_registrations_arrival', sql`${t.arrivedShanghaiOn} <= ${t.arrivedHereOn}`),
    check('residence_registrations_expected', sql`${t.expectedUntil} >= ${t.arrivedHereOn}`),
    check('residence_registrations_departure', sql`${t.departedOn} >= ${t.arrivedHereOn}`),
    check('residence_registrations_stay_reason_code', codes.oneOf(t.stayReason, codes.stayReasons)),
    check(
      'residence_registrations_dwelling_relation_code',
      codes.oneOf(t.dwellingRelation, codes.dwellingRelations),
    ),
    check('residence_registrations_status_code', codes.oneOf(t.status, codes.registrationStatuses)),
    check(
      'residence_registrations_closed_by_departure',
      sql`${t.status} <> 'CLOSED' or ${t.departedOn} is not null`,
    ),
    check('residence_registrations_source_code', codes.oneOf(t.source, codes.captureSources)),
    // Several open rows of one person are a defect that the register must be able to show, so none is refused.
    index('residence_registrations_person').on(t.personId, t.arrivedHereOn, t.id),
    index('residence_registrations_serial').on(ofStay(t, t.serialNo)),
    index('residence_registrations_folded_road').on(folded(ofStay(t, t.road))),
    index('residence_registrations_dwelling').on(ofStay(t, t.dwellingId), t.id),
    index('residence_registrations_subdistrict').on(t.subdistrictCode, t.id),
    index('residence_registrations_station').on(t.stationCode, t.id),
    index('residence_registrations_neighbourhood').on(t.neighbourhoodCode, t.id),
    index('residence_registrations_arrived').on(ofStay(t, t.arrivedHereOn), t.id),
    index('residence_registrations_captured').on(ofStay(t, t.capturedAt), t.id),
  ],
);

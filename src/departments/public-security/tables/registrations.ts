import { sql } from 'drizzle-orm';
import { boolean, check, index, type PgColumn, text, uuid } from 'drizzle-orm/pg-core';
import { belongsTo, day, instant, personTerritory, reported, writtenCells } from '../../../store/columns.ts';
import { folded } from '../../../store/folded.ts';
import { digits, formed } from '../../../store/form-check.ts';
import { address, everyLevel, placeIndexes } from '../../../store/value-columns.ts';
import { code, recordTables } from '../../record-table.ts';
import { migrants } from './migrants.ts';

const table = recordTables('public_security');

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
export const residenceRegistrations = table(
  'residence_registrations',
  {
    // The department's own key (dossier §8.2); a file sent twice finds its rows by it.
    serialNo: text('serial_no').notNull().unique(),
    migrantId: belongsTo('migrant_id', () => migrants.id),
    dwellingId: uuid('dwelling_id'),
    ...address(),
    ...personTerritory(),
    subdistrictCode: text('subdistrict_code').notNull(),
    stationCode: text('station_code').notNull(),
    neighbourhoodCode: text('neighbourhood_code').notNull(),
    arrivedShanghaiOn: day('arrived_shanghai_on'),
    // Not later than today: held where the row is written, because a check on the clock would not be repeatable.
    arrivedHereOn: day('arrived_here_on').notNull(),
    expectedUntil: day('expected_until'),
    departedOn: day('departed_on'),
    stayReason: code('stay_reason', 'StayReason').notNull(),
    dwellingRelation: code('dwelling_relation', 'DwellingRelation').notNull(),
    status: code('status', 'RegistrationStatus').notNull().default('OPEN'),
    source: code('source', 'CaptureSource').notNull(),
    capturedBy: text('captured_by').notNull(),
    capturedByUnit: text('captured_by_unit').notNull(),
    capturedAt: instant('captured_at').notNull(),
    confirmedAt: instant('confirmed_at'),
    // Closed because the person's next stay began, and not because somebody said so.
    endedByNext: boolean('ended_by_next').notNull().default(false),
    ...writtenCells(),
    ...reported(),
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
    check(
      'residence_registrations_closed_by_departure',
      sql`${t.status} <> 'CLOSED' or ${t.departedOn} is not null`,
    ),
    // Several open rows of one person are a defect that the register must be able to show, so none is refused.
    index('residence_registrations_migrant').on(t.migrantId, t.arrivedHereOn, t.id),
    index('residence_registrations_serial').on(ofStay(t, t.serialNo)),
    index('residence_registrations_folded_road').on(folded(ofStay(t, t.road))),
    index('residence_registrations_dwelling').on(ofStay(t, t.dwellingId), t.id),
    ...placeIndexes(t, undefined, everyLevel),
    index('residence_registrations_arrived').on(ofStay(t, t.arrivedHereOn), t.id),
    index('residence_registrations_captured').on(ofStay(t, t.capturedAt), t.id),
  ],
);

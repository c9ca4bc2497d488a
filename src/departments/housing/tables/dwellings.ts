import { sql } from 'drizzle-orm';
import { check, index, integer, numeric, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { reported, territory } from '../../../store/columns.ts';
import { folded } from '../../../store/folded.ts';
import { everyLevel, party, placeIndexes } from '../../../store/value-columns.ts';
import { codesOf } from '../../enum-codes.ts';
import { code, recordTables } from '../../record-table.ts';

const table = recordTables('housing');

/** Units that are let or lived in (dossier §3.3 Dwelling); one row an address. */
export const dwellings = table(
  'dwellings',
  {
    road: text('road').notNull(),
    lane: text('lane').notNull(),
    building: text('building').notNull(),
    room: text('room').notNull(),
    ...territory(),
    // The leases file knows no neighbourhood and not always the station, but always the sub-district.
    subdistrictCode: text('subdistrict_code').notNull(),
    usage: code('usage', 'DwellingUsage').notNull().default('RESIDENTIAL'),
    floorArea: numeric('floor_area', { precision: 8, scale: 2 }).notNull(),
    livingArea: numeric('living_area', { precision: 8, scale: 2 }),
    rooms: integer('rooms'),
    titleCertNo: text('title_cert_no'),
    ...party('owner'),
    // Counted by the population register and carried here, so that no read needs its tables.
    occupancyCount: integer('occupancy_count'),
    structureSafety: code('structure_safety', 'SafetyGrade', 'safety_code'),
    reportNo: reported().reportNo,
  },
  (t) => [
    check('dwellings_owner_kind_code', oneOf(t.ownerKind, codesOf('PartyKind'))),
    check('dwellings_subdistrict_form', sql`${t.subdistrictCode} ~ '^310107[0-9]{3}$'`),
    check('dwellings_neighbourhood_inside', sql`left(${t.neighbourhoodCode}, 9) = ${t.subdistrictCode}`),
    check('dwellings_floor_area', sql`${t.floorArea} > 0 and ${t.floorArea} <= 10000`),
    check('dwellings_living_area', sql`${t.livingArea} > 0 and ${t.livingArea} <= ${t.floorArea}`),
    check('dwellings_rooms', sql`${t.rooms} between 0 and 50`),
    check('dwellings_occupancy_count', sql`${t.occupancyCount} >= 0`),
    index('dwellings_folded_road').on(folded(t.road)),
    uniqueIndex('dwellings_address').on(t.subdistrictCode, t.road, t.lane, t.building, t.room),
    ...placeIndexes(t, undefined, everyLevel),
    index('dwellings_occupancy').on(t.occupancyCount, t.id),
    index('dwellings_floor_area_order').on(t.floorArea, t.id),
  ],
);

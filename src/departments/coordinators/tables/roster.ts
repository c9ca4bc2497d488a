import { sql } from 'drizzle-orm';
import { check, index, integer, smallint, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import { belongsTo, day, territory } from '../../../store/columns.ts';
import { placeIndexes } from '../../../store/value-columns.ts';
import { code, recordTables } from '../../record-table.ts';

const table = recordTables('coordinators');

/** The coordinators of the society (dossier §3.22 Coordinator). The territory is that of the branch and station. */
export const coordinators = table(
  'coordinators',
  {
    badgeNo: text('badge_no').notNull().unique(),
    name: text('name').notNull(),
    branchId: text('branch_id').notNull(),
    originTeam: code('origin_team', 'OriginTeam').notNull(),
    linesLeadership: text('lines_leadership').notNull().default('PT-POP'),
    linesImplementation: text('lines_implementation').notNull(),
    linesDailyManagement: text('lines_daily_management').notNull(),
    linesBusinessGuidance: text('lines_business_guidance').array().notNull(),
    citizenIdNumber: text('citizen_id_number'),
    birthDate: day('birth_date'),
    phone: text('phone'),
    homeRoad: text('home_road'),
    homeLane: text('home_lane'),
    homeBuilding: text('home_building'),
    homeRoom: text('home_room'),
    homeNeighbourhoodCode: text('home_neighbourhood_code'),
    homeSubdistrictCode: text('home_subdistrict_code'),
    programme: code('programme', 'FundingProgramme').notNull(),
    hiredOn: day('hired_on').notNull(),
    leftOn: day('left_on'),
    status: code('status', 'StaffStatus').notNull(),
    ...territory(),
    subdistrictCode: text('subdistrict_code').notNull(),
    stationCode: text('station_code').notNull(),
  },
  (t) => [
    check('coordinators_name_length', sql`char_length(${t.name}) between 1 and 50`),
    check(
      'coordinators_branch_of_place',
      sql`${t.branchId} = 'PT-SVB-' || substr(${t.subdistrictCode}, 7, 3)`,
    ),
    // Clause IV-5a: the population office leads, the sub-district uses, its police station manages from day to day.
    check(
      'coordinators_lines',
      sql`${t.linesLeadership} = 'PT-POP'
      and ${t.linesImplementation} = 'PT-SUB-' || substr(${t.subdistrictCode}, 7, 3)
      and ${t.linesDailyManagement} = ${t.stationCode}`,
    ),
    check('coordinators_citizen_id_form', sql`${t.citizenIdNumber} ~ '^[0-9]{17}[0-9X]$'`),
    check('coordinators_service', sql`${t.hiredOn} <= ${t.leftOn}`),
    check('coordinators_left', sql`(${t.status} = 'LEFT') = (${t.leftOn} is not null)`),
    index('coordinators_branch').on(t.branchId, t.id),
    ...placeIndexes(t),
    index('coordinators_name').on(t.name, t.id),
    index('coordinators_hired').on(t.hiredOn, t.id),
  ],
);

/** One for 500 migrants in principle (clause IV-4b), approved for a sub-district or town and a year. */
export const coordinatorAllocations = table(
  'coordinator_allocations',
  {
    unitId: text('unit_id').notNull(),
    year: integer('year').notNull(),
    migrantCount: integer('migrant_count').notNull(),
    countedOn: day('counted_on').notNull(),
    standardHeadcount: integer('standard_headcount').notNull(),
    adjustment: integer('adjustment').notNull().default(0),
    adjustmentReason: code('adjustment_reason', 'AllocationAdjustmentReason', 'reason_code'),
    approvedHeadcount: integer('approved_headcount').notNull(),
    approvedBy: text('approved_by'),
    status: code('status', 'AllocationStatus').notNull().default('PROPOSED'),
    actualHeadcount: integer('actual_headcount').notNull(),
    secondedCount: integer('seconded_count').notNull().default(0),
    ...territory(),
    subdistrictCode: text('subdistrict_code').notNull(),
  },
  (t) => [
    check('coordinator_allocations_year', sql`${t.year} between 2003 and 2100`),
    check('coordinator_allocations_count', sql`${t.migrantCount} >= 0`),
    // The notice says 原则上 one for 500; rounding up is this project's reading of it (dossier §4.4).
    check('coordinator_allocations_standard', sql`${t.standardHeadcount} = (${t.migrantCount} + 499) / 500`),
    check(
      'coordinator_allocations_approved',
      sql`${t.approvedHeadcount} = ${t.standardHeadcount} + ${t.adjustment} and ${t.approvedHeadcount} >= 1`,
    ),
    check('coordinator_allocations_reason', sql`(${t.adjustment} = 0) = (${t.adjustmentReason} is null)`),
    check(
      'coordinator_allocations_approver',
      sql`${t.status} not in ('APPROVED', 'SUPERSEDED') or ${t.approvedBy} is not null`,
    ),
    check(
      'coordinator_allocations_headcounts',
      sql`${t.actualHeadcount} >= 0 and ${t.secondedCount} between 0 and ${t.actualHeadcount}`,
    ),
    check('coordinator_allocations_unit', sql`${t.unitId} = 'PT-SUB-' || substr(${t.subdistrictCode}, 7, 3)`),
    // One that counts a unit and year; rejected and superseded ones stay beside it.
    uniqueIndex('coordinator_allocations_one_a_year')
      .on(t.unitId, t.year)
      .where(sql`${t.status} in ('PROPOSED', 'APPROVED')`),
    index('coordinator_allocations_unit_year').on(t.unitId, t.id),
    index('coordinator_allocations_subdistrict').on(t.subdistrictCode, t.id),
  ],
);

/** Which neighbourhoods a coordinator is in charge of: what open ones say bounds the coordinator's rows (§6.3). */
export const coordinatorAssignments = table(
  'coordinator_assignments',
  {
    coordinatorId: belongsTo('coordinator_id', () => coordinators.id),
    neighbourhoodCodes: text('neighbourhood_codes').array().notNull(),
    buildings: text('buildings').array(),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on'),
    ...territory(),
    subdistrictCode: text('subdistrict_code').notNull(),
  },
  (t) => [
    ...placeIndexes(t),
    // At least one, each a neighbourhood of the one sub-district.
    check(
      'coordinator_assignments_neighbourhoods',
      sql`array_to_string(${t.neighbourhoodCodes}, ',') ~ ('^' || ${t.subdistrictCode} || '[0-9]{3}(,' || ${t.subdistrictCode} || '[0-9]{3})*$')`,
    ),
    check('coordinator_assignments_term', sql`${t.startsOn} <= ${t.endsOn}`),
    uniqueIndex('coordinator_assignments_one_open').on(t.coordinatorId).where(sql`${t.endsOn} is null`),
    index('coordinator_assignments_coordinator').on(t.coordinatorId, t.id),
    index('coordinator_assignments_neighbourhood').using('gin', t.neighbourhoodCodes),
  ],
);

/**
 * Coordinators on loan to a reception centre. A centre has two places (clause IV-3b): each is taken by one open
 * secondment at most, so a third cannot exist.
 */
export const coordinatorSecondments = table(
  'coordinator_secondments',
  {
    coordinatorId: belongsTo('coordinator_id', () => coordinators.id),
    toCentreId: text('to_centre_id').notNull(),
    seat: smallint('seat').notNull(),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on'),
    ...territory(),
    subdistrictCode: text('subdistrict_code').notNull(),
  },
  (t) => [
    ...placeIndexes(t),
    check('coordinator_secondments_seat', sql`${t.seat} in (1, 2)`),
    check(
      'coordinator_secondments_centre',
      sql`${t.toCentreId} = 'PT-CAC-' || substr(${t.subdistrictCode}, 7, 3)`,
    ),
    check('coordinator_secondments_term', sql`${t.startsOn} <= ${t.endsOn}`),
    uniqueIndex('coordinator_secondments_two_a_centre')
      .on(t.toCentreId, t.seat)
      .where(sql`${t.endsOn} is null`),
    uniqueIndex('coordinator_secondments_one_open').on(t.coordinatorId).where(sql`${t.endsOn} is null`),
    unique('coordinator_secondments_start').on(t.coordinatorId, t.startsOn),
    index('coordinator_secondments_centre_all').on(t.toCentreId, t.id),
  ],
);

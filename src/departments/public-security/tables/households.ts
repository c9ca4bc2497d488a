import { sql } from 'drizzle-orm';
import { check, date, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { personTerritory, provenance } from '../../../store/columns.ts';
import * as codes from '../codes.ts';
import { publicSecurity } from '../pg-schema.ts';
import { migrants } from './migrants.ts';

/** People living together at one dwelling (dossier §3.1 Household); shielded when one member is. */
export const households = publicSecurity.table(
  'households',
  {
    id: uuid('id').primaryKey(),
    dwellingId: uuid('dwelling_id').notNull(),
    headId: uuid('head_id').references(() => migrants.id),
    memberCount: integer('member_count').notNull(),
    ...personTerritory(),
    ...provenance(),
  },
  (t) => [
    check('households_member_count', sql`${t.memberCount} >= 1`),
    index('households_dwelling').on(t.dwellingId, t.id),
    index('households_head').on(t.headId, t.id),
    index('households_member_count').on(t.memberCount, t.id),
    index('households_subdistrict').on(t.subdistrictCode, t.id),
    index('households_station').on(t.stationCode, t.id),
    index('households_neighbourhood').on(t.neighbourhoodCode, t.id),
  ],
);

/** A person's time in a household (dossier §3.1 HouseholdMember). */
export const householdMembers = publicSecurity.table(
  'household_members',
  {
    id: uuid('id').primaryKey(),
    householdId: uuid('household_id')
      .notNull()
      .references(() => households.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => migrants.id),
    relationToHead: text('relation_to_head', { enum: codes.familyRelations }).notNull(),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    endsOn: date('ends_on', { mode: 'string' }),
    ...personTerritory(),
    ...provenance(),
  },
  (t) => [
    index('household_members_station').on(t.stationCode, t.id),
    index('household_members_neighbourhood').on(t.neighbourhoodCode, t.id),
    check('household_members_relation_code', codes.oneOf(t.relationToHead, codes.familyRelations)),
    check('household_members_dates', sql`${t.startsOn} <= ${t.endsOn}`),
    uniqueIndex('household_members_one_open').on(t.personId).where(sql`${t.endsOn} is null`),
    index('household_members_household').on(t.householdId, t.id),
    index('household_members_person').on(t.personId, t.id),
    index('household_members_subdistrict').on(t.subdistrictCode, t.id),
  ],
);

/**
 * Who is guardian of which child (dossier §3.1 HouseholdMember.guardianOf): a table and not a list of ids, so
 * that the child's side can be read too and each pair has its own dates. That the child is a minor is held
 * where the row is written: the birth date stands in another row.
 */
export const guardianships = publicSecurity.table(
  'guardianships',
  {
    id: uuid('id').primaryKey(),
    guardianMemberId: uuid('guardian_member_id')
      .notNull()
      .references(() => householdMembers.id),
    guardianId: uuid('guardian_id')
      .notNull()
      .references(() => migrants.id),
    childId: uuid('child_id')
      .notNull()
      .references(() => migrants.id),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    endsOn: date('ends_on', { mode: 'string' }),
    ...personTerritory(),
    ...provenance(),
  },
  (t) => [
    index('guardianships_station').on(t.stationCode, t.id),
    index('guardianships_neighbourhood').on(t.neighbourhoodCode, t.id),
    check('guardianships_of_another', sql`${t.guardianId} <> ${t.childId}`),
    check('guardianships_dates', sql`${t.startsOn} <= ${t.endsOn}`),
    uniqueIndex('guardianships_one_open').on(t.guardianId, t.childId).where(sql`${t.endsOn} is null`),
    index('guardianships_guardian_member').on(t.guardianMemberId, t.id),
    index('guardianships_child').on(t.childId, t.id),
    index('guardianships_subdistrict').on(t.subdistrictCode, t.id),
  ],
);

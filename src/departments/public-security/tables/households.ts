import { sql } from 'drizzle-orm';
import { check, index, integer, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { belongsTo, day, personTerritory } from '../../../store/columns.ts';
import { everyLevel, placeIndexes } from '../../../store/value-columns.ts';
import { code, recordTables } from '../../record-table.ts';
import { migrants } from './migrants.ts';

const table = recordTables('public_security');

/** People living together at one dwelling (dossier §3.1 Household); shielded when one member is. */
export const households = table(
  'households',
  {
    dwellingId: uuid('dwelling_id').notNull(),
    headId: uuid('head_id').references(() => migrants.id),
    memberCount: integer('member_count').notNull().default(1),
    ...personTerritory(),
  },
  (t) => [
    check('households_member_count', sql`${t.memberCount} >= 1`),
    index('households_dwelling').on(t.dwellingId, t.id),
    index('households_head').on(t.headId, t.id),
    index('households_member_count').on(t.memberCount, t.id),
    ...placeIndexes(t, undefined, everyLevel),
  ],
);

/** A person's time in a household (dossier §3.1 HouseholdMember). */
export const householdMembers = table(
  'household_members',
  {
    householdId: belongsTo('household_id', () => households.id),
    personId: belongsTo('person_id', () => migrants.id),
    relationToHead: code('relation_to_head', 'FamilyRelation', 'relation_code').notNull(),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on'),
    ...personTerritory(),
  },
  (t) => [
    ...placeIndexes(t, undefined, everyLevel),
    check('household_members_dates', sql`${t.startsOn} <= ${t.endsOn}`),
    uniqueIndex('household_members_one_open').on(t.personId).where(sql`${t.endsOn} is null`),
    index('household_members_household').on(t.householdId, t.id),
    index('household_members_person').on(t.personId, t.id),
  ],
);

/**
 * Who is guardian of which child (dossier §3.1 HouseholdMember.guardianOf): a table and not a list of ids, so
 * that the child's side can be read too and each pair has its own dates. That the child is a minor is held
 * where the row is written: the birth date stands in another row.
 */
export const guardianships = table(
  'guardianships',
  {
    guardianMemberId: belongsTo('guardian_member_id', () => householdMembers.id),
    guardianId: belongsTo('guardian_id', () => migrants.id),
    childId: belongsTo('child_id', () => migrants.id),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on'),
    ...personTerritory(),
  },
  (t) => [
    ...placeIndexes(t, undefined, everyLevel),
    check('guardianships_of_another', sql`${t.guardianId} <> ${t.childId}`),
    check('guardianships_dates', sql`${t.startsOn} <= ${t.endsOn}`),
    uniqueIndex('guardianships_one_open').on(t.guardianId, t.childId).where(sql`${t.endsOn} is null`),
    index('guardianships_guardian').on(t.guardianId),
    index('guardianships_guardian_member').on(t.guardianMemberId, t.id),
    index('guardianships_child').on(t.childId, t.id),
  ],
);

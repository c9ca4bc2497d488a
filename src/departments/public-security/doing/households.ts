import { type SQL, sql } from 'drizzle-orm';
import type { DepartmentDoing, RowColumn } from '../../../contract/doing/department-doing.ts';
import { parseCitizenId } from '../../../identifiers/citizen-id.ts';
import { today } from '../../../store/today.ts';
import {
  guardianships,
  households,
  householdMembers as members,
  migrants,
  residenceRegistrations as stays,
} from '../tables.ts';
import { countMembers, endGuardianships } from './memberships.ts';
import { personPlace, placeOfPerson } from './place.ts';

const livesAt = (person: SQL, dwelling: SQL): SQL =>
  sql`exists (select 1 from ${stays} where ${stays.personId} = ${person} and ${stays.status} <> 'CLOSED' and ${stays.dwellingId} = ${dwelling})`;

/** Years of age on a day, as a condition on the birth date. */
const bornBy = (person: SQL, day: SQL): SQL =>
  sql`exists (select 1 from ${migrants} where ${migrants.id} = ${person} and ${migrants.birthDate} <= ${day} - interval '18 years')`;

const dwellingOf = (row: RowColumn): SQL =>
  sql`(select ${households.dwellingId} from ${households} where ${households.id} = ${row(members.householdId)})`;

/** Households, their members, guardians and documents (dossier §3.1). */
export const householdsDoing: DepartmentDoing = {
  guards: {
    Household: {
      headLivesThere: {
        holds: (row) => livesAt(row(households.headId), row(households.dwellingId)),
        after: true,
        en: 'The head has no open registration at this dwelling.',
        zh: '户主在该房屋无有效居住登记。',
      },
      headIsMember: {
        holds: (row) =>
          sql`exists (select 1 from ${members} where ${members.householdId} = ${row(households.id)} and ${members.personId} = ${row(households.headId)} and ${members.endsOn} is null)`,
        after: true,
        en: 'The new head is no member of the household.',
        zh: '新户主不是该户成员。',
      },
    },
    HouseholdMember: {
      memberLivesThere: {
        holds: (row) => livesAt(row(members.personId), dwellingOf(row)),
        after: true,
        en: 'The person has no open registration at the dwelling of the household.',
        zh: '该人员在该户房屋无有效居住登记。',
      },
      memberFromToday: {
        holds: (row) => sql`${row(members.startsOn)} <= ${today}`,
        after: true,
        en: 'A membership begins today at the latest.',
        zh: '起始日期不得晚于今天。',
      },
      membershipOpen: {
        holds: (row) => sql`${row(members.endsOn)} is null`,
        en: 'The membership has ended already.',
        zh: '该户成员记录已终止。',
      },
    },
    Guardianship: {
      childIsMinor: {
        holds: (row) => sql`not ${bornBy(row(guardianships.childId), today)}`,
        after: true,
        field: 'child',
        en: 'The child is of full age.',
        zh: '被监护人已成年。',
      },
      guardianIsAdult: {
        holds: (row) => bornBy(row(guardianships.guardianId), today),
        after: true,
        en: 'The guardian is not of full age.',
        zh: '监护人未成年。',
      },
      guardianshipOpen: {
        holds: (row) => sql`${row(guardianships.endsOn)} is null`,
        en: 'The guardianship has ended already.',
        zh: '该监护关系已终止。',
      },
    },
  },
  fills: {
    placeHousehold: { sets: personPlace, fill: ({ given }, system) => placeOfPerson(given.headId, system) },
    placeMember: { sets: personPlace, fill: ({ given }, system) => placeOfPerson(given.personId, system) },
    placeDocument: { sets: personPlace, fill: ({ given }, system) => placeOfPerson(given.personId, system) },
    // A file may bring a wrong number, which is flagged; who enters one has it before the eyes.
    readResidentId: {
      sets: [],
      async fill({ given, row, today: asOf }) {
        const { kind, number } = { ...row, ...given };
        return kind !== 'RESIDENT_ID' || parseCitizenId(String(number), { asOf }).ok
          ? {}
          : { path: ['number'], en: 'This is no citizen identity number.', zh: '公民身份号码校验不正确。' };
      },
    },
    takeGuardian: {
      sets: ['guardianId', ...personPlace],
      async fill({ given }, system) {
        const member = await system.row('HouseholdMember', String(given.guardianMemberId));
        return { ...(await placeOfPerson(given.childId, system)), guardianId: member?.personId };
      },
    },
  },
  effects: {
    async enterHead({ id, today: day, outboxId }, system) {
      const household = await system.row('Household', id);
      if (!household?.headId) return;
      await system.make(
        'HouseholdMember',
        'enterHead',
        {
          householdId: id,
          personId: household.headId,
          relationToHead: 'HEAD',
          startsOn: day,
          ...(await placeOfPerson(household.headId, system)),
        },
        `${outboxId}:head`,
      );
    },
    async enterHousehold({ id }, system) {
      const member = await system.row('HouseholdMember', id);
      if (!member || member.endsOn !== null) return;
      const { householdId } = member;
      await system.change('Migrant', String(member.personId), 'changeHousehold', { householdId });
      await countMembers(String(householdId), system);
    },
    async quitHousehold({ id, today: day }, system) {
      const member = await system.row('HouseholdMember', id);
      if (!member) return;
      await endGuardianships(id, String(member.endsOn ?? day), system);
      const person = await system.row('Migrant', String(member.personId));
      if (person?.householdId === member.householdId)
        await system.change('Migrant', String(member.personId), 'changeHousehold', { householdId: null });
      await countMembers(String(member.householdId), system);
    },
  },
};

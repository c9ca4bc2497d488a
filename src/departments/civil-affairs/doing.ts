import { sql } from 'drizzle-orm';
import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { parseCitizenId } from '../../identifiers/citizen-id.ts';
import { ageOn, numbered, yearOf } from '../place-fills.ts';
import { papers } from './papers.ts';
import { marriageRegistrations as marriages } from './tables.ts';

/** The age from which one may marry, by sex (Marriage Law, article 6). */
const marriageable: Readonly<Record<string, number>> = { MALE: 22, FEMALE: 20 };
const parties = { partyAId: 'partyA', partyBId: 'partyB' } as const;

/** Conditions, fills and effects of civil affairs (dossier §3.9). */
export const doing: DepartmentDoing = {
  guards: {
    MarriageRegistration: {
      // The newest row of a party says whether the party is married; a new certificate changes nothing.
      partiesFree: {
        holds: (row) =>
          sql`${row(marriages.kind)} <> 'MARRIAGE' or not exists (
            select 1 from unnest(array[${row(marriages.partyAId)}, ${row(marriages.partyBId)}]) "party"("id") cross join lateral (
              select ${marriages.kind} as "kind" from ${marriages} where "party"."id" in (${marriages.partyAId}, ${marriages.partyBId}) and ${marriages.kind} <> 'REISSUE' and ${marriages.id} <> ${row(marriages.id)}
              order by ${marriages.registeredOn} desc, ${marriages.createdAt} desc limit 1) "newest" where "newest"."kind" = 'MARRIAGE')`,
        en: 'A party is married here already.',
        zh: '当事人在本区已有婚姻登记。',
      },
    },
  },
  fills: {
    numberAid: numbered(
      'civil_affairs',
      'aid_cases',
      'case_no',
      'caseNo',
      (filling) => `JZ${yearOf(filling)}`,
      6,
    ),
    // Their births are rows of another department, so only the program can look.
    partiesOfAge: {
      sets: [],
      async fill({ given, today }, system) {
        if ((given.kind ?? 'MARRIAGE') !== 'MARRIAGE') return {};
        if (given.partyBId != null)
          return {
            path: ['partyB'],
            en: 'One party has the household registration of Shanghai: give the resident.',
            zh: '一方须为本市户籍，请填写本市居民信息。',
          };
        const resident = parseCitizenId(String(given.residentCitizenIdNumber), { asOf: today });
        if (resident.ok) {
          const { sex, birthDate } = resident.value;
          if (ageOn(birthDate, String(given.registeredOn)) < (marriageable[sex] ?? 22))
            return {
              path: ['resident', 'citizenIdNumber'],
              en: 'This party is not of legal age.',
              zh: '该当事人未达法定婚龄。',
            };
        }
        for (const [property, field] of Object.entries(parties)) {
          const party = given[property] == null ? null : await system.row('Migrant', String(given[property]));
          if (!party) continue;
          const least = marriageable[String(party.sex)] ?? 22;
          if (ageOn(String(party.birthDate), String(given.registeredOn)) < least)
            return { path: [field], en: 'This party is not of legal age.', zh: '该当事人未达法定婚龄。' };
        }
        return {};
      },
    },
  },
  effects: {
    // The register learns that there is news, and none of its details (dossier §8.3).
    async tellMaritalStatus({ id }, system) {
      const marriage = await system.row('MarriageRegistration', id);
      if (!marriage || marriage.kind === 'REISSUE') return;
      for (const property of Object.keys(parties))
        if (marriage[property] != null)
          await system.change('Migrant', String(marriage[property]), 'tellMaritalStatus');
    },
  },
  papers,
};

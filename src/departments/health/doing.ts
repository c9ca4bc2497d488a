import { sql } from 'drizzle-orm';
import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { encodeNodeId } from '../../graph/node-id.ts';
import { today } from '../../store/today.ts';
import { agedBetween, numbered, placeOfLink, yearOf } from '../place-fills.ts';
import { papers } from './papers.ts';
import {
  unlicensedPracticeCases as cases,
  outbreakGrants as grants,
  epidemicSiteVisits as visits,
} from './tables.ts';

/** Conditions, fills and effects of health (dossier §3.7, §5.4). */
export const doing: DepartmentDoing = {
  guards: {
    EpidemicSiteVisit: {
      dayNotInFuture: {
        holds: (row) => sql`${row(visits.visitedOn)} <= ${today}`,
        en: 'The day of the visit has not come yet.',
        zh: '检查日期未到。',
      },
      rectificationOpen: {
        holds: (row) => sql`${row(visits.rectifyBy)} is not null and ${row(visits.rectifiedOn)} is null`,
        en: 'Nothing is to be put right, or it is already.',
        zh: '无待整改事项，或已整改。',
      },
    },
    UnlicensedPracticeCase: {
      operatorNamed: {
        holds: (row) => sql`${row(cases.operatorName)} is not null`,
        en: 'Enter first who practised.',
        zh: '请先登记当事人。',
      },
    },
  },
  fills: {
    numberCard: numbered(
      'health',
      'infectious_reports',
      'card_no',
      'cardNo',
      (filling) => `310107-${yearOf(filling)}-`,
      6,
    ),
    numberPracticeCase: numbered(
      'health',
      'unlicensed_practice_cases',
      'case_no',
      'caseNo',
      (filling) => `PTHLT${yearOf(filling)}`,
      4,
    ),
    placeOfSanitation: placeOfLink,
    granteeOfGrant: {
      sets: ['granteeId'],
      async fill({ given }, system) {
        const grant = await system.row('AccessGrant', String(given.grantId));
        return { granteeId: grant?.granteeId };
      },
    },
    childUnderFifteen: agedBetween('childId', 'child', 0, 14),
  },
  effects: {
    // Grants that were given for the outbreak, or name it as their record, end with it.
    async revokeOutbreakGrants({ id }, system) {
      const attached = await system.rows<{ id: string }>(
        'health',
        sql`select ${grants.grantId} as id from ${grants} where ${grants.outbreakId} = ${id}`,
      );
      const named = await system.rows<{ id: string }>(
        'organisation',
        sql`select id from organisation.access_grants where record_ref = ${encodeNodeId('OutbreakResponse', id)}`,
      );
      for (const grant of [...attached, ...named])
        await system.change('AccessGrant', grant.id, 'endWithCase');
    },
  },
  papers,
};

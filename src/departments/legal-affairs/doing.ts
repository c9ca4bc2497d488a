import { sql } from 'drizzle-orm';
import type { DepartmentDoing, EffectFunction } from '../../contract/doing/department-doing.ts';
import { administrativeActReviews as reviews } from './tables.ts';

/** So many times a number that somebody else has taken meanwhile is made anew. */
const mostAttempts = 5;
/** What would name a person: the check of the table refuses it. */
const longNumber = /[0-9０-９]{11,}[Xx]?/g;

/** An adverse act goes to the office with its grounds and remedy, without the person (dossier §8.4). */
const reportAct: EffectFunction = async ({ record, id, unit, today, outboxId }, system) => {
  const act = await system.row(record, id);
  if (!act?.decisionDecidedOn) return;
  const reasons = String(act.decisionReasons).replace(longNumber, '…').slice(0, 1000);
  const values = {
    unitId: unit,
    actId: id,
    decisionLegalBasis: act.decisionLegalBasis,
    decisionReasons: reasons,
    decisionDecidedBy: unit,
    decisionDecidedOn: act.decisionDecidedOn,
    decisionRemedyNotice: act.decisionRemedyNotice,
  };
  const start = `FZ${today.slice(0, 4)}-`;
  for (let attempt = 1; ; attempt++) {
    const [last] = await system.rows<{ serial: number | null }>(
      'legal_affairs',
      sql`select max(right(${reviews.actRef}, 5))::int as serial from ${reviews} where ${reviews.actRef} like ${`${start}%`}`,
    );
    const actRef = start + String(Number(last?.serial ?? 0) + 1).padStart(5, '0');
    try {
      await system.make('AdministrativeActReview', 'receive', { ...values, actRef }, `${record}:${outboxId}`);
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== '23505' || attempt === mostAttempts) throw error;
    }
  }
};

/** Conditions and effects of legal reviews (dossier §3.16). */
export const doing: DepartmentDoing = {
  guards: {
    AdministrativeActReview: {
      actNotReviewed: {
        holds: (row) => sql`jsonb_array_length(${row(reviews.checks)}) = 0`,
        en: 'The act has been examined already.',
        zh: '该行政行为已审查。',
      },
      checksMade: {
        after: true,
        holds: (row) => sql`jsonb_array_length(${row(reviews.checks)}) > 0`,
        en: 'Say at least of one point how it came out.',
        zh: '至少填写一项审查结果。',
      },
      faultOpen: {
        holds: (row) =>
          sql`${row(reviews.checks)} @> '[{"isPassed": false}]' and ${row(reviews.correctedOn)} is null`,
        en: 'Nothing of the act is to be put right.',
        zh: '该行政行为没有待整改的问题。',
      },
    },
  },
  effects: { reportAct },
};

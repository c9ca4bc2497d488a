import { sql } from 'drizzle-orm';
import type {
  DepartmentDoing,
  EffectFunction,
  Fill,
  RowColumn,
} from '../../contract/doing/department-doing.ts';
import { faultAt } from '../doing-fills.ts';
import { talentApplications as applications, talentFamilyMembers as family } from './tables.ts';

const notEvaluated = (row: RowColumn) => sql`${row(applications.evaluation)} is null`;
const evaluated = { en: 'The talent has been evaluated already.', zh: '人才评价已完成。' } as const;

/** The application itself is the permit office's; the talent's part takes applicant and shield from it. */
const applicationOfTalent: Fill = {
  sets: ['applicantId', 'shielded'],
  async fill({ given }, system) {
    const [found] = await system.rows<{ applicantId: string; shielded: boolean; open: boolean }>(
      'permits',
      sql`select applicant_id as "applicantId", shielded, permit_type = 'TALENT' and status = 'SUBMITTED' as open
        from permits.permit_applications where id = ${given.applicationId}`,
    );
    if (!found?.open)
      return faultAt(
        ['application'],
        'This is no submitted application for a talent permit.',
        '该申请不是已提交的人才居住证申请。',
      );
    return { applicantId: found.applicantId, shielded: found.shielded };
  },
};

/** Services are for holders of a talent permit (clause PER-b). */
const holdsTalentPermit: Fill = {
  sets: [],
  async fill({ given }, system) {
    const found = await system.rows(
      'permits',
      sql`select id from permits.residence_permits where holder_id = ${given.personId} and type = 'TALENT' and status = 'ACTIVE'`,
    );
    return found.length > 0
      ? {}
      : faultAt(['person'], 'This person holds no talent permit.', '该人员未持有人才居住证。');
  },
};

/** With the talent's part the application is accepted. */
const acceptPermitApplication: EffectFunction = async ({ id }, system) => {
  const part = await system.row('TalentApplication', id);
  if (part) await system.change('PermitApplication', String(part.applicationId), 'acceptForTalent');
};

/** Conditions and effects of talents' applications and services (dossier §3.5). */
export const doing: DepartmentDoing = {
  guards: {
    TalentApplication: { notEvaluated: { holds: notEvaluated, ...evaluated } },
    TalentFamilyMember: {
      applicationNotEvaluated: {
        holds: (row) =>
          sql`exists (select 1 from ${applications} where ${applications.id} = ${row(family.talentApplicationId)} and ${applications.evaluation} is null)`,
        ...evaluated,
      },
    },
  },
  fills: { applicationOfTalent, holdsTalentPermit },
  effects: { acceptPermitApplication },
};

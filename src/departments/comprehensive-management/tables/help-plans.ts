import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { allOf, oneOf } from '../../../store/code-check.ts';
import { day, provenance } from '../../../store/columns.ts';
import { codes } from '../codes.ts';
import { comprehensiveManagement } from '../pg-schema.ts';

/**
 * Help plans (dossier §3.12 YouthHelpPlan). There is none without the guardian's consent, and none that rests on
 * anything but a family's request or a recorded case (§0.2). No territory: no sub-district and no station has them.
 */
export const youthHelpPlans = comprehensiveManagement.table(
  'youth_help_plans',
  {
    id: uuid('id').primaryKey(),
    youngId: uuid('young_id').notNull(),
    ageAtStart: integer('age_at_start').notNull(),
    basis: text('basis').notNull(),
    guardianConsentOn: day('guardian_consent_on').notNull(),
    officerId: text('officer_id').notNull(),
    goals: text('goals').array().notNull(),
    supports: text('supports').array().notNull(),
    startsOn: day('starts_on').notNull(),
    reviewOn: day('review_on').notNull(),
    endsOn: day('ends_on'),
    status: text('status').notNull().default('CONSENTED'),
    isSealed: boolean('is_sealed').notNull().default(false),
    ...provenance(),
  },
  (t) => [
    check('youth_help_plans_age', sql`${t.ageAtStart} between 6 and 17`),
    check('youth_help_plans_basis_code', oneOf(t.basis, codes.HelpBasis)),
    check('youth_help_plans_consent_first', sql`${t.guardianConsentOn} <= ${t.startsOn}`),
    check('youth_help_plans_goals_codes', allOf(t.goals, codes.HelpGoal)),
    check('youth_help_plans_supports_codes', allOf(t.supports, codes.HelpSupport)),
    check('youth_help_plans_given', sql`cardinality(${t.goals}) >= 1 and cardinality(${t.supports}) >= 1`),
    check('youth_help_plans_term', sql`${t.startsOn} <= ${t.reviewOn} and ${t.startsOn} <= ${t.endsOn}`),
    check('youth_help_plans_status_code', oneOf(t.status, codes.YouthHelpPlanStatus)),
    check('youth_help_plans_ended_has_day', sql`${t.status} <> 'ENDED' or ${t.endsOn} is not null`),
    check('youth_help_plans_sealed', sql`(${t.status} = 'SEALED') = ${t.isSealed}`),
    index('youth_help_plans_officer').on(t.officerId, t.id),
    index('youth_help_plans_starts').on(t.startsOn, t.id),
    index('youth_help_plans_review').on(t.reviewOn, t.id),
  ],
);

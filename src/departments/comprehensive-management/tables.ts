import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { belongsTo, day } from '../../store/columns.ts';
import { impersonal } from '../../store/free-text.ts';
import { place, placeCheck, placeIndexes } from '../../store/value-columns.ts';
import { code, codeList, recordTables } from '../record-table.ts';

const table = recordTables('comprehensive_management');

/** Safety activities of residents (dossier §3.12 CommunitySafetyActivity); published. */
export const communitySafetyActivities = table(
  'community_safety_activities',
  {
    kind: code('kind', 'SafetyActivityKind').notNull(),
    ...place(),
    subdistrictCode: text('subdistrict_code').notNull(),
    occurredOn: day('occurred_on').notNull(),
    volunteers: integer('volunteers'),
  },
  (t) => [
    check('community_safety_activities_place_impersonal', impersonal(t.placeName)),
    placeCheck('community_safety_activities_place', t),
    check('community_safety_activities_volunteers', sql`${t.volunteers} >= 0`),
    index('community_safety_activities_subdistrict').on(t.subdistrictCode, t.occurredOn, t.id),
    index('community_safety_activities_occurred').on(t.occurredOn, t.id),
    index('community_safety_activities_volunteers_order').on(t.volunteers, t.id),
  ],
);

/** Activities for all young people of a place (dossier §3.12 YouthPreventionActivity). */
export const youthPreventionActivities = table(
  'youth_prevention_activities',
  {
    topic: code('topic', 'YouthActivityTopic').notNull(),
    ...place(),
    subdistrictCode: text('subdistrict_code').notNull(),
    participantCodes: text('participant_codes').array().notNull(),
    occurredOn: day('occurred_on').notNull(),
    attendance: integer('attendance'),
  },
  (t) => [
    check('youth_prevention_activities_place_impersonal', impersonal(t.placeName)),
    placeCheck('youth_prevention_activities_place', t),
    check('youth_prevention_activities_participants', sql`cardinality(${t.participantCodes}) >= 1`),
    check('youth_prevention_activities_attendance', sql`${t.attendance} >= 0`),
    ...placeIndexes(t, t.occurredOn),
    index('youth_prevention_activities_occurred').on(t.occurredOn, t.id),
    index('youth_prevention_activities_attendance_order').on(t.attendance, t.id),
  ],
);

/**
 * Help plans (dossier §3.12 YouthHelpPlan). No help is given without the guardian's consent, which a proposal
 * waits for, and none rests on anything but a family's request or a recorded case (§0.2). No territory: no sub-district and no station has them.
 */
export const youthHelpPlans = table(
  'youth_help_plans',
  {
    youngId: uuid('young_id').notNull(),
    ageAtStart: integer('age_at_start').notNull(),
    comesOfAgeOn: day('comes_of_age_on'),
    basis: code('basis', 'HelpBasis').notNull(),
    guardianConsentOn: day('guardian_consent_on'),
    officerId: text('officer_id').notNull(),
    goals: codeList('goals', 'HelpGoal').notNull(),
    supports: codeList('supports', 'HelpSupport').notNull(),
    startsOn: day('starts_on').notNull(),
    reviewOn: day('review_on').notNull(),
    endsOn: day('ends_on'),
    status: code('status', 'YouthHelpPlanStatus').notNull().default('CONSENTED'),
    isSealed: boolean('is_sealed').notNull().default(false),
  },
  (t) => [
    check('youth_help_plans_age', sql`${t.ageAtStart} between 6 and 17`),
    check('youth_help_plans_of_age_later', sql`${t.startsOn} < ${t.comesOfAgeOn}`),
    check('youth_help_plans_consent_first', sql`${t.guardianConsentOn} <= ${t.startsOn}`),
    // A proposal that found no consent is sealed, so that nobody reads it.
    check(
      'youth_help_plans_consent_given',
      sql`${t.status} in ('PROPOSED', 'SEALED') or ${t.guardianConsentOn} is not null`,
    ),
    check('youth_help_plans_given', sql`cardinality(${t.goals}) >= 1 and cardinality(${t.supports}) >= 1`),
    // The guardian may end it at any time, also before it has begun.
    check(
      'youth_help_plans_term',
      sql`${t.startsOn} <= ${t.reviewOn} and ${t.guardianConsentOn} <= ${t.endsOn}`,
    ),
    check('youth_help_plans_ended_has_day', sql`${t.status} <> 'ENDED' or ${t.endsOn} is not null`),
    check('youth_help_plans_sealed', sql`(${t.status} = 'SEALED') = ${t.isSealed}`),
    index('youth_help_plans_officer').on(t.officerId, t.id),
    index('youth_help_plans_starts').on(t.startsOn, t.id),
    index('youth_help_plans_review').on(t.reviewOn, t.id),
  ],
);

/** Problems of places that units solve together (dossier §3.12 GovernanceMatter). */
export const governanceMatters = table(
  'governance_matters',
  {
    title: text('title').notNull(),
    kind: code('kind', 'GovernanceMatterKind').notNull(),
    ...place(),
    subdistrictCode: text('subdistrict_code').notNull(),
    participantCodes: text('participant_codes').array().notNull(),
    leadId: text('lead_id').notNull(),
    status: code('status', 'MatterStatus').notNull().default('OPEN'),
    openedOn: day('opened_on').notNull(),
    closedOn: day('closed_on'),
  },
  (t) => [
    check('governance_matters_title_impersonal', impersonal(t.title)),
    check('governance_matters_place_impersonal', impersonal(t.placeName)),
    placeCheck('governance_matters_place', t),
    check('governance_matters_lead_takes_part', sql`${t.leadId} = any(${t.participantCodes})`),
    check('governance_matters_closed_has_day', sql`(${t.status} = 'CLOSED') = (${t.closedOn} is not null)`),
    check('governance_matters_term', sql`${t.openedOn} <= ${t.closedOn}`),
    ...placeIndexes(t, t.openedOn),
    index('governance_matters_neighbourhood').on(t.neighbourhoodCode, t.id),
    index('governance_matters_dwelling').on(t.dwellingId, t.openedOn, t.id),
    index('governance_matters_premises').on(t.premisesId, t.openedOn, t.id),
    index('governance_matters_participants').using('gin', t.participantCodes),
    index('governance_matters_opened').on(t.openedOn, t.id),
    index('governance_matters_title').on(t.title, t.id),
  ],
);

/** What a unit is to do in a matter (dossier §3.12 MatterAction). */
export const governanceActions = table(
  'governance_actions',
  {
    matterId: belongsTo('matter_id', () => governanceMatters.id),
    unitId: text('unit_id').notNull(),
    what: text('what').notNull(),
    dueOn: day('due_on').notNull(),
    doneOn: day('done_on'),
  },
  (t) => [
    check('governance_actions_what_impersonal', impersonal(t.what, 300)),
    index('governance_actions_matter').on(t.matterId, t.dueOn, t.id),
    index('governance_actions_due').on(t.dueOn, t.id),
  ],
);

import { sql } from 'drizzle-orm';
import { check, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { belongsTo, day, shield } from '../../store/columns.ts';
import { code, recordTables } from '../record-table.ts';

const table = recordTables('personnel');

/** Posts of units (dossier §3.5 StaffingPost). */
export const staffingPosts = table(
  'staffing_posts',
  {
    unitId: text('unit_id').notNull(),
    title: text('title').notNull(),
    role: code('role', 'PostRole').notNull(),
    establishment: code('establishment', 'Establishment').notNull(),
    quota: integer('quota').notNull(),
    filled: integer('filled').notNull(),
  },
  (t) => [
    check('staffing_posts_filled', sql`${t.filled} between 0 and ${t.quota}`),
    // Clause IV-2a: one or two work full-time in the population office of a sub-district or town.
    check(
      'staffing_posts_population_office',
      sql`left(${t.unitId}, 7) <> 'PT-SPO-' or (${t.quota} between 1 and 2 and ${t.role} = 'STAFF')`,
    ),
    unique('staffing_posts_once').on(t.unitId, t.role, t.title),
    index('staffing_posts_unit').on(t.unitId, t.id),
  ],
);

/** Talents' parts of applications (dossier §3.5 TalentApplication); no territory: no sub-district has them. */
export const talentApplications = table(
  'talent_applications',
  {
    applicationId: uuid('application_id').notNull().unique(),
    applicantId: uuid('applicant_id').notNull(),
    degree: code('degree', 'AcademicDegree').notNull(),
    discipline: text('discipline'),
    professionalTitle: text('professional_title'),
    sponsorId: uuid('sponsor_id').notNull(),
    card: code('card', 'TalentCard').notNull(),
    termYears: integer('term_years').notNull(),
    evaluation: text('evaluation'),
    ...shield(),
  },
  (t) => [
    check('talent_applications_title_form', sql`${t.professionalTitle} ~ '^[0-9]{3}$'`),
    check('talent_applications_term', sql`${t.termYears} in (1, 3, 5)`),
    check('talent_applications_evaluation_length', sql`char_length(${t.evaluation}) between 1 and 1000`),
    index('talent_applications_applicant').on(t.applicantId, t.id),
  ],
);

/** Family who come along with a talent. */
export const talentFamilyMembers = table(
  'talent_family_members',
  {
    talentApplicationId: belongsTo('talent_application_id', () => talentApplications.id),
    migrantId: uuid('migrant_id').notNull(),
    ...shield(),
  },
  (t) => [
    unique('talent_family_members_once').on(t.talentApplicationId, t.migrantId),
    index('talent_family_members_migrant').on(t.migrantId),
  ],
);

/** Services to talents who hold a permit (dossier §3.5 TalentService). */
export const talentServices = table(
  'talent_services',
  {
    personId: uuid('person_id').notNull(),
    kind: code('kind', 'TalentServiceKind').notNull(),
    occurredOn: day('occurred_on').notNull(),
    ...shield(),
  },
  (t) => [
    index('talent_services_person').on(t.personId, t.occurredOn, t.id),
    index('talent_services_occurred').on(t.occurredOn, t.id),
  ],
);

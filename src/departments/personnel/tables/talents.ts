import { sql } from 'drizzle-orm';
import { check, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { day, provenance, shield } from '../../../store/columns.ts';
import { codes } from '../codes.ts';
import { personnel } from '../pg-schema.ts';

/** Talents' parts of applications (dossier §3.5 TalentApplication); no territory: no sub-district has them. */
export const talentApplications = personnel.table(
  'talent_applications',
  {
    id: uuid('id').primaryKey(),
    applicationId: uuid('application_id').notNull().unique(),
    applicantId: uuid('applicant_id').notNull(),
    degree: text('degree').notNull(),
    discipline: text('discipline'),
    professionalTitle: text('professional_title'),
    sponsorId: uuid('sponsor_id').notNull(),
    card: text('card').notNull(),
    termYears: integer('term_years').notNull(),
    evaluation: text('evaluation'),
    ...shield(),
    ...provenance(),
  },
  (t) => [
    check('talent_applications_degree_code', oneOf(t.degree, codes.AcademicDegree)),
    check('talent_applications_title_form', sql`${t.professionalTitle} ~ '^[0-9]{3}$'`),
    check('talent_applications_card_code', oneOf(t.card, codes.TalentCard)),
    check('talent_applications_term', sql`${t.termYears} in (1, 3, 5)`),
    check('talent_applications_evaluation_length', sql`char_length(${t.evaluation}) between 1 and 1000`),
    index('talent_applications_applicant').on(t.applicantId, t.id),
  ],
);

/** Family who come along with a talent. */
export const talentFamilyMembers = personnel.table(
  'talent_family_members',
  {
    id: uuid('id').primaryKey(),
    talentApplicationId: uuid('talent_application_id')
      .notNull()
      .references(() => talentApplications.id),
    personId: uuid('person_id').notNull(),
    ...shield(),
    ...provenance(),
  },
  (t) => [
    unique('talent_family_members_once').on(t.talentApplicationId, t.personId),
    index('talent_family_members_person').on(t.personId),
  ],
);

/** Services to talents who hold a permit (dossier §3.5 TalentService). */
export const talentServices = personnel.table(
  'talent_services',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id').notNull(),
    kind: text('kind').notNull(),
    occurredOn: day('occurred_on').notNull(),
    ...shield(),
    ...provenance(),
  },
  (t) => [
    check('talent_services_kind_code', oneOf(t.kind, codes.TalentServiceKind)),
    index('talent_services_person').on(t.personId, t.occurredOn, t.id),
    index('talent_services_occurred').on(t.occurredOn, t.id),
  ],
);

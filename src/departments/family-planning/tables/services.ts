import { sql } from 'drizzle-orm';
import { check, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { day, personTerritory, provenance } from '../../../store/columns.ts';
import { codes } from '../codes.ts';
import { familyPlanning } from '../pg-schema.ts';
import { marriageFertilityCertificates } from './certificates.ts';

/** The register of voluntary services (dossier §3.6 FamilyPlanningRecord), one row a person. */
export const familyPlanningRecords = familyPlanning.table(
  'family_planning_records',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id').notNull().unique(),
    childrenCount: integer('children_count'),
    certificateId: uuid('certificate_id').references(() => marriageFertilityCertificates.id),
    serviceContactName: text('service_contact_name'),
    serviceContactRelation: text('service_contact_relation'),
    serviceContactPhone: text('service_contact_phone'),
    homeCommission: text('home_commission').notNull(),
    consentOn: day('consent_on'),
    nextServiceOn: day('next_service_on'),
    updatedOn: day('updated_on').notNull(),
    ...personTerritory(),
    // The sub-district sees the rows of this place: none without consent on file.
    reminderSubdistrictCode: text('reminder_subdistrict_code').generatedAlwaysAs(
      sql`case when consent_on is not null then subdistrict_code end`,
    ),
    ...provenance(),
  },
  (t) => [
    check('family_planning_records_children', sql`${t.childrenCount} between 0 and 15`),
    index('family_planning_records_subdistrict').on(t.reminderSubdistrictCode, t.id),
    index('family_planning_records_next_service').on(t.nextServiceOn, t.id),
    index('family_planning_records_updated').on(t.updatedOn, t.id),
  ],
);

/** Services with consent (dossier §3.6 FamilyPlanningService). Without a place: the commission's alone. */
export const familyPlanningServices = familyPlanning.table(
  'family_planning_services',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id').notNull(),
    consentOn: day('consent_on').notNull(),
    kind: text('kind').notNull(),
    occurredOn: day('occurred_on').notNull(),
    provider: text('provider').notNull(),
    ...provenance(),
  },
  (t) => [
    check('family_planning_services_kind_code', oneOf(t.kind, codes.FamilyPlanningServiceKind)),
    check('family_planning_services_consent_first', sql`${t.consentOn} <= ${t.occurredOn}`),
    index('family_planning_services_person').on(t.personId, t.id),
    index('family_planning_services_occurred').on(t.occurredOn, t.id),
  ],
);

/** Notices to the home county (dossier §3.6 PregnancyNotice, states §5.4). Without a place, as above. */
export const pregnancyNotices = familyPlanning.table(
  'pregnancy_notices',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id').notNull(),
    toDivision: text('to_division').notNull(),
    informedOn: day('informed_on'),
    sentOn: day('sent_on'),
    acknowledgedOn: day('acknowledged_on'),
    status: text('status').notNull().default('DRAFT'),
    ...provenance(),
  },
  (t) => [
    check('pregnancy_notices_status_code', oneOf(t.status, codes.PregnancyNoticeStatus)),
    check('pregnancy_notices_division_form', sql`${t.toDivision} ~ '^[0-9]{6}$'`),
    // Cannot be sent before the woman was told.
    check(
      'pregnancy_notices_informed_first',
      sql`(${t.status} in ('DRAFT', 'WITHDRAWN') or ${t.informedOn} is not null) and (${t.sentOn} is null or coalesce(${t.informedOn} <= ${t.sentOn}, false))`,
    ),
    check(
      'pregnancy_notices_sent',
      sql`(${t.sentOn} is not null) = (${t.status} in ('SENT', 'ACKNOWLEDGED'))`,
    ),
    check(
      'pregnancy_notices_acknowledged',
      sql`(${t.acknowledgedOn} is not null) = (${t.status} = 'ACKNOWLEDGED') and ${t.acknowledgedOn} >= ${t.sentOn}`,
    ),
    index('pregnancy_notices_person').on(t.personId, t.id),
    index('pregnancy_notices_sent_order').on(t.sentOn, t.id),
  ],
);

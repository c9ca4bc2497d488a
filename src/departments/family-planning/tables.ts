import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { day, personTerritory } from '../../store/columns.ts';
import { folded } from '../../store/folded.ts';
import { code, recordTables } from '../record-table.ts';

const table = recordTables('family_planning');

/** Joint checks of several departments (dossier §3.6 JointCheckAction). */
export const jointCheckActions = table(
  'joint_check_actions',
  {
    title: text('title').notNull(),
    plannedOn: day('planned_on').notNull(),
    participantCodes: text('participant_codes').array().notNull(),
    territory: text('territory').array().notNull(),
    legalBasis: text('legal_basis').notNull(),
    checkedCount: integer('checked_count'),
    issuesCount: integer('issues_count'),
  },
  (t) => [
    check('joint_check_actions_participants', sql`cardinality(${t.participantCodes}) >= 1`),
    check('joint_check_actions_territory', sql`cardinality(${t.territory}) >= 1`),
    check('joint_check_actions_basis_given', sql`btrim(${t.legalBasis}) <> ''`),
    check(
      'joint_check_actions_counts',
      sql`${t.checkedCount} >= 0 and ${t.issuesCount} between 0 and ${t.checkedCount}`,
    ),
    index('joint_check_actions_planned').on(t.plannedOn, t.id),
    index('joint_check_actions_title').on(t.title, t.id),
  ],
);

/** Education events (dossier §3.6 FpActivity). */
export const familyPlanningActivities = table(
  'family_planning_activities',
  {
    topic: code('topic', 'FamilyPlanningTopic').notNull(),
    occurredOn: day('occurred_on').notNull(),
    subdistrictCode: text('subdistrict_code').notNull(),
    participantCodes: text('participant_codes').array().notNull(),
    attendance: integer('attendance'),
  },
  (t) => [
    check('family_planning_activities_attendance', sql`${t.attendance} >= 0`),
    index('family_planning_activities_subdistrict').on(t.subdistrictCode, t.occurredOn, t.id),
    index('family_planning_activities_occurred').on(t.occurredOn, t.id),
  ],
);

/** Certificates of the home place (dossier §3.6 MarriageFertilityCertificate). */
export const marriageFertilityCertificates = table(
  'marriage_fertility_certificates',
  {
    certificateNo: text('certificate_no').notNull().unique(),
    holderId: uuid('holder_id').notNull(),
    issuingDivision: text('issuing_division').notNull(),
    issuedOn: day('issued_on').notNull(),
    validTo: day('valid_to'),
    ...personTerritory(),
  },
  (t) => [
    check('marriage_fertility_certificates_no_length', sql`char_length(${t.certificateNo}) between 1 and 30`),
    check('marriage_fertility_certificates_division_form', sql`${t.issuingDivision} ~ '^[0-9]{6}$'`),
    check('marriage_fertility_certificates_validity', sql`${t.issuedOn} <= ${t.validTo}`),
    index('marriage_fertility_certificates_folded_no').on(folded(t.certificateNo)),
    index('marriage_fertility_certificates_holder').on(t.holderId, t.id),
    index('marriage_fertility_certificates_subdistrict').on(t.subdistrictCode, t.id),
    index('marriage_fertility_certificates_valid_to').on(t.validTo, t.id),
  ],
);

/** Checks of these by the sub-district of residence (dossier §3.6 CertificateCheck). */
export const certificateChecks = table(
  'certificate_checks',
  {
    personId: uuid('person_id').notNull(),
    checkedById: text('checked_by_id').notNull(),
    result: code('result', 'CertificateCheckResult').notNull(),
    checkedOn: day('checked_on').notNull(),
    followUpBy: day('follow_up_by'),
    noticeGiven: boolean('notice_given').notNull(),
    /** Where the person lived when the check was made, and the day on which the person left (the database keeps both). */
    formerSubdistrict: text('former_subdistrict'),
    leftOn: day('left_on'),
    ...personTerritory(),
  },
  (t) => [
    check('certificate_checks_by_subdistrict', sql`${t.checkedById} ~ '^PT-SUB-[0-9]{3}$'`),
    check('certificate_checks_follow_up', sql`${t.followUpBy} >= ${t.checkedOn}`),
    check('certificate_checks_notice_first', sql`${t.followUpBy} is null or ${t.noticeGiven}`),
    index('certificate_checks_person').on(t.personId, t.id),
    index('certificate_checks_subdistrict').on(t.subdistrictCode, t.checkedOn, t.id),
    index('certificate_checks_checked').on(t.checkedOn, t.id),
    index('certificate_checks_follow_up_order').on(t.followUpBy, t.id),
  ],
);

/** The register of voluntary services (dossier §3.6 FamilyPlanningRecord), one row a person. */
export const familyPlanningRecords = table(
  'family_planning_records',
  {
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
  },
  (t) => [
    check('family_planning_records_children', sql`${t.childrenCount} between 0 and 15`),
    index('family_planning_records_subdistrict').on(t.reminderSubdistrictCode, t.id),
    index('family_planning_records_next_service').on(t.nextServiceOn, t.id),
    index('family_planning_records_updated').on(t.updatedOn, t.id),
  ],
);

/** Services with consent (dossier §3.6 FamilyPlanningService). Without a place: the commission's alone. */
export const familyPlanningServices = table(
  'family_planning_services',
  {
    personId: uuid('person_id').notNull(),
    consentOn: day('consent_on').notNull(),
    kind: code('kind', 'FamilyPlanningServiceKind').notNull(),
    occurredOn: day('occurred_on').notNull(),
    provider: text('provider').notNull(),
  },
  (t) => [
    check('family_planning_services_consent_first', sql`${t.consentOn} <= ${t.occurredOn}`),
    index('family_planning_services_person').on(t.personId, t.id),
    index('family_planning_services_occurred').on(t.occurredOn, t.id),
  ],
);

/** Notices to the home county (dossier §3.6 PregnancyNotice, states §5.4). Without a place, as above. */
export const pregnancyNotices = table(
  'pregnancy_notices',
  {
    personId: uuid('person_id').notNull(),
    toDivision: text('to_division').notNull(),
    informedOn: day('informed_on'),
    sentOn: day('sent_on'),
    acknowledgedOn: day('acknowledged_on'),
    status: code('status', 'PregnancyNoticeStatus').notNull().default('DRAFT'),
  },
  (t) => [
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

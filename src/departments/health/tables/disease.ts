import { sql } from 'drizzle-orm';
import { check, index, text, unique, uuid } from 'drizzle-orm/pg-core';
import { allOf, oneOf } from '../../../store/code-check.ts';
import { day, instant, provenance } from '../../../store/columns.ts';
import { place, placeCheck, placeIndexes } from '../../../store/value-columns.ts';
import { caseStates } from '../../case-states.ts';
import { codes } from '../codes.ts';
import { health } from '../pg-schema.ts';

/** Report cards (dossier §3.7 InfectiousReport, states §5.4). */
export const infectiousReports = health.table(
  'infectious_reports',
  {
    id: uuid('id').primaryKey(),
    cardNo: text('card_no').notNull().unique(),
    // Null until matched by hand: a card need not carry an identity number.
    patientId: uuid('patient_id'),
    snapshotName: text('snapshot_name').notNull(),
    snapshotSex: text('snapshot_sex').notNull(),
    snapshotBirthDate: day('snapshot_birth_date'),
    snapshotOccupationGroup: text('snapshot_occupation_group'),
    snapshotGuardianName: text('snapshot_guardian_name'),
    patientOrigin: text('patient_origin').notNull(),
    residenceRoad: text('residence_road'),
    residenceLane: text('residence_lane'),
    residenceBuilding: text('residence_building'),
    residenceRoom: text('residence_room'),
    residenceNeighbourhoodCode: text('residence_neighbourhood_code'),
    residenceSubdistrictCode: text('residence_subdistrict_code'),
    disease: text('disease').notNull(),
    caseType: text('case_type').notNull(),
    onsetOn: day('onset_on').notNull(),
    diagnosedAt: instant('diagnosed_at').notNull(),
    diedOn: day('died_on'),
    reportedAt: instant('reported_at').notNull(),
    reportKind: text('report_kind').notNull().default('INITIAL'),
    reportingUnit: text('reporting_unit').notNull(),
    status: text('status').notNull().default('REPORTED'),
    ...provenance(),
  },
  (t) => [
    check('infectious_reports_sex_code', oneOf(t.snapshotSex, ['UNKNOWN', 'MALE', 'FEMALE', 'NOT_STATED'])),
    check('infectious_reports_origin_code', oneOf(t.patientOrigin, codes.PatientOrigin)),
    check('infectious_reports_disease_code', oneOf(t.disease, codes.NotifiableDisease)),
    check('infectious_reports_case_type_code', oneOf(t.caseType, codes.DiseaseCaseType)),
    check('infectious_reports_kind_code', oneOf(t.reportKind, codes.DiseaseReportKind)),
    check('infectious_reports_status_code', oneOf(t.status, codes.DiseaseReportStatus)),
    check(
      'infectious_reports_onset',
      sql`${t.onsetOn} <= (${t.diagnosedAt} at time zone 'Asia/Shanghai')::date and ${t.onsetOn} <= ${t.diedOn}`,
    ),
    check('infectious_reports_reported', sql`${t.diagnosedAt} <= ${t.reportedAt}`),
    index('infectious_reports_patient').on(t.patientId, t.id),
    index('infectious_reports_onset_order').on(t.onsetOn, t.id),
    index('infectious_reports_reported_order').on(t.reportedAt, t.id),
    index('infectious_reports_disease').on(t.disease, t.reportedAt, t.id),
  ],
);

/** What was done against outbreaks (dossier §3.7 OutbreakResponse). */
export const outbreakResponses = health.table(
  'outbreak_responses',
  {
    id: uuid('id').primaryKey(),
    disease: text('disease').notNull(),
    ...place(),
    openedOn: day('opened_on').notNull(),
    closedOn: day('closed_on'),
    status: text('status').notNull(),
    measures: text('measures').array().notNull(),
    ...provenance(),
  },
  (t) => [
    check('outbreak_responses_disease_code', oneOf(t.disease, codes.NotifiableDisease)),
    placeCheck('outbreak_responses_place', t),
    check('outbreak_responses_term', sql`${t.openedOn} <= ${t.closedOn}`),
    check('outbreak_responses_status_code', oneOf(t.status, caseStates)),
    check('outbreak_responses_closed', sql`(${t.status} = 'CLOSED') = (${t.closedOn} is not null)`),
    check(
      'outbreak_responses_measures',
      sql`${allOf(t.measures, codes.OutbreakMeasure)} and cardinality(${t.measures}) >= 1`,
    ),
    ...placeIndexes('outbreak_responses', t, t.openedOn),
    index('outbreak_responses_opened').on(t.openedOn, t.id),
  ],
);

/** Grants given for an outbreak; the grant itself is kept with the organisation. */
export const outbreakGrants = health.table(
  'outbreak_grants',
  {
    id: uuid('id').primaryKey(),
    outbreakId: uuid('outbreak_id')
      .notNull()
      .references(() => outbreakResponses.id),
    grantId: uuid('grant_id').notNull(),
    granteeId: text('grantee_id').notNull(),
    ownerUnit: text('owner_unit').notNull().default('PT-HLT'),
    ...provenance(),
  },
  (t) => [unique('outbreak_grants_once').on(t.outbreakId, t.grantId)],
);

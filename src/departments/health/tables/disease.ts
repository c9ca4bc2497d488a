import { sql } from 'drizzle-orm';
import { check, index, text, unique, uuid } from 'drizzle-orm/pg-core';
import { allOf, oneOf } from '../../../store/code-check.ts';
import { belongsTo, day, instant } from '../../../store/columns.ts';
import { place, placeCheck, placeIndexes } from '../../../store/value-columns.ts';
import { codesOf } from '../../enum-codes.ts';
import { code, recordTables } from '../../record-table.ts';
import { notifiableOn } from '../diseases.ts';

const table = recordTables('health');

/** Report cards (dossier §3.7 InfectiousReport, states §5.4). */
export const infectiousReports = table(
  'infectious_reports',
  {
    cardNo: text('card_no').notNull().unique(),
    // Null until matched by hand: a card need not carry an identity number.
    patientId: uuid('patient_id'),
    snapshotName: text('snapshot_name').notNull(),
    snapshotSex: code('snapshot_sex', 'Sex', 'sex_code').notNull(),
    snapshotBirthDate: day('snapshot_birth_date'),
    snapshotOccupationGroup: text('snapshot_occupation_group'),
    snapshotGuardianName: text('snapshot_guardian_name'),
    patientOrigin: code('patient_origin', 'PatientOrigin', 'origin_code').notNull(),
    residenceRoad: text('residence_road'),
    residenceLane: text('residence_lane'),
    residenceBuilding: text('residence_building'),
    residenceRoom: text('residence_room'),
    residenceNeighbourhoodCode: text('residence_neighbourhood_code'),
    residenceSubdistrictCode: text('residence_subdistrict_code'),
    disease: code('disease', 'NotifiableDisease').notNull(),
    caseType: code('case_type', 'DiseaseCaseType').notNull(),
    onsetOn: day('onset_on').notNull(),
    diagnosedAt: instant('diagnosed_at').notNull(),
    diedOn: day('died_on'),
    reportedAt: instant('reported_at'),
    reportKind: code('report_kind', 'DiseaseReportKind', 'kind_code').notNull().default('INITIAL'),
    reportingUnit: text('reporting_unit').notNull(),
    status: code('status', 'DiseaseReportStatus').notNull().default('REPORTED'),
  },
  (t) => [
    check(
      'infectious_reports_onset',
      sql`${t.onsetOn} <= (${t.diagnosedAt} at time zone 'Asia/Shanghai')::date and ${t.onsetOn} <= ${t.diedOn}`,
    ),
    check('infectious_reports_notifiable', notifiableOn(t.disease, t.diagnosedAt)),
    check('infectious_reports_reported', sql`${t.diagnosedAt} <= ${t.reportedAt}`),
    check('infectious_reports_draft', sql`(${t.status} = 'DRAFT') = (${t.reportedAt} is null)`),
    index('infectious_reports_patient').on(t.patientId, t.id),
    index('infectious_reports_onset_order').on(t.onsetOn, t.id),
    index('infectious_reports_reported_order').on(t.reportedAt, t.id),
    index('infectious_reports_disease').on(t.disease, t.reportedAt, t.id),
  ],
);

/** What was done against outbreaks (dossier §3.7 OutbreakResponse). */
export const outbreakResponses = table(
  'outbreak_responses',
  {
    disease: code('disease', 'NotifiableDisease').notNull(),
    ...place(),
    openedOn: day('opened_on').notNull(),
    closedOn: day('closed_on'),
    status: text('status').notNull(),
    measures: text('measures').array().notNull(),
  },
  (t) => [
    placeCheck('outbreak_responses_place', t),
    // A site, a school, or a block of dwellings (dossier §3.7).
    check(
      'outbreak_responses_place_kind',
      oneOf(t.placeKind, ['CONSTRUCTION_SITE', 'SCHOOL', 'DWELLING', 'DORMITORY']),
    ),
    check('outbreak_responses_term', sql`${t.openedOn} <= ${t.closedOn}`),
    check('outbreak_responses_status_code', oneOf(t.status, ['EXECUTING', 'CLOSED'])),
    check('outbreak_responses_closed', sql`(${t.status} = 'CLOSED') = (${t.closedOn} is not null)`),
    check(
      'outbreak_responses_measures',
      sql`${allOf(t.measures, codesOf('OutbreakMeasure'))} and cardinality(${t.measures}) >= 1`,
    ),
    ...placeIndexes(t, t.openedOn),
    index('outbreak_responses_dwelling').on(t.dwellingId),
    index('outbreak_responses_opened').on(t.openedOn, t.id),
  ],
);

/** Grants given for an outbreak; the grant itself is kept with the organisation. */
export const outbreakGrants = table(
  'outbreak_grants',
  {
    outbreakId: belongsTo('outbreak_id', () => outbreakResponses.id),
    grantId: uuid('grant_id').notNull(),
    granteeId: text('grantee_id').notNull(),
    ownerUnit: text('owner_unit').notNull().default('PT-HLT'),
  },
  (t) => [unique('outbreak_grants_once').on(t.outbreakId, t.grantId)],
);

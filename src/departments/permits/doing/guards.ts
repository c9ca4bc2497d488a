import { type SQL, sql } from 'drizzle-orm';
import type { Guard, RowColumn } from '../../../contract/doing/department-doing.ts';
import { listOf } from '../../../store/code-check.ts';
import { today } from '../../../store/today.ts';
import { graceToday, materialsToday } from '../permit-rules.ts';
import {
  permitApplications as applications,
  applicationMaterials as materials,
  departmentOpinions as opinions,
  residencePermits as permits,
} from '../tables.ts';

const materialOf = (row: RowColumn, more: SQL): SQL =>
  sql`exists (select 1 from ${materials} where ${materials.applicationId} = ${row(applications.id)} and ${more})`;
const opinionOf = (row: RowColumn, more: SQL): SQL =>
  sql`exists (select 1 from ${opinions} where ${opinions.applicationId} = ${row(applications.id)} and ${more})`;
/** The applicant has a permit of the kind. */
const permitOf = (row: RowColumn, more: SQL): SQL =>
  sql`exists (select 1 from ${permits} where ${permits.holderId} = ${row(applications.applicantId)} and ${more})`;
const isIn = (column: SQL | (typeof materials)['state'], codes: readonly string[]): SQL =>
  sql`${column} in (${listOf(codes)})`;

const isLacking = isIn(materials.state, ['REQUIRED', 'DEFICIENT']);
const isInForce = isIn(sql`${permits.status}`, ['ACTIVE', 'LOST', 'SUSPENDED']);
const inTerm = sql`${permits.validTo} >= ${today}`;
const inGrace = sql`${permits.status} = 'EXPIRED' and ${permits.validTo} + ${graceToday(sql`${permits.type}`)} >= ${today}`;
const isActive = sql`${permits.status} = 'ACTIVE'`;
const isLost = sql`${permits.status} = 'LOST'`;

/** By what is applied for: nothing in force for a first permit, a fitting one for everything else. */
const byAction = (row: RowColumn, renewable: SQL, forFirst: SQL): SQL =>
  sql`case ${row(applications.action)} when 'NEW' then not ${permitOf(row, forFirst)} when 'RENEW' then ${permitOf(row, renewable)} when 'REPLACE_LOST' then ${permitOf(row, isLost)} when 'CANCEL' then ${permitOf(row, sql`(${isActive} or ${permits.status} = 'EXPIRED')`)} else ${permitOf(row, isActive)} end`;

const happenedBefore = (row: RowColumn, event: string): SQL =>
  sql`exists (select 1 from access.record_events e where e.record_type = 'PermitApplication' and e.record_id = ${row(applications.id)}::text and e.event = '${sql.raw(event)}')`;

export const applicationGuards: Readonly<Record<string, Guard>> = {
  permitForAction: {
    after: true,
    holds: (row) => byAction(row, sql`(${isActive} or ${inGrace})`, sql`${isInForce} and ${inTerm}`),
    field: 'action',
    en: 'The applicant has a permit in force already, or none that this can be applied for.',
    zh: '申请人已持有有效居住证，或没有可办理此事项的居住证。',
  },
  permitStillFits: {
    holds: (row) => byAction(row, sql`(${isActive} or ${permits.status} = 'EXPIRED')`, isActive),
    en: 'The permit that the card is for is no longer what it was: look at the permits of the holder.',
    zh: '申请人的居住证状态已变化，请先核对。',
  },
  dependentHasPrincipal: {
    after: true,
    holds: (row) =>
      sql`${row(applications.permitType)} <> 'DEPENDENT' or ${row(applications.principalId)} is not null`,
    field: 'principal',
    en: 'A dependant joins somebody: give the principal.',
    zh: '投靠类申请须填写被投靠人。',
  },
  materialsListed: {
    holds: (row) =>
      sql`${materialsToday(row(applications.permitType))} <@ array(select ${materials.kind} from ${materials} where ${materials.applicationId} = ${row(applications.id)})`,
    en: 'The materials of this type of permit are not all listed yet.',
    zh: '该类居住证所需材料尚未全部列明。',
  },
  materialsInOrder: {
    holds: (row) => sql`not ${materialOf(row, isLacking)}`,
    en: 'Some materials are still required or to be completed.',
    zh: '尚有材料未提交或需补正。',
  },
  deficiencyListed: {
    holds: (row) => materialOf(row, isLacking),
    en: 'Mark first what is missing: no material is required or to be completed.',
    zh: '请先标明所缺材料。',
  },
  notSupplementedBefore: {
    holds: (row) => sql`${row(applications.supplementRequestedOn)} is null`,
    en: 'What is missing is asked for once, in writing.',
    zh: '补正要求只能一次性书面告知。',
  },
  opinionsOpened: {
    holds: (row) => opinionOf(row, sql`true`),
    en: 'No opinion has been asked for yet.',
    zh: '尚未征求部门意见。',
  },
  noOpinionPending: {
    holds: (row) =>
      sql`${opinionOf(row, sql`true`)} and not ${opinionOf(row, sql`${opinions.result} = 'PENDING'`)}`,
    en: 'Some opinions are still to be given.',
    zh: '尚有部门意见未出具。',
  },
  certificateNotAlone: {
    holds: (row) =>
      sql`${opinionOf(row, sql`${opinions.result} = 'NOT_SUPPORTED' and ${opinions.kind} <> 'CERTIFICATE'`)} or not ${opinionOf(row, sql`${opinions.result} = 'NOT_SUPPORTED'`)}`,
    en: 'The result of the certificate check alone is no ground for a refusal.',
    zh: '仅凭婚育证查验结果不得作出不予批准决定。',
  },
  notReturnedBefore: {
    holds: (row) => sql`not ${happenedBefore(row, 'returnForReview')}`,
    en: 'An application is returned for review once.',
    zh: '申请只能退回复核一次。',
  },
  cardIsWanted: {
    holds: (row) => sql`${row(applications.action)} <> 'CANCEL'`,
    en: 'Who gives a permit up gets no card.',
    zh: '注销申请无需制证。',
  },
  givesPermitUp: {
    holds: (row) => sql`${row(applications.action)} = 'CANCEL'`,
    en: 'The permit is not given up by this application.',
    zh: '该申请不是注销申请。',
  },
  withinPickupYear: {
    holds: (row) => sql`${row(applications.readyOn)} + interval '1 year' >= ${today}`,
    en: 'The card has waited for a year; a new application is needed.',
    zh: '证件逾期一年未领，须重新申请。',
  },
};

const applicationOf = (column: SQL, states: readonly string[]): SQL =>
  sql`exists (select 1 from ${applications} where ${applications.id} = ${column} and ${isIn(sql`${applications.status}`, states)})`;

export const materialGuards: Readonly<Record<string, Guard>> = {
  applicationTakesMaterials: {
    holds: (row) =>
      applicationOf(row(materials.applicationId), ['DRAFT', 'SUBMITTED', 'SUPPLEMENT_REQUIRED']),
    en: 'The application has been accepted or closed: its materials stand.',
    zh: '申请已受理或办结，材料不得变更。',
  },
};

export const opinionGuards: Readonly<Record<string, Guard>> = {
  applicationUnderReview: {
    holds: (row) => applicationOf(row(opinions.applicationId), ['ACCEPTED', 'UNDER_REVIEW']),
    en: 'Opinions are given while the application is under review.',
    zh: '申请不在审核阶段，不能出具意见。',
  },
  applicationEnded: {
    holds: (row) =>
      applicationOf(row(opinions.applicationId), [
        'LAPSED',
        'NOT_ACCEPTED',
        'REJECTED',
        'ISSUED',
        'WITHDRAWN',
      ]),
    en: 'The application has not ended.',
    zh: '申请尚未办结。',
  },
};

export const permitGuards: Readonly<Record<string, Guard>> = {
  isTalentPermit: {
    holds: (row) => sql`${row(permits.type)} = 'TALENT'`,
    en: 'The personnel bureau is the window of talent permits only.',
    zh: '人事局仅办理人才类居住证。',
  },
};

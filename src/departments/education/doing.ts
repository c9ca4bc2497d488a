import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { DepartmentDoing, Guard, RowColumn, System } from '../../contract/doing/department-doing.ts';
import { today } from '../../store/today.ts';
import { agedBetween, placeOfParent, stationOf } from '../place-fills.ts';
import { papers } from './papers.ts';
import {
  childEnrolments as enrolments,
  schoolInspections as inspections,
  schoolLicences as licences,
  migrantSchools as schools,
} from './tables.ts';

/** The row's school is of a kind. */
const schoolIs = (row: RowColumn, school: PgColumn, condition: SQL) =>
  sql`exists (select 1 from ${schools} where ${schools.id} = ${row(school)} and ${condition})`;
/** The row's school is not about to close by another row than this. */
const closingBegun = (row: RowColumn, school: PgColumn, self?: PgColumn) =>
  sql`exists (select 1 from ${licences} where ${licences.schoolId} = ${row(school)} and ${licences.status} = 'CLOSING'${self ? sql` and ${licences.id} <> ${row(self)}` : sql``})`;

const isClosing = (row: RowColumn) => sql`${row(licences.kind)} = 'CLOSE'`;
const ofKind = (holds: Guard['holds'], en: string, zh: string): Guard => ({ holds, en, zh });

const markSchool = (event: string) => async (happened: { readonly id: string }, system: System) => {
  const licence = await system.row('SchoolLicence', happened.id);
  if (licence) await system.change('MigrantSchool', String(licence.schoolId), event);
};

/** Conditions, fills and effects of education (dossier §3.8, §5.4). */
export const doing: DepartmentDoing = {
  guards: {
    ChildEnrolment: {
      schoolNotClosing: {
        after: true,
        holds: (row) =>
          sql`${row(enrolments.schoolId)} is null or (${schoolIs(row, enrolments.schoolId, sql`${schools.licenceStatus} <> 'CLOSED'`)} and not ${closingBegun(row, enrolments.schoolId)})`,
        en: 'This school is closed or about to close.',
        zh: '该校已停办或即将停办。',
      },
    },
    SchoolInspection: {
      dayNotInFuture: {
        holds: (row) => sql`${row(inspections.occurredOn)} <= ${today}`,
        en: 'The day of the inspection has not come yet.',
        zh: '检查日期未到。',
      },
      rectificationOpen: {
        holds: (row) =>
          sql`${row(inspections.rectifyBy)} is not null and ${row(inspections.rectifiedOn)} is null`,
        en: 'Nothing is to be put right, or it is already.',
        zh: '无待整改事项，或已整改。',
      },
    },
    SchoolLicence: {
      schoolNotClosed: ofKind(
        (row) => schoolIs(row, licences.schoolId, sql`${schools.licenceStatus} <> 'CLOSED'`),
        'This school is closed.',
        '该校已停办。',
      ),
      notAClosing: ofKind(
        (row) => sql`not (${isClosing(row)})`,
        'This is an application to close.',
        '该申请为停办申请。',
      ),
      isAClosing: ofKind(isClosing, 'This is no application to close.', '该申请不是停办申请。'),
      schoolUnlicensed: ofKind(
        (row) =>
          sql`${schoolIs(row, licences.schoolId, sql`${schools.licenceStatus} = 'UNLICENSED'`)} and not ${closingBegun(row, licences.schoolId, licences.id)}`,
        'The school has a licence, or its closing has begun already.',
        '该校有许可证，或停办程序已启动。',
      ),
      eachPupilPlaced: ofKind(
        (row) =>
          sql`not exists (select 1 from ${enrolments} where ${enrolments.schoolId} = ${row(licences.schoolId)} and ${enrolments.status} in ('PLACED', 'ENROLLED', 'TRANSFERRED'))`,
        'Some pupils still have no other school.',
        '尚有学生未妥善安置。',
      ),
    },
  },
  fills: {
    placeOfSchool: placeOfParent('MigrantSchool', 'schoolId', 'school'),
    // A school that closes says first where each pupil goes.
    closingHasPlan: {
      sets: [],
      fill: async ({ given }) =>
        given.kind !== 'CLOSE' || given.placementPlan
          ? {}
          : { path: ['placementPlan'], en: 'Say where each pupil goes.', zh: '请填写学生分流安置方案。' },
    },
    pupilAge: agedBetween('childId', 'child', 6, 17),
    stationOfSchool: {
      sets: ['stationCode'],
      fill: async ({ given, row }, system) => ({
        stationCode: await stationOf(given.neighbourhoodCode ?? row?.neighbourhoodCode, system),
      }),
    },
  },
  effects: {
    markSchoolLicensed: markSchool('markLicensed'),
    markSchoolClosed: markSchool('markClosed'),
  },
  papers,
};

import { sql } from 'drizzle-orm';
import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { today } from '../../store/today.ts';
import { agedBetween, placeOfPerson } from '../place-fills.ts';
import { certificateChecks as checks, jointCheckActions as jointChecks } from './tables.ts';

/** Conditions and fills of family planning (dossier §3.6). */
export const doing: DepartmentDoing = {
  guards: {
    CertificateCheck: {
      followUpOpen: {
        holds: (row) => sql`${row(checks.result)} in ('MISSING', 'MISMATCH', 'EXPIRED')`,
        en: 'This check needs no other: its result stands.',
        zh: '该查验已有结果，无需补验。',
      },
    },
    JointCheckAction: {
      dayNotInFuture: {
        holds: (row) => sql`${row(jointChecks.plannedOn)} <= ${today}`,
        en: 'The day of the check has not come yet.',
        zh: '查验日期未到。',
      },
    },
  },
  fills: {
    informedByToday: {
      sets: [],
      fill: async ({ given, today: day }) =>
        String(given.informedOn) <= day
          ? {}
          : { path: ['informedOn'], en: 'She is told before it is entered.', zh: '告知日期不得晚于今天。' },
    },
    placeOfChecked: placeOfPerson('personId', 'person'),
    placeOfHolder: placeOfPerson('holderId', 'holder'),
    ageOfServices: agedBetween('personId', 'person', 18, 49),
    // The commission enters a check of the sub-district or town where the person lives.
    checkedWhereLiving: {
      sets: [],
      fill: async ({ given }) =>
        given.subdistrictCode == null ||
        given.checkedById === `PT-SUB-${String(given.subdistrictCode).slice(6)}`
          ? {}
          : {
              path: ['checkedBy'],
              en: 'The sub-district where the person lives checks.',
              zh: '应由居住地街道、镇查验。',
            },
    },
    // The population office of a sub-district checks for the sub-district.
    checkedBySubdistrict: {
      sets: ['checkedById'],
      fill: async ({ subdistrict, unit }) => ({
        checkedById: subdistrict ? `PT-SUB-${subdistrict.slice(6)}` : unit,
      }),
    },
  },
};

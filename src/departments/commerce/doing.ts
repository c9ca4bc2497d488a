import { sql } from 'drizzle-orm';
import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { stationOf } from '../doing-fills.ts';
import { rectificationOpen } from '../doing-guards.ts';
import { caseFills, caseGuards } from './case-doing.ts';
import { checkEffects, checkFills, checkGuards } from './check-doing.ts';
import { papers } from './papers.ts';
import {
  qualificationChecks as checks,
  premisesInspections as inspections,
  businessLicences as licences,
  markets,
  smallPremises,
} from './tables.ts';

const stationOfBusiness = stationOf('commerce', {
  BusinessLicence: { table: licences, field: 'premises' },
  Market: { table: markets, field: 'address' },
  SmallPremises: { table: smallPremises, field: 'address' },
});

/** Conditions and effects of licences, joint confirmations, premises and cases (dossier §3.11, §5.4). */
export const doing: DepartmentDoing = {
  guards: {
    BusinessLicence: {
      operatorQualified: {
        holds: (row) =>
          sql`(${row(licences.operatorId)} is null or coalesce((select ${checks.result} from ${checks} where ${checks.applicantId} = ${row(licences.operatorId)} order by ${checks.requestedOn} desc, ${checks.id} desc limit 1), '') = 'CONFIRMED')`,
        en: 'The qualification of the operator is not confirmed.',
        zh: '经营者资格尚未经会同确认。',
      },
    },
    QualificationCheck: checkGuards,
    CommerceCase: caseGuards,
    PremisesInspection: { rectificationOpen: rectificationOpen(inspections) },
  },
  fills: { ...caseFills, ...checkFills, stationOfBusiness },
  effects: checkEffects,
  papers,
};

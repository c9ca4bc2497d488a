import { sql } from 'drizzle-orm';
import { ofPerson, placeOf } from '../../contract/model/row-scope.ts';
import { amountBand, countBand, monthOf } from '../../store/derived-values.ts';
import { today } from '../../store/today.ts';
import type { RecordSource } from '../department.ts';
import { isBelowMinimum } from './minimum-wages.ts';
import * as t from './tables.ts';

/** Where the record types of labour are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  Employer: { table: t.employers, carries: { territory: placeOf(t.employers) } },
  Employment: {
    table: t.employments,
    carries: ofPerson(t.employments, [t.employments.employeeId]),
    computed: {
      wageBand: () => amountBand(t.employments.monthlyWage),
      isBelowMinimumWage: () => isBelowMinimum(t.employments.monthlyWage, today),
    },
  },
  EmploymentService: {
    table: t.employmentServices,
    carries: ofPerson(t.employmentServices, [t.employmentServices.personId]),
    defaultOrder: { column: t.employmentServices.occurredOn, direction: 'desc' },
  },
  InsuranceEnrolment: {
    table: t.insuranceEnrolments,
    carries: ofPerson(t.insuranceEnrolments, [t.insuranceEnrolments.insuredId]),
    computed: {
      isInsuredOn: ({ date }) =>
        sql`(${t.insuranceEnrolments.status} <> 'SUSPENDED' and ${date}::date >= ${t.insuranceEnrolments.startsOn} and (${t.insuranceEnrolments.endsOn} is null or ${date}::date <= ${t.insuranceEnrolments.endsOn}))`,
    },
  },
  // No parent: person and shield are the enrolment's (the table holds to it), and who works with wages may read no
  // enrolment to look there.
  InsuranceContribution: {
    table: t.insuranceContributions,
    carries: {
      subjects: [t.insuranceContributions.insuredId],
      shield: t.insuranceContributions.shielded,
    },
    copies: {
      of: {
        by: t.insuranceContributions.enrolmentId,
        id: t.insuranceEnrolments.id,
        columns: [
          [t.insuranceContributions.insuredId, t.insuranceEnrolments.insuredId],
          [t.insuranceContributions.shielded, t.insuranceEnrolments.shielded],
        ],
      },
    },
    defaultOrder: { column: t.insuranceContributions.month, direction: 'desc' },
  },
  LabourInspection: {
    table: t.labourInspections,
    carries: { territory: placeOf(t.labourInspections), concerned: [t.labourInspections.id] },
    computed: {
      visitedMonth: () => monthOf(t.labourInspections.visitedOn),
      isRectified: () => sql`(${t.labourInspections.rectifiedOn} is not null)`,
    },
    defaultOrder: { column: t.labourInspections.visitedOn, direction: 'desc' },
  },
  WageArrearsCase: {
    table: t.wageArrearsCases,
    // A unit to which a case was referred has it among its own.
    carries: {
      territory: placeOf(t.wageArrearsCases),
      units: [t.wageArrearsCases.referredToUnit],
      concerned: [t.wageArrearsCases.id],
    },
    computed: {
      workerCountBand: () => countBand(t.wageArrearsCases.workerCount),
      claimBand: () => amountBand(t.wageArrearsCases.amountClaimed),
      acceptedMonth: () => monthOf(t.wageArrearsCases.acceptedOn),
    },
  },
  // No territory and no parent: who sees the case masked has no row of a complainant, not even one to count.
  ArrearsComplainant: {
    table: t.arrearsComplainants,
    carries: { subjects: [t.arrearsComplainants.personId], shield: t.arrearsComplainants.shielded },
  },
  CaseReferral: {
    table: t.caseReferrals,
    carries: { parent: t.caseReferrals.caseId },
  },
};

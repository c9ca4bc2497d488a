import { sql } from 'drizzle-orm';
import { check, index, integer, numeric, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import {
  belongsTo,
  day,
  money,
  personTerritory,
  reported,
  territory,
  writtenCells,
} from '../../../store/columns.ts';
import { folded } from '../../../store/folded.ts';
import { address, everyLevel, placeIndexes } from '../../../store/value-columns.ts';
import { code, recordTables } from '../../record-table.ts';

const table = recordTables('labour');

/** Employers (dossier §3.4); the territory is the workplace's. */
export const employers = table(
  'employers',
  {
    name: text('name').notNull(),
    orgCode: text('org_code').unique(),
    registrationNo: text('registration_no'),
    kind: code('kind', 'EmployerKind').notNull().default('ENTERPRISE'),
    industry: text('industry'),
    ...address(),
    ...territory(),
    migrantHeadcount: integer('migrant_headcount'),
    contactName: text('contact_name'),
    contactPhone: text('contact_phone'),
    reportNo: reported().reportNo,
  },
  (t) => [
    check('employers_name', sql`char_length(${t.name}) between 2 and 100`),
    check('employers_org_code_form', sql`${t.orgCode} ~ '^[0-9A-Z]{8}-[0-9X]$'`),
    check('employers_registration_no_form', sql`${t.registrationNo} ~ '^([0-9]{13}|[0-9]{15})$'`),
    check('employers_industry_form', sql`${t.industry} ~ '^[A-T][0-9]{2,4}$'`),
    check('employers_headcount', sql`${t.migrantHeadcount} >= 0`),
    check(
      'employers_territory_form',
      sql`${t.subdistrictCode} ~ '^310107[0-9]{3}$' and ${t.neighbourhoodCode} ~ '^310107[0-9]{6}$'`,
    ),
    index('employers_registration_no').on(t.registrationNo),
    index('employers_headcount_order').on(t.migrantHeadcount, t.id),
    ...placeIndexes(t, undefined, everyLevel),
    index('employers_folded_name').on(folded(t.name)),
    index('employers_name_order').on(sql`${t.name} collate "zh-x-icu"`, t.id),
  ],
);

/**
 * Employments (dossier §3.4 EmploymentContract). The territory is the employee's, so that the sub-district of the
 * workplace sees the employer, not the person (§6.3). Age 16 at the first day is checked where a row is written:
 * the birth date is the population register's.
 */
export const employments = table(
  'employments',
  {
    // Null until the employee is registered: the import joins them by identity number.
    employeeId: uuid('employee_id'),
    employeeIdentityNumber: text('employee_identity_number').notNull(),
    // Of which document the number is.
    employeeDocumentKind: code('employee_document_kind', 'DocumentKind', 'document_kind_code')
      .notNull()
      .default('RESIDENT_ID'),
    employeeName: text('employee_name').notNull(),
    employerId: belongsTo('employer_id', () => employers.id),
    form: code('form', 'ContractForm').notNull().default('WRITTEN_FIXED'),
    occupation: text('occupation'),
    workplaceSubdistrict: text('workplace_subdistrict'),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on'),
    monthlyWage: money('monthly_wage'),
    payDay: integer('pay_day'),
    hoursPerWeek: numeric('hours_per_week', { precision: 4, scale: 1 }),
    status: code('status', 'EmploymentStatus').notNull().default('ACTIVE'),
    // Months, `YYYY-MM`, for which the employer reported that nothing is paid.
    monthsNotInsured: text('months_not_insured').array(),
    ...writtenCells(),
    ...reported(),
    ...personTerritory(),
  },
  (t) => [
    check('employments_term', sql`${t.startsOn} <= ${t.endsOn}`),
    check(
      'employments_ended_has_day',
      sql`${t.status} not in ('ENDED', 'TERMINATED') or ${t.endsOn} is not null`,
    ),
    check('employments_occupation_length', sql`char_length(${t.occupation}) between 1 and 50`),
    check('employments_workplace_form', sql`${t.workplaceSubdistrict} ~ '^[0-9]{9}$'`),
    check('employments_wage', sql`${t.monthlyWage} >= 0`),
    check('employments_pay_day', sql`${t.payDay} between 1 and 31`),
    check('employments_hours', sql`${t.hoursPerWeek} between 0 and 84`),
    // The key of the department's own file (organisation code and number of the person's document): a worker who comes back to an
    // employer has the same row with new dates.
    uniqueIndex('employments_reported').on(t.employerId, t.employeeIdentityNumber, t.employeeDocumentKind),
    index('employments_employee').on(t.employeeId, t.id),
    index('employments_unmatched').on(t.employeeIdentityNumber).where(sql`${t.employeeId} is null`),
    index('employments_employer').on(t.employerId, t.id),
    index('employments_subdistrict').on(t.subdistrictCode, t.startsOn, t.id),
    index('employments_subdistrict_list').on(t.subdistrictCode, t.id),
    index('employments_neighbourhood').on(t.neighbourhoodCode, t.id),
    index('employments_starts').on(t.startsOn, t.id),
    index('employments_ends').on(t.endsOn, t.id),
    index('employments_wage_order').on(t.monthlyWage, t.id),
  ],
);

/** Services to job seekers (dossier §3.4 EmploymentService). */
export const employmentServices = table(
  'employment_services',
  {
    migrantId: uuid('migrant_id').notNull(),
    kind: code('kind', 'EmploymentServiceKind').notNull(),
    occurredOn: day('occurred_on').notNull(),
    outcome: code('outcome', 'EmploymentServiceOutcome'),
    ...personTerritory(),
  },
  (t) => [
    index('employment_services_migrant').on(t.migrantId, t.id),
    index('employment_services_subdistrict').on(t.subdistrictCode, t.occurredOn, t.id),
    index('employment_services_occurred').on(t.occurredOn, t.id),
  ],
);

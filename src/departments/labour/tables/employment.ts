import { sql } from 'drizzle-orm';
import { bigint, check, date, index, integer, numeric, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { personTerritory, provenance, reported, territory, writtenCells } from '../../../store/columns.ts';
import { folded } from '../../../store/folded.ts';
import { documentKinds } from '../../document-kinds.ts';
import * as codes from '../codes.ts';
import { labour } from '../pg-schema.ts';

const day = (name: string) => date(name, { mode: 'string' });

/** Employers (dossier §3.4); the territory is the workplace's. */
export const employers = labour.table(
  'employers',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    orgCode: text('org_code').unique(),
    registrationNo: text('registration_no'),
    kind: text('kind').notNull().default('ENTERPRISE'),
    industry: text('industry'),
    road: text('road'),
    lane: text('lane'),
    building: text('building'),
    room: text('room'),
    ...territory(),
    migrantHeadcount: integer('migrant_headcount'),
    contactName: text('contact_name'),
    contactPhone: text('contact_phone'),
    reportNo: reported().reportNo,
    ...provenance(),
  },
  (t) => [
    check('employers_name', sql`char_length(${t.name}) between 2 and 100`),
    check('employers_org_code_form', sql`${t.orgCode} ~ '^[0-9A-Z]{8}-[0-9X]$'`),
    check('employers_registration_no_form', sql`${t.registrationNo} ~ '^([0-9]{13}|[0-9]{15})$'`),
    check('employers_kind_code', oneOf(t.kind, codes.employerKinds)),
    check('employers_industry_form', sql`${t.industry} ~ '^[A-T][0-9]{2,4}$'`),
    check('employers_headcount', sql`${t.migrantHeadcount} >= 0`),
    check(
      'employers_territory_form',
      sql`${t.subdistrictCode} ~ '^310107[0-9]{3}$' and ${t.neighbourhoodCode} ~ '^310107[0-9]{6}$'`,
    ),
    index('employers_registration_no').on(t.registrationNo),
    index('employers_headcount_order').on(t.migrantHeadcount, t.id),
    index('employers_subdistrict').on(t.subdistrictCode, t.id),
    index('employers_station').on(t.stationCode, t.id),
    index('employers_neighbourhood').on(t.neighbourhoodCode, t.id),
    index('employers_folded_name').on(folded(t.name)),
    index('employers_name_order').on(sql`${t.name} collate "zh-x-icu"`, t.id),
  ],
);

/**
 * Employments (dossier §3.4 EmploymentContract). The territory is the employee's, so that the sub-district of the
 * workplace sees the employer, not the person (§6.3). Age 16 at the first day is checked where a row is written:
 * the birth date is the population register's.
 */
export const employments = labour.table(
  'employments',
  {
    id: uuid('id').primaryKey(),
    // Null until the employee is registered: the import joins them by identity number.
    employeeId: uuid('employee_id'),
    employeeIdentityNumber: text('employee_identity_number').notNull(),
    // Of which document the number is.
    employeeDocumentKind: text('employee_document_kind').notNull().default('RESIDENT_ID'),
    employeeName: text('employee_name').notNull(),
    employerId: uuid('employer_id')
      .notNull()
      .references(() => employers.id),
    form: text('form').notNull().default('WRITTEN_FIXED'),
    occupation: text('occupation'),
    workplaceSubdistrict: text('workplace_subdistrict'),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on'),
    monthlyWage: bigint('monthly_wage', { mode: 'number' }),
    payDay: integer('pay_day'),
    hoursPerWeek: numeric('hours_per_week', { precision: 4, scale: 1 }),
    status: text('status').notNull().default('ACTIVE'),
    // Months, `YYYY-MM`, for which the employer reported that nothing is paid.
    monthsNotInsured: text('months_not_insured').array(),
    ...writtenCells(),
    ...reported(),
    ...personTerritory(),
    ...provenance(),
  },
  (t) => [
    check('employments_document_kind_code', oneOf(t.employeeDocumentKind, documentKinds)),
    check('employments_form_code', oneOf(t.form, codes.contractForms)),
    check('employments_status_code', oneOf(t.status, codes.employmentStatuses)),
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
export const employmentServices = labour.table(
  'employment_services',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id').notNull(),
    kind: text('kind').notNull(),
    occurredOn: day('occurred_on').notNull(),
    outcome: text('outcome'),
    ...personTerritory(),
    ...provenance(),
  },
  (t) => [
    check('employment_services_kind_code', oneOf(t.kind, codes.serviceKinds)),
    check('employment_services_outcome_code', oneOf(t.outcome, codes.serviceOutcomes)),
    index('employment_services_person').on(t.personId, t.id),
    index('employment_services_subdistrict').on(t.subdistrictCode, t.occurredOn, t.id),
    index('employment_services_occurred').on(t.occurredOn, t.id),
  ],
);

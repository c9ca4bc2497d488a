import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as tables from '../../src/departments/labour/tables.ts';
import { connectTo } from '../../src/store/connect.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';

const folder = join(import.meta.dirname, '../../migrations');
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let connection: postgres.Sql;
let db: ReturnType<typeof drizzle>;

type Employer = typeof tables.employers.$inferInsert;
type Employment = typeof tables.employments.$inferInsert;
type Enrolment = typeof tables.insuranceEnrolments.$inferInsert;
type Contribution = typeof tables.insuranceContributions.$inferInsert;
type Inspection = typeof tables.labourInspections.$inferInsert;
type Arrears = typeof tables.wageArrearsCases.$inferInsert;
type Referral = typeof tables.caseReferrals.$inferInsert;

let serial = 0;
/** Unique, and no real person's: the county 9999 is unassigned. */
const identityNumber = () => `349999${String(++serial).padStart(12, '0')}`;

const employer = (changes: Partial<Employer> = {}): Employer => ({
  id: randomUUID(),
  name: '示例企业有限公司',
  ...changes,
});
const firm = employer({ orgCode: 'PDY00001-X' });

const employment = (changes: Partial<Employment> = {}): Employment => ({
  id: randomUUID(),
  employeeIdentityNumber: identityNumber(),
  employeeName: '王示例',
  employerId: firm.id,
  startsOn: '2006-03-01',
  ...changes,
});

const enrolment = (changes: Partial<Enrolment> = {}): Enrolment => ({
  id: randomUUID(),
  insuredIdentityNumber: identityNumber(),
  payerId: firm.id,
  benefits: ['HOSPITAL'],
  startsOn: '2006-03-01',
  ...changes,
});
const insured = enrolment();

/** Each of a month of its own. */
const contribution = (changes: Partial<Contribution> = {}): Contribution => ({
  id: randomUUID(),
  enrolmentId: insured.id,
  month: `${2100 + ++serial}-01`,
  contributionBase: 122_705,
  rate: '12.50',
  amount: 15_338,
  ...changes,
});

const penalty: Partial<Inspection> = {
  penaltyAmount: 200_000,
  penaltyLegalBasis: '示例条例第二十六条',
  penaltyReasons: '示例',
  penaltyDecidedBy: 'PT-LSS',
  penaltyDecidedOn: '2007-01-20',
  penaltyRemedyNotice: '可申请行政复议',
};
const inspection = (changes: Partial<Inspection> = {}): Inspection => ({
  id: randomUUID(),
  employerId: firm.id,
  trigger: 'ROUTINE',
  visitedOn: '2007-01-10',
  inspectors: ['officer-1', 'officer-2'],
  findings: ['NO_CONTRACT'],
  ...changes,
});

const decision: Partial<Arrears> = {
  decisionLegalBasis: '示例条例第二十六条',
  decisionReasons: '示例',
  decisionDecidedBy: 'PT-LSS',
  decisionDecidedOn: '2007-02-01',
  decisionRemedyNotice: '可申请行政复议',
};
const arrears = (changes: Partial<Arrears> = {}): Arrears => ({
  id: randomUUID(),
  caseNo: `LSS-${++serial}`,
  employerId: firm.id,
  workerCount: 3,
  periodFrom: '2006-11',
  periodTo: '2007-01',
  acceptedOn: '2007-01-15',
  status: 'ACCEPTED',
  ...changes,
});
const openCase = arrears();

beforeAll(async () => {
  database = await createTestDatabase('nothing');
  await migrate({ urlOf: () => database.url, stores: ['labour'], folder, log: () => {} });
  connection = connectTo(database.url, { max: 1, onnotice: () => {} });
  db = drizzle(connection);
  await db.insert(tables.employers).values(firm);
  await db.insert(tables.insuranceEnrolments).values(insured);
  await db.insert(tables.wageArrearsCases).values(openCase);
});

afterAll(async () => {
  await connection.end();
  await database.drop();
});

const found = (changes: Partial<Employer> = {}) =>
  refusal(db.insert(tables.employers).values(employer(changes)));
const employ = (changes: Partial<Employment> = {}) =>
  refusal(db.insert(tables.employments).values(employment(changes)));
const enrol = (changes: Partial<Enrolment> = {}) =>
  refusal(db.insert(tables.insuranceEnrolments).values(enrolment(changes)));
const contribute = (changes: Partial<Contribution> = {}) =>
  refusal(db.insert(tables.insuranceContributions).values(contribution(changes)));
const inspect = (changes: Partial<Inspection> = {}) =>
  refusal(db.insert(tables.labourInspections).values(inspection(changes)));
const complain = (changes: Partial<Arrears> = {}) =>
  refusal(db.insert(tables.wageArrearsCases).values(arrears(changes)));

describe('an employer', () => {
  test.each<[string, Partial<Employer>, string]>([
    ['with a name of one character', { name: '甲' }, 'employers_name'],
    ['with an organisation code without hyphen', { orgCode: 'PDY000028' }, 'employers_org_code_form'],
    ['with the organisation code of another', { orgCode: 'PDY00001-X' }, 'employers_org_code_unique'],
    [
      'with a registration number of 14 digits',
      { registrationNo: '31010700000001' },
      'employers_registration_no_form',
    ],
    ['of no known kind', { kind: 'GUILD' }, 'employers_kind_code'],
    ['in no known industry', { industry: '17C' }, 'employers_industry_form'],
    ['with fewer than no migrants', { migrantHeadcount: -1 }, 'employers_headcount'],
    ['outside the district', { subdistrictCode: '310101002' }, 'employers_territory_form'],
  ])('is refused %s', async (_, wrong, constraint) => {
    expect(await found(wrong)).toBe(constraint);
    expect(await found()).toBeUndefined();
  });

  test.each(['3101070000000', '310107000000012'])('may have the registration number %s', async (number) => {
    expect(await found({ registrationNo: number })).toBeUndefined();
  });
});

describe('an employment', () => {
  test.each<[string, Partial<Employment>, string]>([
    ['that ends before it begins', { endsOn: '2006-02-28' }, 'employments_term'],
    ['that ended on no day', { status: 'ENDED' }, 'employments_ended_has_day'],
    ['for less than nothing', { monthlyWage: -1 }, 'employments_wage'],
    ['paid on the 32nd', { payDay: 32 }, 'employments_pay_day'],
    ['of more than 84 hours a week', { hoursPerWeek: '84.5' }, 'employments_hours'],
    ['of no known form', { form: 'ORAL' }, 'employments_form_code'],
    ['in a state that there is not', { status: 'LOST' }, 'employments_status_code'],
    ['with an occupation of no character', { occupation: '' }, 'employments_occupation_length'],
    [
      'at a workplace that is no sub-district',
      { workplaceSubdistrict: '310107' },
      'employments_workplace_form',
    ],
  ])('is refused %s', async (_, wrong, constraint) => {
    expect(await employ(wrong)).toBe(constraint);
    expect(await employ()).toBeUndefined();
  });

  test('stands once for an employer and an identity number, registered or not', async () => {
    const employeeIdentityNumber = identityNumber();
    expect(await employ({ employeeIdentityNumber, employeeId: null })).toBeUndefined();
    expect(await employ({ employeeIdentityNumber, employeeId: randomUUID() })).toBe('employments_reported');
  });
});

describe('the insurance', () => {
  test.each<[string, Partial<Enrolment>, string]>([
    ['that covers nothing', { benefits: [] }, 'insurance_enrolments_benefits_given'],
    ['that covers what there is not', { benefits: ['DENTAL'] }, 'insurance_enrolments_benefits_codes'],
    ['that ends before it begins', { endsOn: '2006-02-28' }, 'insurance_enrolments_term'],
    ['that ended on no day', { status: 'ENDED' }, 'insurance_enrolments_ended_has_day'],
    ['of no known scheme', { scheme: 'PRIVATE' }, 'insurance_enrolments_scheme_code'],
  ])('is refused %s', async (_, wrong, constraint) => {
    expect(await enrol(wrong)).toBe(constraint);
    expect(await enrol()).toBeUndefined();
  });

  test.each<[string, Partial<Contribution>, string]>([
    ['for a thirteenth month', { month: '2007-13' }, 'insurance_contributions_month_form'],
    ['of another amount than base times rate', { amount: 15_337 }, 'insurance_contributions_amount'],
    ['at no rate', { rate: '0', amount: 0 }, 'insurance_contributions_rate'],
    [
      'that is due and paid',
      { state: 'DUE', paidOn: '2007-02-20' },
      'insurance_contributions_unpaid_has_no_day',
    ],
    ['in a state that there is not', { state: 'LOST' }, 'insurance_contributions_state_code'],
  ])('takes no contribution %s', async (_, wrong, constraint) => {
    expect(await contribute(wrong)).toBe(constraint);
    expect(await contribute()).toBeUndefined();
  });

  test('takes no contribution with another shield than its own, and passes its own on', async () => {
    expect(await contribute({ shielded: true })).toBe('insurance_contributions_enrolment');
    const hidden = enrolment();
    await db.insert(tables.insuranceEnrolments).values(hidden);
    expect(await contribute({ enrolmentId: hidden.id })).toBeUndefined();
    const ofHidden = eq(tables.insuranceContributions.enrolmentId, hidden.id);
    await db
      .update(tables.insuranceEnrolments)
      .set({ shielded: true })
      .where(eq(tables.insuranceEnrolments.id, hidden.id));
    expect(await db.select().from(tables.insuranceContributions).where(ofHidden)).toMatchObject([
      { shielded: true },
    ]);
  });

  test('takes one contribution a month', async () => {
    expect(await contribute({ month: '2007-02' })).toBeUndefined();
    expect(await contribute({ month: '2007-02' })).toBe('insurance_contributions_once');
  });
});

describe('an inspection', () => {
  test.each<[string, Partial<Inspection>, string]>([
    ['by one officer', { inspectors: ['officer-1'] }, 'labour_inspections_two_officers'],
    ['without a finding', { findings: [] }, 'labour_inspections_findings_given'],
    [
      'that found nothing and something',
      { findings: ['NONE', 'UNSAFE'] },
      'labour_inspections_findings_given',
    ],
    ['with a finding that there is not', { findings: ['GHOSTS'] }, 'labour_inspections_findings_codes'],
    ['without a cause', { trigger: 'WHIM' }, 'labour_inspections_trigger_code'],
    ['put right before it was made', { rectifiedOn: '2007-01-09' }, 'labour_inspections_rectify'],
    [
      'with a penalty that names no remedy',
      { ...penalty, penaltyRemedyNotice: null },
      'labour_inspections_penalty_grounds',
    ],
  ])('is refused %s', async (_, wrong, constraint) => {
    expect(await inspect(wrong)).toBe(constraint);
    for (const right of [{}, penalty]) expect(await inspect(right)).toBeUndefined();
  });
});

describe('a case of unpaid wages', () => {
  test.each<[string, Partial<Arrears>, string]>([
    ['of no worker', { workerCount: 0 }, 'wage_arrears_cases_workers'],
    ['of a negative amount', { amountClaimed: -1 }, 'wage_arrears_cases_amounts'],
    [
      'that recovers more than was confirmed',
      { amountConfirmed: 100, amountRecovered: 101 },
      'wage_arrears_cases_recovered',
    ],
    ['that recovers what was not confirmed', { amountRecovered: 1 }, 'wage_arrears_cases_recovered'],
    ['whose months are in disorder', { periodTo: '2006-10' }, 'wage_arrears_cases_period'],
    ['for a thirteenth month', { periodTo: '2007-13' }, 'wage_arrears_cases_months'],
    ['due before it was accepted', { dueOn: '2007-01-15' }, 'wage_arrears_cases_due_after_acceptance'],
    [
      'whose clock stood before it was accepted',
      { clockStoppedOn: '2007-01-14' },
      'wage_arrears_cases_clock',
    ],
    ['whose term was made shorter', { clockAddedWorkingDays: -1 }, 'wage_arrears_cases_clock'],
    ['that is closed on no day', { status: 'CLOSED' }, 'wage_arrears_cases_closed_on'],
    ['that is open and closed', { closedOn: '2007-02-01' }, 'wage_arrears_cases_closed_on'],
    [
      'decided without saying how to seek review',
      { status: 'DECIDED', ...decision, decisionRemedyNotice: null },
      'wage_arrears_cases_decision_complete',
    ],
    ['decided without a decision', { status: 'DECIDED' }, 'wage_arrears_cases_decision_complete'],
    ['in a state that there is not', { status: 'LOST' }, 'wage_arrears_cases_status_code'],
  ])('is refused %s', async (_, wrong, constraint) => {
    expect(await complain(wrong)).toBe(constraint);
    for (const right of [{}, { status: 'DECIDED', ...decision }] as const)
      expect(await complain(right)).toBeUndefined();
  });

  test('names a complainant once', async () => {
    const row = { caseId: openCase.id, personId: randomUUID() };
    const join = () => refusal(db.insert(tables.arrearsComplainants).values({ id: randomUUID(), ...row }));
    expect(await join()).toBeUndefined();
    expect(await join()).toBe('arrears_complainants_once');
  });

  test('is referred to a unit or to somebody outside, not to both or nobody', async () => {
    const refer = (to: Partial<Referral>) =>
      refusal(
        db
          .insert(tables.caseReferrals)
          .values({ id: randomUUID(), caseId: openCase.id, referredOn: '2007-02-10', ...to }),
      );
    expect(await refer({})).toBe('case_referrals_one_addressee');
    expect(await refer({ toUnit: 'PT-JUS', toOther: '法院' })).toBe('case_referrals_one_addressee');
    expect(await refer({ toUnit: 'PT-JUS' })).toBeUndefined();
    expect(await refer({ toOther: '法院' })).toBeUndefined();
  });
});

import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { type DistrictWork, decision, official, openDistrictWork } from '../support/district-work.ts';
import { viewerOf } from '../support/graph.ts';

const lss = official('LSS', 'WINDOW', 'CASE_OFFICER');
const [bare, aic, hlr] = [official('LSS'), viewerOf('AIC'), viewerOf('HLR')];
let close: () => Promise<void>;
let owner: Sql;
let work: DistrictWork;
let persons: string[];
let place: { neighbourhoodCode: string; subdistrictCode: string };

beforeAll(async () => {
  ({ owner, work, close } = await openDistrictWork());
  // Clients of the bureau: it sees no other persons.
  const found =
    await owner`select m.id from public_security.migrants m join access.links l on l.subject_id = m.id and l.holder = 'PT-LSS' and l.until is null where m.birth_date between '1960-01-01' and '1985-01-01' and m.citizen_id_number is not null and not m.shielded and m.status = 'ACTIVE' and not exists (select from permits.residence_permits p where p.holder_id = m.id and p.type = 'TALENT') order by m.id limit 40`;
  persons = found.map(({ id }) => encodeNodeId('Migrant', String(id)));
  const [at] =
    await owner`select neighbourhood_code, subdistrict_code from labour.employers where neighbourhood_code is not null order by id limit 1`;
  place = {
    neighbourhoodCode: String(at?.neighbourhood_code),
    subdistrictCode: String(at?.subdistrict_code),
  };
});
afterAll(() => close());

let count = 0;
const person = () => persons[count++ % persons.length]!;
const newEmployer = async (more: Record<string, unknown> = {}) => {
  const address = { road: '测试路', building: '1', ...place };
  const input = { name: `测试公司${++count}`, kind: 'ENTERPRISE', address, ...more };
  return (await work.make(lss, 'upsertEmployer', 'Employer', input)).node;
};

describe('an employer', () => {
  it('is entered with its place, amended by the bureau, and by commerce where the licence says so', async () => {
    const employer = await newEmployer();
    expect((await work.row('Employer', employer)).stationCode).toMatch(/^PT-STN-/);
    await work.change(lss, 'upsertEmployer', employer, { migrantHeadcount: 5 });
    await work.change(aic, 'upsertEmployer', employer, { name: '测试新名公司' });
    const wrong = await work.attempt(aic, 'upsertEmployer', employer, { migrantHeadcount: 7 });
    expect(wrong.faults).toEqual(['migrantHeadcount VALIDATION']);
    expect((await work.attempt(hlr, 'upsertEmployer', employer, { name: '别的公司' })).error).toBe(
      'NOT_YOURS',
    );
    const less = await work.attempt(lss, 'upsertEmployer', employer, { migrantHeadcount: -1 });
    expect(less.faults).toEqual(['migrantHeadcount VALIDATION']);
  });
});

describe('a contract', () => {
  it('takes name and number from the register, is disputed, settled, ended and renewed', async () => {
    const [employee, employer] = [person(), await newEmployer()];
    const input = { employee, employer, form: 'WRITTEN_FIXED', startsOn: '2007-02-01', endsOn: '2008-01-31' };
    const made = await work.make(lss, 'upsertContract', 'Employment', input);
    const register = await work.row('Migrant', employee);
    expect(await work.row('Employment', made.node)).toMatchObject({
      employeeName: register.name,
      employeeIdentityNumber: register.citizenIdNumber,
      subdistrictCode: register.subdistrictCode,
    });
    await work.change(lss, 'upsertContract', made.node, { event: 'dispute' });
    await work.change(lss, 'upsertContract', made.node, { event: 'settle' });
    const ended = await work.change(lss, 'endContract', made.node, { event: 'end', endsOn: '2007-03-01' });
    expect(ended.state).toBe('ENDED');
    const twice = await work.attempt(lss, 'endContract', made.node, { event: 'end', endsOn: '2007-03-01' });
    expect(twice.error).toBe('BAD_TRANSITION');
    const back = { event: 'rehire', form: 'DE_FACTO', startsOn: '2007-03-01', endsOn: null };
    expect((await work.change(lss, 'upsertContract', made.node, back)).state).toBe('ACTIVE');
  });

  it('warns of a wage below the minimum of the city', async () => {
    const below = async (monthlyWage: string) => {
      const [employee, employer] = [person(), await newEmployer()];
      const input = { employee, employer, form: 'DE_FACTO', startsOn: '2007-02-01', monthlyWage };
      const { node } = await work.make(lss, 'upsertContract', 'Employment', input);
      const read = 'query($id: ID!) { node(id: $id) { ... on Employment { isBelowMinimumWage } } }';
      return (await work.graph.ask(lss, read, { id: node })).data.node.isBelowMinimumWage;
    };
    expect([await below('749.99'), await below('750.00')]).toEqual([true, false]);
  });

  it('is refused below the age of sixteen', async () => {
    const child = await work.find(
      'Migrant',
      `select m.id from public_security.migrants m join access.links l on l.subject_id = m.id and l.holder = 'PT-LSS' and l.until is null where not m.shielded and m.citizen_id_number is not null order by m.birth_date desc limit 1`,
    );
    const { birthDate } = await work.row('Migrant', child);
    const startsOn = `${Number(String(birthDate).slice(0, 4)) + 15}-06-01`;
    const employer = await newEmployer();
    const input = { employee: child, employer, form: 'DE_FACTO', startsOn };
    const made = await work.act(lss, 'upsertContract', 'Employment', input);
    expect(made.faults).toEqual(['startsOn VALIDATION']);
    expect(made.messages).toEqual(['The employee is not sixteen on that day.']);
  });
});

describe('the insurance', () => {
  const enrol = async (payer: string, insured = person()) => ({
    insured,
    payer,
    scheme: 'GENERAL',
    benefits: ['HOSPITAL'],
    startsOn: '2007-01-01',
  });

  it('is paid month by month, which the enrolment counts', async () => {
    const made = await work.make(
      lss,
      'enrolInsurance',
      'InsuranceEnrolment',
      await enrol(await newEmployer()),
    );
    const month = { enrolment: made.node, month: '2007-01', contributionBase: '1227.00' };
    const due = await work.make(lss, 'recordContribution', 'InsuranceContribution', {
      event: 'charge',
      ...month,
    });
    expect(await work.row('InsuranceContribution', due.node)).toMatchObject({ rate: '12.50', state: 'DUE' });
    expect(Number((await work.row('InsuranceContribution', due.node)).amount)).toBe(15_338);
    const paid = await work.change(lss, 'recordContribution', due.node, {
      event: 'pay',
      paidOn: '2007-02-01',
    });
    expect(paid.effects).toEqual([{ effect: 'countPaidMonths', store: 'labour', state: 'DONE' }]);
    expect((await work.row('InsuranceEnrolment', made.node)).paidMonths).toBe(1);
    const early = await work.act(lss, 'recordContribution', 'InsuranceContribution', {
      event: 'charge',
      ...month,
      month: '2006-12',
    });
    expect(early.messages).toEqual(['The person was not enrolled in that month.']);
    await work.change(lss, 'suspendInsurance', made.node);
    await work.change(lss, 'resumeInsurance', made.node);
    expect((await work.change(lss, 'endInsurance', made.node, { endsOn: '2007-03-01' })).state).toBe('ENDED');
  });

  it('is not for households and farms, nor for holders of talent permits', async () => {
    const farm = await newEmployer({ industry: 'A01' });
    const refused = await work.act(lss, 'enrolInsurance', 'InsuranceEnrolment', await enrol(farm));
    expect(refused.messages).toEqual(['Households and farms do not insure their workers in this insurance.']);
    const talent = person();
    const before = await work.make(
      lss,
      'enrolInsurance',
      'InsuranceEnrolment',
      await enrol(await newEmployer(), talent),
    );
    await work.change(lss, 'suspendInsurance', before.node);
    const missing = async () => {
      const { data } = await work.graph.ask(
        lss,
        `{ node(id: "${before.node}") { ... on InsuranceEnrolment { availableActions { event missing { path code message } } } } }`,
      );
      return Object.fromEntries(
        data.node.availableActions.map((action: { event: string; missing: unknown[] }) => [
          action.event,
          action.missing,
        ]),
      );
    };
    expect(await missing()).toMatchObject({ resume: [], end: [] });
    await owner`insert into permits.residence_permits (id, permit_no, holder_id, type, valid_from, valid_to) select gen_random_uuid(), 'TALENTTEST01', id, 'TALENT', '2007-01-01', '2007-12-31' from public_security.migrants where id = ${String((await work.row('Migrant', talent)).id)} and not exists (select from permits.residence_permits where holder_id = migrants.id and status = 'ACTIVE')`;
    await owner`update permits.residence_permits set type = 'TALENT' where holder_id = ${String((await work.row('Migrant', talent)).id)} and status = 'ACTIVE'`;
    const resident = await work.act(
      lss,
      'enrolInsurance',
      'InsuranceEnrolment',
      await enrol(await newEmployer(), talent),
    );
    expect(resident.messages).toEqual(['The insured has a talent permit and is insured as a resident.']);
    // Of who is enrolled already it is told beforehand, as the call would: the permits are in another store.
    const told = { path: [], code: 'NOT_READY', message: resident.messages[0] };
    expect(await missing()).toMatchObject({ resume: [told], end: [] });
    const resumed = await work.attempt(lss, 'resumeInsurance', before.node);
    expect({ faults: resumed.faults, messages: resumed.messages }).toEqual({
      faults: ['NOT_READY'],
      messages: [told.message],
    });
  });
});

describe('services and inspections', () => {
  it('records a service and its result', async () => {
    const input = { person: person(), kind: 'JOB_REFERRAL', occurredOn: '2007-03-01' };
    const made = await work.make(lss, 'recordEmploymentService', 'EmploymentService', input);
    await work.change(lss, 'recordEmploymentService', made.node, { outcome: 'PLACED' });
    expect((await work.row('EmploymentService', made.node)).outcome).toBe('PLACED');
  });

  it('orders, penalises with all grounds, and closes what an inspection found', async () => {
    const employer = await newEmployer();
    const seen = {
      employer,
      trigger: 'ROUTINE',
      visitedOn: '2007-03-01',
      inspectors: ['a', 'b'],
      findings: ['NO_CONTRACT'],
    };
    const alone = await work.act(lss, 'recordLabourInspection', 'LabourInspection', {
      event: 'record',
      ...seen,
      inspectors: ['a'],
    });
    expect(alone.faults).toEqual(['inspectors VALIDATION']);
    const made = await work.make(lss, 'recordLabourInspection', 'LabourInspection', {
      event: 'record',
      ...seen,
    });
    expect((await work.row('LabourInspection', made.node)).subdistrictCode).toBe(place.subdistrictCode);
    await work.change(lss, 'recordLabourInspection', made.node, {
      event: 'order',
      orderNo: '1',
      rectifyBy: '2007-03-20',
    });
    const { reasons: _, ...part } = decision;
    const penalise = { event: 'penalise', penaltyAmount: '5000.00' };
    const partly = await work.attempt(lss, 'recordLabourInspection', made.node, {
      ...penalise,
      penalty: part,
    });
    expect(partly.faults).toEqual(['penalty.reasons REQUIRED']);
    await work.change(lss, 'recordLabourInspection', made.node, { ...penalise, penalty: decision });
    await work.change(lss, 'closeRectification', made.node, { rectifiedOn: '2007-03-10' });
    const late = await work.attempt(lss, 'recordLabourInspection', made.node, {
      event: 'order',
      orderNo: '2',
      rectifyBy: '2007-03-20',
    });
    expect(late.messages).toEqual(['It has been put right already.']);
    const again = await work.attempt(lss, 'closeRectification', made.node, { rectifiedOn: '2007-03-11' });
    expect(again.messages).toEqual(['Nothing is to be put right, or it has been.']);
    const clean = await work.make(lss, 'recordLabourInspection', 'LabourInspection', {
      event: 'record',
      ...seen,
      findings: ['NONE'],
    });
    const nothing = await work.attempt(lss, 'recordLabourInspection', clean.node, {
      ...penalise,
      penalty: decision,
    });
    expect(nothing.messages).toEqual(['The inspection has found nothing.']);
  });
});

describe('a case of unpaid wages', () => {
  const file = async (more: Record<string, unknown> = {}) => {
    const input = {
      employer: await newEmployer(),
      workerCount: 3,
      amountClaimed: '9000.00',
      periodFrom: '2006-10',
      periodTo: '2007-01',
    };
    return work.make(lss, 'fileWageComplaint', 'WageArrearsCase', { ...input, ...more });
  };
  const advance = (node: string, event: string, more: Record<string, unknown> = {}) =>
    work.change(lss, 'advanceCase', node, { event, ...more });

  it('is not the work of every official of the bureau', async () => {
    const input = {
      employer: await newEmployer(),
      workerCount: 3,
      periodFrom: '2006-10',
      periodTo: '2007-01',
    };
    expect((await work.act(bare, 'fileWageComplaint', 'WageArrearsCase', input)).error).toBe('NOT_YOURS');
    const old = await work.act(lss, 'fileWageComplaint', 'WageArrearsCase', {
      ...input,
      periodFrom: '2004-10',
      periodTo: '2005-01',
    });
    expect(old.messages).toEqual(['The wages were due more than two years ago.']);
  });

  it('goes from the complaint to the money, with the clock stopped and extended', async () => {
    const { node } = await file();
    expect((await work.row('WageArrearsCase', node)).caseNo).toMatch(/^PTLSS2007[0-9]{6}$/);
    await advance(node, 'screen');
    const nobody = await work.attempt(lss, 'advanceCase', node, { event: 'accept' });
    expect(nobody.messages).toEqual(['No complainant is entered.']);
    await work.make(lss, 'addArrearsComplainant', 'ArrearsComplainant', {
      arrearsCase: node,
      person: person(),
    });
    await advance(node, 'accept');
    const { dueOn } = await work.row('WageArrearsCase', node);
    expect(String(dueOn) > '2007-05-20').toBe(true);
    await advance(node, 'investigate');
    await advance(node, 'suspend');
    expect((await work.row('WageArrearsCase', node)).clockStoppedOn).toBe('2007-03-01');
    await advance(node, 'resume');
    expect(await work.row('WageArrearsCase', node)).toMatchObject({ clockStoppedOn: null, dueOn });
    await advance(node, 'extend');
    expect(String((await work.row('WageArrearsCase', node)).dueOn) > String(dueOn)).toBe(true);
    const twice = await work.attempt(lss, 'advanceCase', node, { event: 'extend' });
    expect(twice.messages).toEqual(['The time was extended already.']);
    await advance(node, 'decide', { decision, amountConfirmed: '9000.00' });
    await advance(node, 'seekRemedy');
    await advance(node, 'uphold');
    await advance(node, 'execute');
    const much = await work.attempt(lss, 'advanceCase', node, {
      event: 'recordRecovery',
      amountRecovered: '9000.01',
    });
    expect(much.faults).toEqual(['amountRecovered VALIDATION']);
    expect((await advance(node, 'close', { amountRecovered: '9000.00' })).state).toBe('CLOSED');
    const over = await work.act(lss, 'addArrearsComplainant', 'ArrearsComplainant', {
      arrearsCase: node,
      person: person(),
    });
    expect(over.messages).toEqual(['The case is over.']);
    await work.change(lss, 'reopenCase', node);
    expect((await advance(node, 'investigate')).state).toBe('INVESTIGATING');
  });

  it('adds the working days during which it was suspended', async () => {
    const { node } = await file();
    await advance(node, 'screen');
    await work.make(lss, 'addArrearsComplainant', 'ArrearsComplainant', {
      arrearsCase: node,
      person: person(),
    });
    await advance(node, 'accept');
    await advance(node, 'investigate');
    await advance(node, 'suspend');
    const { id, dueOn } = await work.row('WageArrearsCase', node);
    // Ten days earlier: 2007-02-19 to 02-23 were the holidays of spring, Saturday the 17th and 25th were worked.
    await owner`update labour.wage_arrears_cases set accepted_on = '2007-02-15', clock_stopped_on = '2007-02-15' where id = ${String(id)}`;
    await advance(node, 'resume');
    const after = await work.row('WageArrearsCase', node);
    const [between] =
      await owner`select access.working_days_between('2007-02-15', '2007-03-01') as days, access.add_working_days(${String(dueOn)}::date, access.working_days_between('2007-02-15', '2007-03-01'))::text as due`;
    expect(after).toMatchObject({ clockAddedWorkingDays: between?.days, dueOn: between?.due });
  });

  it('is referred with a record of it, to legal aid with consent alone', async () => {
    const { node } = await file();
    await advance(node, 'screen');
    await work.make(lss, 'addArrearsComplainant', 'ArrearsComplainant', {
      arrearsCase: node,
      person: person(),
    });
    await advance(node, 'accept');
    const jus = encodeNodeId('OrgUnit', 'PT-JUS');
    const without = await work.attempt(lss, 'referCase', node, { referredTo: jus });
    expect(without.messages).toEqual(['Legal aid needs the consent of the complainants: enter its day.']);
    const referred = await work.change(lss, 'referCase', node, {
      referredTo: jus,
      referralConsentedOn: '2007-03-01',
    });
    expect(referred.effects).toEqual([{ effect: 'recordReferral', store: 'labour', state: 'DONE' }]);
    const { id } = await work.row('WageArrearsCase', node);
    const kept =
      await owner`select to_unit, referred_on::text from labour.case_referrals where case_id = ${String(id)}`;
    expect([...kept]).toEqual([{ to_unit: 'PT-JUS', referred_on: '2007-03-01' }]);
    await work.make(lss, 'recordCaseReferral', 'CaseReferral', {
      arrearsCase: node,
      toOther: '普陀区人民法院',
      referredOn: '2007-03-01',
    });
  });

  it('is handed over or withdrawn, and then over', async () => {
    const handed = (await file()).node;
    await advance(handed, 'screen');
    const police = encodeNodeId('OrgUnit', 'PT-PSB');
    expect((await work.change(lss, 'transferCase', handed, { referredTo: police })).state).toBe(
      'TRANSFERRED',
    );
    const withdrawn = (await file()).node;
    expect((await advance(withdrawn, 'withdraw')).state).toBe('WITHDRAWN');
    expect((await work.attempt(lss, 'advanceCase', withdrawn, { event: 'screen' })).error).toBe(
      'BAD_TRANSITION',
    );
  });
});

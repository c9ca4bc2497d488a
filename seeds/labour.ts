import * as t from '../src/departments/labour/tables.ts';
import type { Seed } from './load.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { hash } from './world/random.ts';
import { sitesOf } from './world/sites.ts';
import { placeOf, territoryOf } from './world/territory.ts';
import { type Employer, type Person, seedId, type World } from './world.ts';
import { writtenCells } from './written-cells.ts';

function* workers(world: World): Generator<Person> {
  for (let i = 0; i < world.size; i++) {
    const person = world.person(i);
    if (person.employer !== null && person.citizenIdNumber !== null) yield person;
  }
}

function* employers(world: World): Generator<Employer> {
  for (let i = 0; i < world.employers; i++) yield world.employer(i);
}

/** Work ends with the day of leaving the district, where it had begun by then. */
const workEndsOn = (p: Person) =>
  p.departedOn !== null && p.contractStartsOn <= p.departedOn ? p.departedOn : null;

/** The last month is still owed by some. */
const owesLastMonth = (p: Person) => p.index % 6 === 0;

function* employerRows(world: World) {
  for (const e of employers(world))
    yield {
      id: e.id,
      name: e.name,
      orgCode: e.index < 99_999 ? e.orgCode : null,
      registrationNo: e.registrationNo,
      kind: e.kind,
      industry: e.industry,
      road: '示例路',
      lane: e.lane,
      building: e.building,
      room: e.room,
      ...placeOf(e),
      migrantHeadcount: 20 + (e.index % 40),
      contactName: e.contactName,
      contactPhone: e.contactPhone,
    };
}

/** Employers write some names as they hear them: a disagreement with the register (dossier §8.3). */
const asReported = (p: Person) => (p.index % 83 === 4 ? `${p.surname}晓${p.name.slice(-1)}` : p.name);

function* employmentRows(world: World) {
  for (const p of workers(world)) {
    const employer = world.employer(p.employer ?? 0);
    yield {
      id: seedId('employment', p.index),
      employeeId: p.id,
      employeeIdentityNumber: p.citizenIdNumber,
      employeeDocumentKind: 'RESIDENT_ID',
      asWritten: writtenCells(p.index, '工种', '？工'),
      employeeName: asReported(p),
      employerId: employer.id,
      form: ['WRITTEN_FIXED', 'WRITTEN_FIXED', 'DE_FACTO', 'WRITTEN_OPEN'][p.index % 4],
      occupation: p.occupation,
      workplaceSubdistrict: employer.subdistrictCode,
      startsOn: p.contractStartsOn,
      endsOn: workEndsOn(p),
      monthlyWage: p.monthlyWage,
      payDay: 5 + (p.index % 20),
      hoursPerWeek: `${40 + (p.index % 20)}.0`,
      status: workEndsOn(p) !== null ? 'ENDED' : p.index % 50 === 7 ? 'DISPUTED' : 'ACTIVE',
      ...territoryOf(p),
    };
  }
}

const serviceKinds = ['JOB_REFERRAL', 'VOCATIONAL_TRAINING', 'RIGHTS_ADVICE'];

function* serviceRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of workers(world))
    if (p.index % 25 === 3)
      yield {
        id: seedId('employmentService', p.index),
        personId: p.id,
        kind: serviceKinds[p.index % 3],
        occurredOn: dateOf(today - 1 - (p.index % 300)),
        outcome: 'COMPLETED',
        ...territoryOf(p),
      };
}

function* enrolmentRows(world: World) {
  for (const p of workers(world)) {
    if (!p.insured) continue;
    const construction = world.employer(p.employer ?? 0).kind === 'CONSTRUCTION_NONLOCAL';
    yield {
      id: seedId('enrolment', p.index),
      insuredId: p.id,
      insuredIdentityNumber: p.citizenIdNumber,
      payerId: seedId('employer', p.employer ?? 0),
      scheme: construction ? 'CONSTRUCTION_NONLOCAL' : 'GENERAL',
      benefits: construction ? ['WORK_INJURY', 'HOSPITAL'] : ['WORK_INJURY', 'HOSPITAL', 'OLD_AGE_SUBSIDY'],
      startsOn: p.contractStartsOn,
      endsOn: workEndsOn(p),
      status: workEndsOn(p) !== null ? 'ENDED' : p.index % 40 === 11 ? 'SUSPENDED' : 'ENROLLED',
      paidMonths: owesLastMonth(p) ? 2 : 3,
      ...territoryOf(p),
    };
  }
}

/** 60 % of a city average wage of the year before, and the rates of the two schemes (dossier A.10: dated). */
const base = 122_700;
const months = ['2006-12', '2007-01', '2007-02'];

function* contributionRows(world: World) {
  for (const p of workers(world)) {
    if (!p.insured) continue;
    const construction = world.employer(p.employer ?? 0).kind === 'CONSTRUCTION_NONLOCAL';
    for (const [n, month] of months.entries()) {
      const due = n === 2 && owesLastMonth(p);
      yield {
        id: seedId('contribution', p.index, n),
        enrolmentId: seedId('enrolment', p.index),
        insuredId: p.id,
        shielded: territoryOf(p).shielded,
        month,
        contributionBase: base,
        rate: construction ? '5.50' : '12.50',
        amount: Math.round((base * (construction ? 550 : 1250)) / 10_000),
        paidOn: due ? null : `${month}-20`,
        state: due ? 'DUE' : 'PAID',
      };
    }
  }
}

const findings = [
  'NONE',
  'NO_CONTRACT',
  'UNPAID_WAGES',
  'NO_INSURANCE',
  'OVERTIME',
  'ID_DOCS_WITHHELD',
  'UNSAFE',
];

export function* inspectionRows(world: World) {
  const today = dayNumber(world.today);
  for (const e of employers(world)) {
    if (e.index % 4 !== 1) continue;
    const h = hash(world.seed, 45, e.index, 1);
    const finding = findings[h % findings.length] ?? 'NONE';
    const on = today - 1 - ((h >>> 8) % 250);
    const fined = finding === 'UNPAID_WAGES';
    yield {
      id: seedId('labourInspection', e.index),
      employerId: e.id,
      trigger: ['ROUTINE', 'COMPLAINT', 'JOINT_ACTION', 'REFERRAL'][(h >>> 16) & 3],
      visitedOn: dateOf(on),
      inspectors: ['inspector-1', 'inspector-2'],
      findings: [finding],
      orderNo: finding === 'NONE' ? null : `LD2007${String(e.index).padStart(6, '0')}`,
      rectifyBy: finding === 'NONE' ? null : dateOf(on + 15),
      rectifiedOn: finding !== 'NONE' && e.index % 8 === 1 ? dateOf(Math.min(on + 12, today)) : null,
      penaltyAmount: fined ? 200_000 : null,
      penaltyLegalBasis: fined ? '劳动保障监察条例第二十六条' : null,
      penaltyReasons: fined ? '逾期未支付劳动者工资' : null,
      penaltyDecidedBy: fined ? 'PT-LSS' : null,
      penaltyDecidedOn: fined ? dateOf(Math.min(on + 30, today)) : null,
      penaltyRemedyNotice: fined ? '可申请行政复议或提起行政诉讼' : null,
      ...placeOf(e),
    };
  }
}

const isSued = (e: Employer) => e.index % 12 === 5;
/** Referred to the justice bureau for legal aid. */
const isReferred = (e: Employer) => isSued(e) && e.index % 24 === 17;
const workersOf = (e: Employer) => 1 + (e.index % 60);

export function* arrearsRows(world: World) {
  const today = dayNumber(world.today);
  // The first site of each enterprise.
  const sites = new Map(
    sitesOf(world)
      .toReversed()
      .map(({ contractor, id }) => [contractor.id, id]),
  );
  for (const e of employers(world)) {
    if (!isSued(e)) continue;
    const accepted = today - 10 - (e.index % 120);
    const closed = e.index % 24 === 5 && accepted + 60 < today;
    const claimed = workersOf(e) * 230_000;
    yield {
      id: seedId('arrearsCase', e.index),
      caseNo: `PTLSS2007${String(e.index).padStart(5, '0')}`,
      employerId: e.id,
      workerCount: workersOf(e),
      amountClaimed: claimed,
      amountConfirmed: closed ? claimed : null,
      amountRecovered: closed ? claimed : null,
      periodFrom: '2006-10',
      periodTo: '2007-01',
      siteId: sites.get(e.id) ?? null,
      acceptedOn: dateOf(accepted),
      dueOn: dateOf(accepted + 84),
      closedOn: closed ? dateOf(accepted + 60) : null,
      status: closed ? 'CLOSED' : 'INVESTIGATING',
      referredToUnit: isReferred(e) ? 'PT-JUS' : null,
      ...placeOf(e),
    };
  }
}

function* complainantRows(world: World) {
  for (const e of employers(world)) {
    if (!isSued(e)) continue;
    for (let n = 0; n < Math.min(workersOf(e), 5); n++) {
      const p = world.person((e.index * 40 + n * 3) % world.size);
      yield {
        id: seedId('complainant', e.index, n),
        caseId: seedId('arrearsCase', e.index),
        personId: p.id,
        ...territoryOf(p),
      };
    }
  }
}

function* referralRows(world: World) {
  for (const e of employers(world))
    if (isReferred(e))
      yield {
        id: seedId('referral', e.index),
        caseId: seedId('arrearsCase', e.index),
        toUnit: 'PT-JUS',
        referredOn: world.today,
      };
}

/** Fills the labour bureau's store. */
export const seedLabour: Seed = async (world, sink) => {
  await sink(t.employers, employerRows(world));
  await sink(t.employments, employmentRows(world));
  await sink(t.employmentServices, serviceRows(world));
  await sink(t.insuranceEnrolments, enrolmentRows(world));
  await sink(t.insuranceContributions, contributionRows(world));
  await sink(t.labourInspections, inspectionRows(world));
  await sink(t.wageArrearsCases, arrearsRows(world));
  await sink(t.arrearsComplainants, complainantRows(world));
  await sink(t.caseReferrals, referralRows(world));
};

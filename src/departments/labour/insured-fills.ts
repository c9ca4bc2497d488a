import { sql } from 'drizzle-orm';
import { addMonths } from '../../contract/deadlines/working-days.ts';
import type { Fill, Values } from '../../contract/doing/department-doing.ts';
import { faultAt } from '../doing-fills.ts';
import { baseOf, rateOf } from './insurance-rates.ts';

/** What the population register says of a person; its tables are another department's. */
interface Registered extends Values {
  readonly name: string;
  readonly number: string | null;
  readonly kind: string;
  readonly birthDate: string;
}

type Reading = Parameters<Fill['fill']>[1];

async function registered(id: unknown, system: Reading) {
  const [found] = await system.rows<Registered & Values>(
    'public_security',
    sql`select name, coalesce(citizen_id_number, document_number) as "number", birth_date::text as "birthDate",
      case when citizen_id_number is null then document_kind else 'RESIDENT_ID' end as "kind",
      subdistrict_code as "subdistrictCode", station_code as "stationCode", neighbourhood_code as "neighbourhoodCode", shielded
      from public_security.migrants where id = ${id}`,
  );
  return found;
}

const noPerson = (field: string) =>
  faultAt([field], 'The register has no number for this person.', '人口登记中无此人的证件号码。');

const placed = ['subdistrictCode', 'stationCode', 'neighbourhoodCode', 'shielded'] as const;
const placeOf = (person: Values) =>
  Object.fromEntries(placed.map((property) => [property, person[property]]));

/** Number, document, name and place of the employee, as the register has them. */
const employeeFromRegister: Fill = {
  sets: ['employeeIdentityNumber', 'employeeDocumentKind', 'employeeName', ...placed],
  async fill({ given }, system) {
    const person = await registered(given.employeeId, system);
    if (!person?.number) return noPerson('employee');
    return {
      employeeIdentityNumber: person.number,
      employeeDocumentKind: person.kind,
      employeeName: person.name,
      ...placeOf(person),
    };
  },
};

/** Number, document and place of the insured, as the register has them. */
const insuredFromRegister: Fill = {
  sets: ['insuredIdentityNumber', 'insuredDocumentKind', ...placed],
  async fill({ given }, system) {
    const person = await registered(given.insuredId, system);
    if (!person?.number) return noPerson('insured');
    return { insuredIdentityNumber: person.number, insuredDocumentKind: person.kind, ...placeOf(person) };
  },
};

/** Nobody is employed below the age of sixteen (dossier §3.4). */
const employeeSixteen: Fill = {
  sets: [],
  compares: ['employeeId', 'startsOn'],
  async fill({ given, row }, system) {
    const id = given.employeeId ?? row?.employeeId;
    const startsOn = String(given.startsOn ?? row?.startsOn);
    const person = id == null ? undefined : await registered(id, system);
    if (!person || addMonths(person.birthDate, 16 * 12) <= startsOn) return {};
    return faultAt(
      ['startsOn'],
      'The employee is not sixteen on that day.',
      '用工起始日劳动者未满十六周岁。',
    );
  },
};

/** Who has a talent permit has the insurance of residents (clause LSS-b). */
const noTalentPermit: Fill = {
  sets: [],
  compares: ['insuredId'],
  async fill({ given, row }, system) {
    const id = given.insuredId ?? row?.insuredId;
    if (id == null) return {};
    const found = await system.rows(
      'permits',
      sql`select id from permits.residence_permits where holder_id = ${id} and type = 'TALENT' and status = 'ACTIVE'`,
    );
    if (found.length === 0) return {};
    return faultAt(
      row ? [] : ['insured'],
      'The insured has a talent permit and is insured as a resident.',
      '人才居住证持有人不参加综合保险。',
    );
  },
};

/** Rate and amount of a contribution; insured and shield are the enrolment's. */
const contributionFromBase: Fill = {
  sets: ['rate', 'amount', 'insuredId', 'shielded'],
  async fill({ given }, system) {
    const enrolment = await system.row('InsuranceEnrolment', String(given.enrolmentId));
    if (!enrolment) return {};
    const rate = rateOf(String(enrolment.scheme), String(given.month));
    if (rate === undefined)
      return faultAt(['month'], 'There was no such insurance in that month.', '该月份尚无此项保险。');
    if (Number(given.contributionBase) !== baseOf(String(given.month)))
      return faultAt(
        ['contributionBase'],
        'This is not the base of that month.',
        '缴费基数与该月份规定的基数不符。',
      );
    const { insuredId, shielded } = enrolment;
    const amount = Math.round((Number(given.contributionBase) * rate) / 100);
    return { rate: String(rate), amount, insuredId, shielded };
  },
};

export const insuredFills = {
  employeeFromRegister,
  insuredFromRegister,
  employeeSixteen,
  noTalentPermit,
  contributionFromBase,
};

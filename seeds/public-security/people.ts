import { ethnicities } from '../../src/departments/public-security/ethnicities.ts';
import type {
  migrantDocuments,
  migrants as migrantTable,
} from '../../src/departments/public-security/tables.ts';
import { citizenIdCheck } from '../../src/identifiers/citizen-id.ts';
import { dateOf, dayNumber } from '../world/dates.ts';
import { territoryOf } from '../world/territory.ts';
import { type Person, seedId, type World } from '../world.ts';
import { awaitsCorrection } from './corrections.ts';
import { householdOf, isAdult, residents } from './residents.ts';

type MigrantRow = typeof migrantTable.$inferInsert;
type QualityFlag = NonNullable<MigrantRow['qualityFlags']>[number];

const maritalStatuses = { 10: 'UNMARRIED', 20: 'MARRIED', 30: 'WIDOWED', 40: 'DIVORCED' } as const;
const educationLevels = {
  20: 'UNDERGRADUATE',
  30: 'JUNIOR_COLLEGE',
  40: 'SECONDARY_VOCATIONAL',
  60: 'SENIOR_HIGH',
  70: 'JUNIOR_HIGH',
  80: 'PRIMARY',
} as const;
const contactRelations = [
  'SPOUSE',
  'FATHER',
  'MOTHER',
  'ELDER_BROTHER',
  'OTHER_RELATIVE',
  'NON_RELATIVE',
] as const;

/** One row a person, with the defects that such registers have (dossier appendix C). */
export function* migrants(world: World): Generator<MigrantRow> {
  const stale = dateOf(dayNumber(world.today) - 180);
  for (const together of residents(world)) {
    const household = householdOf(together);
    for (const person of together) yield migrantRow(world, person, household, stale);
  }
}

function migrantRow(world: World, person: Person, household: readonly Person[], stale: string): MigrantRow {
  const { index } = person;
  const here = person.departedOn === null;
  const double = person.duplicateOf !== null;
  const { name, birthDate, citizenIdNumber, hukouDivision, hukouAddress } = identityOf(world, person);
  const wrongDay = index % 131 === 17;
  const wrongCheck = index % 499 === 3 && citizenIdNumber !== null;
  const oddPhone = index % 211 === 9;
  const flags: QualityFlag[] = [];
  if (wrongCheck) flags.push('ID_CHECKSUM');
  if (index % 61 === 5 && citizenIdNumber !== null && birthDate < '2000')
    flags.push('ID_15_DIGITS_CONVERTED');
  if (person.sexOnForm !== person.sex && citizenIdNumber !== null) flags.push('SEX_MISMATCH');
  if (wrongDay && citizenIdNumber !== null) flags.push('DOB_MISMATCH');
  if (oddPhone) flags.push('PHONE_INVALID');
  if (double) flags.push('DUP_SUSPECT');
  if (isUnresolved(person)) flags.push('ADDRESS_UNRESOLVED');
  if (awaitsCorrection(person)) flags.push('CORRECTION_ASKED');
  if (here && person.confirmedOn < stale) flags.push('STALE');
  const verified = citizenIdNumber !== null && !double && !wrongCheck && index % 8 !== 0;
  const hasContact = index % 5 < 3;
  return {
    id: person.id,
    name,
    formerName: index % 101 === 7 ? `${person.surname}小${name.slice(-1)}` : null,
    sex: person.sexOnForm,
    citizenIdNumber: wrongCheck ? withWrongCheck(citizenIdNumber) : citizenIdNumber,
    documentKind: citizenIdNumber === null ? (index % 2 === 0 ? 'BIRTH_CERT' : 'PASSPORT') : null,
    documentNumber: citizenIdNumber === null ? `SL${String(index).padStart(8, '0')}` : null,
    birthDate: wrongDay ? dateOf(dayNumber(birthDate) - 1) : birthDate,
    photoRef: isAdult(person) && index % 3 !== 0 ? `photo-${String(index).padStart(7, '0')}` : null,
    ethnicity: ethnicities[Number(person.ethnicity) - 1] ?? 'OTHER',
    hukouType: person.hukouType,
    hukouDivision,
    hukouAddress,
    maritalStatus: maritalStatuses[person.maritalStatus],
    educationLevel: person.ageYears < 6 ? null : educationLevels[person.educationLevel],
    mobilePhone: oddPhone ? '1380000' : isAdult(person) && !hasNoPhone(person) ? person.mobilePhone : null,
    emergencyContactName: hasContact ? `${person.surname}某` : null,
    emergencyContactRelation: hasContact ? contactRelations[index % contactRelations.length] : null,
    emergencyContactPhone: hasContact ? `1380000${String((index * 7) % 10_000).padStart(4, '0')}` : null,
    status: here ? 'ACTIVE' : 'DEPARTED',
    qualityFlags: flags,
    verifiedAt: verified ? person.registeredAt : null,
    currentRegistrationId: here ? seedId('registration', index) : null,
    householdId: household.includes(person) ? seedId('household', person.dwelling) : null,
    ...territoryOf(person),
    createdAt: person.registeredAt,
  };
}

/** Of a person registered twice the second row says what the first says. */
const identityOf = (world: World, person: Person): Person =>
  person.duplicateOf === null ? person : world.person(person.duplicateOf);

/** Gave the register no telephone; the lease may have one. */
const hasNoPhone = ({ index }: Person) => index % 37 === 14;

/** The address was not found among the dwellings; the registration names none. */
export const isUnresolved = (person: Person): boolean => person.index % 53 === 7;

function withWrongCheck(citizenIdNumber: string): string {
  const body = citizenIdNumber.slice(0, 17);
  return body + (citizenIdCheck(body) === '0' ? '1' : '0');
}

/** An identity card for those who have a number, a birth certificate or household register for other children. */
export function* documents(world: World): Generator<typeof migrantDocuments.$inferInsert> {
  for (let i = 0; i < world.size; i++) {
    const person = world.person(i);
    const { citizenIdNumber } = identityOf(world, person);
    // One in twenty adults came without a card.
    if (citizenIdNumber !== null && i % 20 === 11) continue;
    const issuedOn = dayNumber(person.arrivedShanghaiOn) - 200 - (i % 1500);
    const card = citizenIdNumber !== null && isAdult(person);
    yield {
      id: seedId('document', i),
      personId: person.id,
      kind: card ? 'RESIDENT_ID' : i % 2 === 0 ? 'BIRTH_CERT' : 'HUKOU_BOOK',
      number: card ? citizenIdNumber : `SL${String(i).padStart(8, '0')}`,
      validFrom: card ? dateOf(issuedOn) : null,
      validTo: card ? dateOf(issuedOn + 3652) : null,
      ...territoryOf(person),
      createdAt: person.registeredAt,
    };
  }
}

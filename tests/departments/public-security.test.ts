import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as tables from '../../src/departments/public-security/tables.ts';
import { connectTo } from '../../src/store/connect.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';

const folder = join(import.meta.dirname, '../../migrations');
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let connection: postgres.Sql;
let db: ReturnType<typeof drizzle>;

beforeAll(async () => {
  database = await createTestDatabase('nothing');
  await migrate({ urlOf: () => database.url, stores: ['public_security'], folder, log: () => {} });
  connection = connectTo(database.url, { max: 1, onnotice: () => {} });
  db = drizzle(connection);
});

afterAll(async () => {
  await connection.end();
  await database.drop();
});

type Migrant = typeof tables.migrants.$inferInsert;
type Registration = typeof tables.residenceRegistrations.$inferInsert;
type Case = typeof tables.policeCases.$inferInsert;

const migrant = (changes: Partial<Migrant> = {}): Migrant => ({
  id: randomUUID(),
  name: '王小明',
  sex: 'MALE',
  citizenIdNumber: '349999198506120039',
  birthDate: '1985-06-12',
  hukouDivision: '349999',
  ...changes,
});

let serial = 0;
const registration = (migrantId: string, changes: Partial<Registration> = {}): Registration => ({
  id: randomUUID(),
  serialNo: `PT200702${String(++serial).padStart(6, '0')}`,
  migrantId,
  subdistrictCode: '310107005',
  stationCode: 'PT-STN-005-1',
  neighbourhoodCode: '310107005001',
  arrivedHereOn: '2006-05-01',
  stayReason: 'WORK',
  dwellingRelation: 'TENANT',
  source: 'WINDOW',
  capturedBy: 'u-1',
  capturedByUnit: 'PT-CAC-005',
  capturedAt: '2006-05-02T01:00:00Z',
  ...changes,
});

const policeCase = (changes: Partial<Case> = {}): Case => ({
  id: randomUUID(),
  caseNo: `PT-STN-005-1-2007-${String(++serial).padStart(5, '0')}`,
  kind: 'ADMINISTRATIVE',
  category: 'PSAPL-49',
  legalBasis: '治安管理处罚法第四十九条',
  acceptedOn: '2007-01-10',
  stationId: 'PT-STN-005-1',
  occurredSubdistrict: '310107005',
  ...changes,
});

async function stored(row: Migrant): Promise<string> {
  await db.insert(tables.migrants).values(row);
  return row.id;
}

describe('a migrant', () => {
  beforeEach(() => connection`truncate public_security.migrants cascade`);

  test.each<[string, Partial<Migrant>, string]>([
    ['has a name', { name: '' }, 'migrants_name_length'],
    [
      'has a household registration outside Shanghai',
      { hukouDivision: '310107' },
      'migrants_hukou_outside_shanghai',
    ],
    ['was born in 1900 or later', { birthDate: '1899-12-31' }, 'migrants_birth_date_from_1900'],
    [
      'has an identity number of eighteen characters',
      { citizenIdNumber: '349999850612003' },
      'migrants_citizen_id_form',
    ],
    [
      'carries known quality flags only',
      { qualityFlags: ['DANGEROUS' as never] },
      'migrants_quality_flag_codes',
    ],
    [
      'is merged into another row when its status says so',
      { status: 'MERGED' },
      'migrants_merged_into_another',
    ],
    ['has an ethnicity of the standard', { ethnicity: 'MARTIAN' as never }, 'migrants_ethnicity_code'],
  ])('%s', async (_, wrong, constraint) => {
    expect(await refusal(db.insert(tables.migrants).values(migrant(wrong)))).toBe(constraint);
    expect(await refusal(db.insert(tables.migrants).values(migrant()))).toBeUndefined();
  });

  test('shares no verified identity number, while unverified doubles are kept and flagged', async () => {
    await stored(migrant({ verifiedAt: '2007-01-01T00:00:00Z' }));
    await stored(migrant({ qualityFlags: ['DUP_SUSPECT'] }));
    const second = db.insert(tables.migrants).values(migrant({ verifiedAt: '2007-01-02T00:00:00Z' }));
    expect(await refusal(second)).toBe('migrants_verified_citizen_id');
  });

  test('belongs to the unit of its territory without anybody writing it', async () => {
    const id = await stored(migrant({ subdistrictCode: '310107015', neighbourhoodCode: '310107015003' }));
    const nowhere = await stored(migrant());
    const unitOf = async (row: string) =>
      (await db.select().from(tables.migrants).where(eq(tables.migrants.id, row)))[0]?.subdistrictUnit;
    expect(await unitOf(id)).toBe('PT-SUB-015');
    expect(await unitOf(nowhere)).toBeNull();
  });
});

describe('a registration', () => {
  let id: string;
  beforeEach(async () => {
    await connection`truncate public_security.migrants cascade`;
    id = await stored(migrant());
  });

  test.each<[string, Partial<Registration>, string]>([
    [
      'lies in the sub-district of its neighbourhood',
      { neighbourhoodCode: '310107014001' },
      'residence_registrations_neighbourhood_inside',
    ],
    [
      'begins after the arrival in Shanghai',
      { arrivedShanghaiOn: '2006-05-02' },
      'residence_registrations_arrival',
    ],
    ['ends after it began', { departedOn: '2006-04-30' }, 'residence_registrations_departure'],
    ['is closed by a departure', { status: 'CLOSED' }, 'residence_registrations_closed_by_departure'],
    [
      'is of a person of the register',
      { migrantId: randomUUID() },
      'residence_registrations_migrant_id_migrants_id_fk',
    ],
    ['has a serial number', { serialNo: '1' }, 'residence_registrations_serial_form'],
  ])('%s', async (_, wrong, constraint) => {
    const insert = (row: Registration) => refusal(db.insert(tables.residenceRegistrations).values(row));
    expect(await insert(registration(id, wrong))).toBe(constraint);
    expect(await insert(registration(id))).toBeUndefined();
  });

  test('has its serial number alone', async () => {
    const first = registration(id);
    await db.insert(tables.residenceRegistrations).values(first);
    const again = db.insert(tables.residenceRegistrations).values({ ...first, id: randomUUID() });
    expect(await refusal(again)).toBe('residence_registrations_serial_no_unique');
  });

  test('may stand beside another open one of the same person: a defect to be shown, not refused', async () => {
    const rows = [registration(id), registration(id)];
    expect(await refusal(db.insert(tables.residenceRegistrations).values(rows))).toBeUndefined();
  });
});

describe('a household', () => {
  test('has a person in one open membership at most', async () => {
    const migrantId = await stored(migrant({ citizenIdNumber: null }));
    const [here, there] = [randomUUID(), randomUUID()];
    for (const id of [here, there])
      await db.insert(tables.households).values({ id, dwellingId: randomUUID(), memberCount: 1 });
    const member = (householdId: string, endsOn?: string) =>
      refusal(
        db.insert(tables.householdMembers).values({
          id: randomUUID(),
          householdId,
          migrantId,
          relationToHead: 'HEAD',
          startsOn: '2006-01-01',
          endsOn,
        }),
      );
    expect(await member(here, '2006-12-31')).toBeUndefined();
    expect(await member(here)).toBeUndefined();
    expect(await member(there)).toBe('household_members_one_open');
  });

  test('has at least one member', async () => {
    const empty = db
      .insert(tables.households)
      .values({ id: randomUUID(), dwellingId: randomUUID(), memberCount: 0 });
    expect(await refusal(empty)).toBe('households_member_count');
  });
});

describe('a police case', () => {
  const decision = {
    decisionLegalBasis: '治安管理处罚法第四十九条',
    decisionReasons: '事实清楚',
    decisionDecidedBy: 'PT-PSB',
    decisionDecidedOn: '2007-01-20',
    decisionRemedyNotice: '六十日内可申请行政复议',
  };

  test.each<[string, Partial<Case>, string]>([
    ['has a legal basis', { legalBasis: ' ' }, 'police_cases_legal_basis_given'],
    ['has a statute article as category, not free text', { category: 'theft' }, 'police_cases_category_form'],
    ['starts when accepted, not when reported', { status: 'REPORTED' as never }, 'police_cases_status_code'],
    ['is decided with a decision', { status: 'DECIDED' }, 'police_cases_decided_has_decision'],
    [
      'has grounds and remedy in each decision',
      { ...decision, decisionRemedyNotice: null },
      'police_cases_decision_complete',
    ],
    ['has a closing day when closed', { ...decision, status: 'CLOSED' }, 'police_cases_closed_on'],
  ])('%s', async (_, wrong, constraint) => {
    expect(await refusal(db.insert(tables.policeCases).values(policeCase(wrong)))).toBe(constraint);
    const right = policeCase({ ...decision, status: 'CLOSED', closedOn: '2007-02-01' });
    expect(await refusal(db.insert(tables.policeCases).values(right))).toBeUndefined();
  });
});

test('an import batch adds up', async () => {
  const batch = (rowsSent: number) =>
    refusal(
      db
        .insert(tables.registrationImportBatches)
        .values({ id: randomUUID(), period: '2007-02', rowsSent, rowsAccepted: 90, rowsRejected: 10 }),
    );
  expect(await batch(101)).toBe('registration_import_batches_rows_add_up');
  expect(await batch(100)).toBeUndefined();
});

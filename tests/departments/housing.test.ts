import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as tables from '../../src/departments/housing/tables.ts';
import { connectTo } from '../../src/store/connect.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';

const folder = join(import.meta.dirname, '../../migrations');
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let connection: postgres.Sql;
let db: ReturnType<typeof drizzle>;

type Dwelling = typeof tables.dwellings.$inferInsert;
type Lease = typeof tables.leases.$inferInsert;
type Filing = typeof tables.leaseFilings.$inferInsert;
type Inspection = typeof tables.propertyInspections.$inferInsert;

let serial = 0;
const home: Dwelling = {
  id: randomUUID(),
  road: '示例路',
  lane: '12',
  building: '3',
  room: '501',
  subdistrictCode: '310107005',
  floorArea: '45.50',
};

const dwelling = (changes: Partial<Dwelling> = {}): Dwelling => ({
  ...home,
  id: randomUUID(),
  room: String(1000 + ++serial),
  ...changes,
});

const lease = (changes: Partial<Lease> = {}): Lease => ({
  id: randomUUID(),
  contractNo: `HT${String(++serial).padStart(10, '0')}`,
  dwellingId: home.id,
  landlordName: '李某',
  tenantName: '王示例',
  startsOn: '2006-06-01',
  endsOn: '2007-05-31',
  ...changes,
});

const inForce = lease({ contractNo: 'HT-IN-FORCE' });

const filing = (changes: Partial<Filing> = {}): Filing => ({
  id: randomUUID(),
  leaseId: inForce.id,
  status: 'SUBMITTED',
  acceptedByUnit: 'PT-CAC-005',
  submittedOn: '2006-06-10',
  ...changes,
});

const filed = (): Partial<Filing> => ({
  status: 'FILED',
  filingNo: `BA${++serial}`,
  decidedOn: '2006-06-20',
  certificateValidTo: '2007-05-31',
});

const decision: Partial<Filing> = {
  decisionLegalBasis: '示例办法第八条',
  decisionReasons: '示例',
  decisionDecidedBy: 'PT-HLR',
  decisionDecidedOn: '2006-06-20',
  decisionRemedyNotice: '可申请行政复议',
};
const refused: Partial<Filing> = {
  status: 'REFUSED',
  decidedOn: '2006-06-20',
  refusalReason: 'AREA_RULE',
  ...decision,
};

const inspection = (changes: Partial<Inspection> = {}): Inspection => ({
  id: randomUUID(),
  dwellingId: home.id,
  inspectedOn: '2007-01-10',
  inspectedBy: 'officer-1',
  findings: ['GAS_RISK'],
  ...changes,
});

beforeAll(async () => {
  database = await createTestDatabase('nothing');
  await migrate({ urlOf: () => database.url, stores: ['housing'], folder, log: () => {} });
  connection = connectTo(database.url, { max: 1, onnotice: () => {} });
  db = drizzle(connection);
  await db.insert(tables.dwellings).values(home);
  await db.insert(tables.leases).values(inForce);
});

afterAll(async () => {
  await connection.end();
  await database.drop();
});

const build = (changes: Partial<Dwelling> = {}) =>
  refusal(db.insert(tables.dwellings).values(dwelling(changes)));
const let_ = (changes: Partial<Lease> = {}) => refusal(db.insert(tables.leases).values(lease(changes)));
const file = (changes: Partial<Filing> = {}) =>
  refusal(db.insert(tables.leaseFilings).values(filing(changes)));
const inspect = (changes: Partial<Inspection> = {}) =>
  refusal(db.insert(tables.propertyInspections).values(inspection(changes)));

describe('a dwelling', () => {
  test.each<[string, Partial<Dwelling>, string]>([
    ['outside the district', { subdistrictCode: '310101002' }, 'dwellings_subdistrict_form'],
    [
      'in a neighbourhood of another sub-district',
      { neighbourhoodCode: '310107014001' },
      'dwellings_neighbourhood_inside',
    ],
    ['of no known use', { usage: 'CASTLE' }, 'dwellings_usage_code'],
    ['without floor', { floorArea: '0' }, 'dwellings_floor_area'],
    ['of more than ten thousand square metres', { floorArea: '10000.01' }, 'dwellings_floor_area'],
    ['with more living area than floor', { livingArea: '45.51' }, 'dwellings_living_area'],
    ['of more than fifty rooms', { rooms: 51 }, 'dwellings_rooms'],
    ['with fewer than no occupants', { occupancyCount: -1 }, 'dwellings_occupancy_count'],
    ['of no known safety grade', { structureSafety: 'E' }, 'dwellings_safety_code'],
    ['at an address that another one has', { room: home.room }, 'dwellings_address'],
  ])('is refused %s', async (_, wrong, constraint) => {
    expect(await build(wrong)).toBe(constraint);
    expect(await build()).toBeUndefined();
  });

  test('may have the address that one of another sub-district has', async () => {
    expect(await build({ room: home.room, subdistrictCode: '310107014' })).toBeUndefined();
  });
});

describe('a lease', () => {
  test.each<[string, Partial<Lease>, string]>([
    ['that ends on its first day', { endsOn: '2006-06-01' }, 'leases_term'],
    ['for more than twenty years', { endsOn: '2026-06-02' }, 'leases_term'],
    ['for more than a million yuan a month', { monthlyRent: 100_000_001 }, 'leases_rent'],
    ['for less than nothing', { monthlyRent: -1 }, 'leases_rent'],
    ['with a negative deposit', { deposit: -1 }, 'leases_deposit'],
    ['whose lessee has no name', { tenantName: ' ' }, 'leases_parties_named'],
    [
      'that takes a company for a registered person',
      { tenantKind: 'ORGANISATION', tenantMigrantId: randomUUID() },
      'leases_migrant_is_a_person',
    ],
    ['that sublets without consent', { subleaseOfId: inForce.id }, 'leases_sublease_consent'],
    ['in a state that there is not', { status: 'FORGOTTEN' }, 'leases_status_code'],
    ['filed in a state that there is not', { filingStatus: 'LOST' }, 'leases_filing_status_code'],
    ['filed elsewhere than at a reception centre', { filingUnit: 'PT-HLR' }, 'leases_filing_unit_form'],
    ['with the number of another contract', { contractNo: 'HT-IN-FORCE' }, 'leases_contract_no_unique'],
  ])('is refused %s', async (_, wrong, constraint) => {
    expect(await let_(wrong)).toBe(constraint);
    expect(await let_()).toBeUndefined();
  });

  test('runs for twenty years to the day at most, and sublets with consent', async () => {
    expect(await let_({ endsOn: '2026-06-01', monthlyRent: 100_000_000 })).toBeUndefined();
    expect(await let_({ subleaseOfId: inForce.id, subleaseConsentedOn: '2006-05-20' })).toBeUndefined();
  });

  test('keeps a lessee whom the register does not know yet', async () => {
    expect(await let_({ tenantIdentityNumber: '349999198506120039', tenantMigrantId: null })).toBeUndefined();
  });

  test('names an occupant once', async () => {
    const row = { leaseId: inForce.id, personId: randomUUID() };
    const occupy = () => refusal(db.insert(tables.leaseOccupancies).values({ id: randomUUID(), ...row }));
    expect(await occupy()).toBeUndefined();
    expect(await occupy()).toBe('lease_occupancies_once');
  });
});

describe('a filing', () => {
  test.each<[string, Partial<Filing>, string]>([
    ['taken elsewhere than at a reception centre', { acceptedByUnit: 'PT-HLR' }, 'lease_filings_unit_form'],
    ['that is filed without a number', { ...filed(), filingNo: null }, 'lease_filings_numbered'],
    ['that is filed without a day', { ...filed(), decidedOn: null }, 'lease_filings_closed_has_day'],
    ['decided while it is open', { decidedOn: '2006-06-20' }, 'lease_filings_closed_has_day'],
    ['decided before it was submitted', { ...filed(), submittedOn: '2006-07-01' }, 'lease_filings_dates'],
    ['submitted on no day', { submittedOn: null }, 'lease_filings_submitted'],
    ['that lacks materials until no day', { missingMaterials: ['CONTRACT'] }, 'lease_filings_supplement'],
    [
      'whose certificate ends before it begins',
      { ...filed(), certificateValidTo: '2006-06-19' },
      'lease_filings_certificate',
    ],
    ['refused without a reason', { ...refused, refusalReason: null }, 'lease_filings_refused'],
    [
      'refused without saying how to seek review',
      { ...refused, decisionRemedyNotice: null },
      'lease_filings_decision_complete',
    ],
    ['that carries a refusal but is none', decision, 'lease_filings_decision_complete'],
  ])('is refused %s', async (_, wrong, constraint) => {
    expect(await file(wrong)).toBe(constraint);
    for (const right of [{}, filed(), refused]) expect(await file(right)).toBeUndefined();
  });
});

describe('an inspection', () => {
  test.each<[string, Partial<Inspection>, string]>([
    ['without a finding', { findings: [] }, 'property_inspections_findings_given'],
    [
      'that found nothing and something',
      { findings: ['NONE', 'GAS_RISK'] },
      'property_inspections_findings_given',
    ],
    ['with a finding that there is not', { findings: ['GHOSTS'] }, 'property_inspections_findings_codes'],
    ['of no known severity', { severity: 'EXTREME' }, 'property_inspections_severity_code'],
    ['to be put right before it was made', { rectifyBy: '2007-01-09' }, 'property_inspections_rectify'],
    ['put right before it was made', { rectifiedOn: '2007-01-09' }, 'property_inspections_rectified'],
  ])('is refused %s', async (_, wrong, constraint) => {
    expect(await inspect(wrong)).toBe(constraint);
    expect(await inspect({ findings: ['GAS_RISK', 'BLOCKED_EXIT'] })).toBeUndefined();
  });
});

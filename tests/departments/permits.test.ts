import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as tables from '../../src/departments/permits/tables.ts';
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
  await migrate({ urlOf: () => database.url, stores: ['permits'], folder, log: () => {} });
  connection = connectTo(database.url, { max: 1, onnotice: () => {} });
  db = drizzle(connection);
});

afterAll(async () => {
  await connection.end();
  await database.drop();
});

type Application = typeof tables.permitApplications.$inferInsert;
type Opinion = typeof tables.departmentOpinions.$inferInsert;
type Permit = typeof tables.residencePermits.$inferInsert;
type Event = typeof tables.permitEvents.$inferInsert;

let serial = 0;
const application = (changes: Partial<Application> = {}): Application => ({
  id: randomUUID(),
  applicationNo: `31010700520070110${String(++serial).padStart(4, '0')}`,
  applicantId: randomUUID(),
  permitType: 'EMPLOYMENT',
  action: 'NEW',
  acceptedAtUnit: 'PT-CAC-005',
  status: 'ACCEPTED',
  submittedOn: '2007-01-10',
  acceptedOn: '2007-01-11',
  dueOn: '2007-02-01',
  ...changes,
});

const permit = (changes: Partial<Permit> = {}): Permit => ({
  id: randomUUID(),
  permitNo: `PTJ${String(++serial).padStart(9, '0')}`,
  holderId: randomUUID(),
  type: 'EMPLOYMENT',
  validFrom: '2006-06-01',
  validTo: '2007-05-31',
  ...changes,
});

const apply = (changes: Partial<Application> = {}) =>
  refusal(db.insert(tables.permitApplications).values(application(changes)));
const issue = (changes: Partial<Permit> = {}) =>
  refusal(db.insert(tables.residencePermits).values(permit(changes)));

describe('an application', () => {
  test.each<[string, Partial<Application>, string]>([
    ['has a number of 21 digits', { applicationNo: '3101070052007011' }, 'permit_applications_no_form'],
    [
      'names whom a dependant joins for dependants only',
      { principalId: randomUUID() },
      'permit_applications_principal_of_dependent',
    ],
    ['for a talent goes to the personnel bureau', { permitType: 'TALENT' }, 'permit_applications_window'],
    [
      'of anybody else goes to a reception centre',
      { acceptedAtUnit: 'PT-PER' },
      'permit_applications_window',
    ],
    [
      'is accepted after it was submitted',
      { acceptedOn: '2007-01-09' },
      'permit_applications_dates_in_order',
    ],
    ['is decided after it was accepted', { decidedOn: '2007-01-10' }, 'permit_applications_dates_in_order'],
    ['is due after it was accepted', { dueOn: '2007-01-10' }, 'permit_applications_due_after_acceptance'],
    ['has a due day once accepted', { dueOn: null }, 'permit_applications_accepted_has_due_day'],
    [
      'is closed in a final state only',
      { closedOn: '2007-02-01' },
      'permit_applications_closed_in_final_state',
    ],
    [
      'is refused with grounds and remedy',
      { status: 'REJECTED', closedOn: '2007-02-01' },
      'permit_applications_refusal_has_decision',
    ],
    ['has no half of a decision', { decisionReasons: '材料不实' }, 'permit_applications_decision_complete'],
  ])('%s', async (_, wrong, constraint) => {
    expect(await apply(wrong)).toBe(constraint);
    expect(await apply()).toBeUndefined();
  });

  test('of a dependant may name a principal, and of a talent goes through', async () => {
    expect(await apply({ permitType: 'DEPENDENT', principalId: randomUUID() })).toBeUndefined();
    expect(await apply({ permitType: 'TALENT', acceptedAtUnit: 'PT-PER' })).toBeUndefined();
  });

  test('has materials with notes of at most 500 characters', async () => {
    const row = application();
    await db.insert(tables.permitApplications).values(row);
    const material = (length: number) =>
      refusal(
        db
          .insert(tables.applicationMaterials)
          .values({ id: randomUUID(), applicationId: row.id, kind: 'PHOTO', note: '注'.repeat(length) }),
      );
    expect(await material(501)).toBe('application_materials_note_length');
    expect(await material(500)).toBeUndefined();
  });

  test.each<[string, Partial<Opinion>, string]>([
    [
      'against it without a reason',
      { result: 'NOT_SUPPORTED', reason: ' ' },
      'department_opinions_refusal_has_reason',
    ],
    ['from a department it is not asked of', { authorUnit: 'PT-HLR' }, 'department_opinions_author_of_kind'],
    ['that nobody gave', { givenBy: null }, 'department_opinions_given_by_somebody'],
  ])('gets no opinion %s', async (_, wrong, constraint) => {
    const row = application();
    await db.insert(tables.permitApplications).values(row);
    const opinion = (changes: Partial<Opinion>) =>
      refusal(
        db.insert(tables.departmentOpinions).values({
          id: randomUUID(),
          applicationId: row.id,
          applicantId: row.applicantId,
          kind: 'EMPLOYMENT',
          authorUnit: 'PT-LSS',
          result: 'SUPPORTED',
          givenBy: 'u-1',
          givenOn: '2007-01-15',
          windowUnit: row.acceptedAtUnit,
          ...changes,
        }),
      );
    expect(await opinion(wrong)).toBe(constraint);
    expect(await opinion({})).toBeUndefined();
    expect(await opinion({})).toBe('department_opinions_one_of_a_kind');
  });
});

describe('a permit', () => {
  test.each<[string, Partial<Permit>, string]>([
    ['ends after it begins', { validTo: '2006-05-31' }, 'residence_permits_term'],
    ['has a number of 10 to 20 letters and digits', { permitNo: '123' }, 'residence_permits_no_form'],
    ['says since when it is lost', { status: 'LOST' }, 'residence_permits_ended_on'],
    ['in force has no end of its own', { endedOn: '2007-01-01' }, 'residence_permits_ended_on'],
  ])('%s', async (_, wrong, constraint) => {
    expect(await issue(wrong)).toBe(constraint);
    expect(await issue()).toBeUndefined();
  });

  test('is the only one in force of its holder', async () => {
    const holderId = randomUUID();
    expect(await issue({ holderId, status: 'EXPIRED' })).toBeUndefined();
    expect(await issue({ holderId })).toBeUndefined();
    expect(await issue({ holderId })).toBe('residence_permits_one_active');
  });

  test.each<[string, Partial<Event>, string]>([
    ['is cancelled without a reason', { kind: 'CANCELLED' }, 'permit_events_cancellation_has_reason'],
    ['is revoked without a reason', { kind: 'REVOKED' }, 'permit_events_revocation_has_reason'],
    [
      'is revoked for anything but false materials',
      { kind: 'REVOKED', reason: 'LEFT_SHANGHAI' },
      'permit_events_revocation_has_reason',
    ],
  ])('never %s', async (_, wrong, constraint) => {
    const row = permit();
    await db.insert(tables.residencePermits).values(row);
    const event = (changes: Partial<Event>) =>
      refusal(
        db.insert(tables.permitEvents).values({
          id: randomUUID(),
          permitId: row.id,
          kind: 'ISSUED',
          occurredAt: '2007-01-10T02:00:00Z',
          byUser: 'u-1',
          ...changes,
        }),
      );
    expect(await event(wrong)).toBe(constraint);
    expect(await event({ kind: 'REVOKED', reason: 'FALSE_MATERIALS' })).toBeUndefined();
  });
});

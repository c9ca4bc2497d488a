import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableColumns } from 'drizzle-orm';
import type { Sql } from 'postgres';
import type { AccessEvent } from '../../src/audit/event.ts';
import { publicFileOf, readPublicKey } from '../../src/audit/key.ts';
import { type AuditLog, type AuditOptions, openAuditLog } from '../../src/audit/log.ts';
import { entries } from '../../src/audit/tables.ts';
import { type Verification, verifyLog } from '../../src/audit/verify/verify-log.ts';
import { connectTo } from '../../src/store/connect.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createTestDatabase } from '../support/database.ts';

/** A database that holds nothing but the access log, and the folder of its key and seals. */
export interface LogDatabase {
  readonly url: string;
  readonly sealsFile: string;
  /** The owner's connection, which may do anything. */
  readonly sql: Sql;
  readonly faults: string[];
  open(options?: Partial<AuditOptions>): Promise<AuditLog>;
  /** Opens the log, records so many requests, closes it. */
  write(count: number, options?: Partial<AuditOptions>): Promise<void>;
  verify(sealFiles?: readonly string[]): Promise<Verification>;
  /** Changes what stands, as a superuser can: with the triggers away. */
  tamper(change: string): Promise<void>;
  drop(): Promise<void>;
}

export async function createLogDatabase(): Promise<LogDatabase> {
  const database = await createTestDatabase('nothing');
  await migrate({
    urlOf: () => database.url,
    stores: ['audit'],
    folder: join(import.meta.dirname, '../../migrations'),
    log: () => {},
  });
  const folder = mkdtempSync(join(tmpdir(), 'laihu-audit-'));
  const keyFile = join(folder, 'audit-key.pem');
  const sealsFile = join(folder, 'audit-seals.jsonl');
  const sql = connectTo(database.url, { max: 1, onnotice: () => {} });
  const faults: string[] = [];
  const open = (options: Partial<AuditOptions> = {}) =>
    openAuditLog({
      ownerUrl: database.url,
      keyFile,
      makesKey: true,
      sealsFile,
      timeoutMs: 5000,
      onFault: (fault) => faults.push(fault),
      ...options,
    });
  return {
    url: database.url,
    sealsFile,
    sql,
    faults,
    open,
    async write(count, options) {
      const log = await open(options);
      for (let i = 0; i < count; i++) await log.record(eventOf(log));
      await log.close();
    },
    async verify(sealFiles = [sealsFile]) {
      const reader = connectTo(database.url, { max: 1, onnotice: () => {} });
      try {
        return await verifyLog({ sql: reader, sealFiles, publicKey: readPublicKey(publicFileOf(keyFile)) });
      } finally {
        await reader.end();
      }
    },
    async tamper(change) {
      await sql.unsafe('alter table audit.entries disable trigger all');
      try {
        await sql.unsafe(change);
      } finally {
        await sql.unsafe('alter table audit.entries enable always trigger entries_stand');
        await sql.unsafe('alter table audit.entries enable always trigger entries_stand_all');
      }
    },
    async drop() {
      await sql.end();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const stored = Object.values(getTableColumns(entries))
  .map(({ name }) => name)
  .join(', ');

/** SQL that puts the entries away, and SQL that writes them back as they were. */
export const putAway = (copy: string): string =>
  `create table ${copy} as select ${stored} from audit.entries`;
export const writtenBack = (copy: string): string =>
  `truncate audit.entries; insert into audit.entries (${stored}) select * from ${copy}`;

/** A request of a housing officer for two persons. */
export function eventOf(log: Pick<AuditLog, 'tokensOf'>, change: Partial<AccessEvent> = {}): AccessEvent {
  return {
    operation: 'QUERY',
    person: 'demo-hlr',
    viewer: 'HOUSING',
    unit: 'PT-HLR',
    posts: ['CASE_OFFICER'],
    purpose: 'LEASE',
    client: null,
    coordinates: ['Query.leases', 'Lease.monthlyRent', 'Migrant.name'],
    fieldGroups: ['LEASE_TERMS', 'IDENTITY_BASICS'],
    deniedGroups: [],
    subjects: log.tokensOf([['Migrant', [randomUUID(), randomUUID()]]]),
    verdict: 'ALLOWED',
    isMasked: true,
    rowCount: 4,
    ...change,
  };
}

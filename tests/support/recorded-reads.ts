import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuditLog } from '../../src/audit/log.ts';
import { personas } from '../../src/identity/personas.ts';

/** Writes some entries of the access log, so that tests of what is seen of it have something to see. */
export async function recordSomeReads(url: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'laihu-log-'));
  const log = await openAuditLog({
    ownerUrl: url,
    keyFile: join(folder, 'audit-key.pem'),
    makesKey: true,
    sealsFile: join(folder, 'audit-seals.jsonl'),
    timeoutMs: 10_000,
    onFault: () => {},
  });
  try {
    for (const { viewer, unit, person } of personas)
      for (const verdict of ['ALLOWED', 'PARTLY_DENIED'] as const)
        await log.record({
          operation: 'QUERY',
          person,
          viewer,
          unit,
          posts: ['CASE_OFFICER'],
          purpose: verdict === 'ALLOWED' ? 'SUPERVISION' : 'STATISTICS',
          client: verdict === 'ALLOWED' ? 'window' : null,
          coordinates: ['Query.leases', 'Lease.contractNo'],
          fieldGroups: ['LEASE_STATUS', 'LEASE_TERMS'],
          deniedGroups: verdict === 'ALLOWED' ? [] : ['LEASE_TERMS'],
          subjects: log.tokensOf([['Lease', [randomUUID()]]]),
          verdict,
          isMasked: verdict !== 'ALLOWED',
          rowCount: 1,
        });
  } finally {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

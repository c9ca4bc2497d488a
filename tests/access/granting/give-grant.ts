import type { Pools } from '../../../src/store/pools.ts';
import { testDay } from '../../support/graph.ts';

/** A grant as the owner of the data would have it recorded. */
export interface GivenGrant {
  readonly grantee: string;
  readonly group: string;
  /** The record's global id. */
  readonly ref: string;
  readonly purpose: string;
  /** The last day; 14 days after the district's day where it is left out. */
  readonly until?: string;
  readonly consentOn?: string | null;
  readonly status?: string;
}

/** Records a grant in the organisation's store, and nowhere else. @returns its id */
export async function giveGrant(pools: Pools, grant: GivenGrant): Promise<string> {
  const { grantee, group, ref, purpose, until = '2007-03-15', consentOn = null, status = 'ACTIVE' } = grant;
  const [row] = await pools.ownerOf('organisation')<{ id: string }[]>`
    insert into organisation.access_grants
      (id, grantee_id, field_group, record_ref, purpose, legal_basis, requested_by, approved_by, consent_on, valid_to, status, created_at)
    values (gen_random_uuid(), ${grantee}, ${group}, ${ref}, ${purpose}, 'II-3', 'u-1', 'u-2', ${consentOn},
      ${`${until} 23:59:59+08`}, ${status}, ${`${testDay} 08:00+08`})
    returning id`;
  return row!.id;
}

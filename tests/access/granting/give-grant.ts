import type { Pools } from '../../../src/store/pools.ts';
import { testDay } from '../../support/graph.ts';

/** A grant as it is recorded. */
export interface GivenGrant {
  readonly grantee: string;
  readonly group: string;
  /** The record's global id. */
  readonly ref: string;
  readonly purpose: string;
  /** The last day; a fortnight after the district's day where it is left out. */
  readonly until?: string | undefined;
  readonly consentOn?: string | null;
  readonly status?: string;
}

export const lastDay = '2007-03-15';
export const dayAfter = '2007-03-16';

/** Records a grant where grants are made, and nowhere else. @returns its id */
export async function giveGrant(pools: Pools, grant: GivenGrant): Promise<string> {
  const { grantee, group, ref, purpose, until = lastDay, consentOn = null, status = 'ACTIVE' } = grant;
  const [row] = await pools.ownerOf('organisation')<{ id: string }[]>`
    insert into organisation.access_grants
      (id, grantee_id, owner_id, field_group, record_ref, purpose, legal_basis, requested_by, approved_by, second_approved_by, consent_on, valid_to, status, created_at)
    values (gen_random_uuid(), ${grantee}, ${grantee === 'PT-LAO' ? 'PT-POP' : 'PT-LAO'}, ${group}, ${ref}, ${purpose}, 'II-3', 'u-1', 'u-2', 'u-3', ${consentOn},
      ${`${until} 23:59:59+08`}, ${status}, ${`${testDay} 08:00+08`})
    returning id`;
  return row!.id;
}

/** Takes away all grants that were recorded. */
export async function takeGrants(pools: Pools): Promise<void> {
  await pools.ownerOf('organisation')`delete from organisation.access_grants`;
}

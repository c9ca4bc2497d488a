import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import type { Denial } from '../../contract/policy/denial.ts';
import { mayBeOpened, opensGroup } from '../../contract/policy/grants.ts';
import type { RuledRecord } from '../../contract/policy/ruled-record.ts';
import type { GrantLimits } from '../../contract/tables/grant-limits.ts';
import type { Purposes } from '../../contract/tables/purposes.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import type { AskedId } from './asked-ids.ts';

/** The request for a case-bound grant that would open a refused coordinate, ready to be sent. */
export interface GrantOffer {
  readonly fieldGroup: string;
  readonly recordType: string;
  /** For these purposes the viewer can ask. */
  readonly purposesOpen: readonly string[];
  /** The client must consent before the grant counts. */
  readonly needsConsent: boolean;
  readonly mutation: 'requestAccessGrant';
  /** Null is for the person to fill in: the legal basis, and the record where the document names none or several. */
  readonly input: {
    readonly fieldGroup: string;
    readonly recordRef: string | null;
    readonly purpose: string | null;
    readonly legalBasis: null;
  };
}

/** What an offer is made from. */
export interface OfferParts {
  readonly plan: AccessPlan;
  readonly limits: GrantLimits;
  readonly purposes: Purposes;
}

/** Makes the offers of one request. @param asked the records that it asks for by their ids */
export function offersFor(
  { plan, limits, purposes }: OfferParts,
  viewer: ViewerName,
  purpose: string | null,
  asked: () => readonly AskedId[],
): (denial: Denial) => GrantOffer | undefined {
  return ({ coordinate, group, silentlyRefused, reason }) => {
    if (silentlyRefused || group.secret || reason === 'NOT_IN_CLEAR' || reason === 'OWN_ROWS_ONLY') return;
    const record = grantable(plan, coordinate, viewer, limits);
    if (!record) return;
    const refs = new Set(
      asked()
        .filter(({ type }) => type === record.name)
        .map(({ ref }) => ref),
    );
    const [ref = null] = refs.size === 1 ? refs : [];
    const isOpen = purpose !== null && purposes.clause(purpose, viewer) !== undefined;
    return {
      fieldGroup: group.name,
      recordType: record.name,
      purposesOpen: purposes.openTo(viewer),
      needsConsent: limits.needsConsent(group.name),
      mutation: 'requestAccessGrant',
      input: { fieldGroup: group.name, recordRef: ref, purpose: isOpen ? purpose : null, legalBasis: null },
    };
  };
}

/** The record type that a grant would open at a coordinate: of a field, or of a root field that reads by id. */
function grantable(
  plan: AccessPlan,
  coordinate: string,
  viewer: ViewerName,
  limits: GrantLimits,
): RuledRecord | undefined {
  const [type = '', name] = coordinate.split('.');
  const root = type === 'Query' ? plan.rootRecord(name ?? '') : undefined;
  if (root && root.one !== name) return undefined;
  const record = root ?? plan.model.get(type);
  if (!record) return undefined;
  if (!root && name !== undefined) {
    const field = record.fields.get(name);
    return field && mayBeOpened(record, field, viewer, limits) ? record : undefined;
  }
  const group = record.rules.group?.name;
  const isOpen = group !== undefined && opensGroup(record, group) && limits.mayBeGranted(group, viewer);
  return isOpen ? record : undefined;
}

import type { Grant } from '../contract/policy/grants.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { RequestAudit } from './audited/request-audit.ts';
import type { DocumentAccess } from './check/document-access.ts';
import type { RefusedPlaces } from './check/refused-places.ts';
import type { RequestReads } from './reads/request-reads.ts';
import type { RequestReading } from './request-reading.ts';

/** Made for one request, never shared: who asks, and the reads made in their name. */
export interface Context {
  readonly viewer: Viewer;
  readonly reads: RequestReads;
  /** Set by the executor before anything runs. */
  access?: DocumentAccess;
  /** What was sent, read once; set before anything looks at it. */
  reading?: RequestReading;
  /** Set by the executor: the refused places of the answer that is being made. */
  refused?: RefusedPlaces;
  /** Why persons are read (dossier §6.4); null where the request says none. */
  readonly purpose: string | null;
  /** The request says a purpose that does not exist. */
  readonly purposeIsUnknown?: boolean;
  /** Case-bound grants of the acting unit (dossier §6.5); none are issued yet. */
  readonly grants?: readonly Grant[];
  /** The registered client whose document it is; null for free text. */
  readonly client: string | null;
  /** Records what the request reads; left out where nothing is recorded. */
  readonly audit?: RequestAudit | undefined;
}

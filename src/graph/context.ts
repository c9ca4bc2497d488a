import type { ExecutionResult } from 'graphql';
import type { BundleSigner } from '../identity/bundle-signer.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { RequestAudit } from './audited/request-audit.ts';
import type { DocumentAccess } from './check/document-access.ts';
import type { RefusedPlaces } from './check/refused-places.ts';
import type { Performer } from './doing/performer.ts';
import type { GrantBook } from './grants/book.ts';
import type { RequestGrants } from './grants/request-grants.ts';
import type { RequestReads } from './reads/request-reads.ts';
import type { RequestReading, SentRequest } from './request-reading.ts';

/** The context of one request, never shared: who asks, and the reads made in their name. */
export interface Context {
  readonly viewer: Viewer;
  readonly reads: RequestReads;
  /** Set by the executor before anything runs. */
  access?: DocumentAccess;
  /** The request, read once. It is set before anything looks at it. */
  reading?: RequestReading;
  /** Set by the executor: the refused places of the answer that is being made. */
  refused?: RefusedPlaces;
  /** The purpose for which persons are read (dossier §6.4); null where the request names none. */
  readonly purpose: string | null;
  /** The request names a purpose that does not exist. */
  readonly purposeIsUnknown?: boolean;
  /** Does what mutations ask; absent where nothing can be done. */
  readonly performer?: Performer | undefined;
  /** The header idempotency-key, for mutations without a key of their own. */
  readonly idempotencyKey?: string | undefined;
  /** Signs what is taken along without a network; absent where nothing is. */
  readonly bundleSigner?: BundleSigner | undefined;
  /**
   * Set by the executor: asks the graph in the viewer's own name, by the same rules, with an entry of its own in the log;
   * for the request's purpose, or another.
   */
  ask?: (request: SentRequest, purpose?: string) => Promise<ExecutionResult>;
  /** The export that the request makes a page of: the log names it. */
  readonly exportId?: string | undefined;
  /** Case-bound grants in force (dossier §6.5); there are none without it. */
  readonly grantBook?: GrantBook | undefined;
  /** Set by the executor: the grants that concern this request, if there are any. */
  grants?: RequestGrants | undefined;
  /** The registered client that sent the document by its id; null for free text. */
  readonly client: string | null;
  /** Whether the asker may send such a document; without it only who explores may. */
  readonly admits?: ((document: string) => boolean) | undefined;
  /** Records what the request reads; absent where nothing is recorded. */
  readonly audit?: RequestAudit | undefined;
}

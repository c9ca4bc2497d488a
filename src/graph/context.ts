import type { AccessCheck } from '../access/findings.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { RequestReads } from './reads/request-reads.ts';

/** Made for one request, never shared: who asks, and the reads made in their name. */
export interface Context {
  readonly viewer: Viewer;
  readonly reads: RequestReads;
  /** Set by the executor before anything runs. */
  access: AccessCheck;
  /** Why persons are read (dossier §6.4); null where the request says none. */
  readonly purpose: string | null;
  /** The registered client whose document it is; null for free text. */
  readonly client: string | null;
}

import { hash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { AuthenticationError } from './authentication-error.ts';
import type { TokenVerifier } from './token-verifier.ts';
import { createViewer, type Viewer } from './viewer.ts';

/** Names the viewer of an `Authorization` header. @throws AuthenticationError */
export type Authenticate = (authorization: string | undefined) => Promise<Viewer>;

export interface AuthenticateOptions {
  /** Verifier by issuer (`iss`): the configured provider, and the demonstration issuer where it is on. */
  readonly verifiers: ReadonlyMap<string, TokenVerifier>;
  /** The most verified tokens that are kept; the oldest is dropped first. */
  readonly capacity?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** A token that was verified. */
interface Known {
  readonly viewer: Viewer;
  readonly expiresAt: number;
  /** When its key must be checked again. */
  readonly goodUntil: number;
}

/** Longer than any token of ours, and short enough that hashing and parsing a bad one costs nothing. */
const longestToken = 8192;

/**
 * Verifies a token once and remembers its viewer until the token expires or its issuer's keys must be checked
 * again. The same token always gives the same object, so that caches keyed by the viewer work. A known token
 * costs a hash and a look-up. Only a hash is kept, never the token.
 */
export function createAuthenticate({
  verifiers,
  capacity = 10_000,
  now = Date.now,
}: AuthenticateOptions): Authenticate {
  const known = new Map<string, Known>();
  const underWay = new Map<string, Promise<Viewer>>();

  async function verify(token: string, key: string): Promise<Viewer> {
    const verifier = verifierFor(token);
    const before = known.get(key);
    known.delete(key);
    // Taken before: keys that are fetched meanwhile are not those that verify this token.
    const goodUntil = verifier.goodUntil?.() ?? Number.POSITIVE_INFINITY;
    const claims = await verifier(token);
    // Equal claims give the same viewer object: caches know a viewer by its object.
    const viewer = before?.viewer ?? createViewer(claims);
    const expiresAt = claims.exp! * 1000;
    // Within the clock tolerance an expired token still works, but is no longer worth keeping.
    if (expiresAt > now()) {
      if (known.size >= capacity) known.delete(known.keys().next().value!);
      known.set(key, { viewer, expiresAt, goodUntil });
    }
    return viewer;
  }

  function verifierFor(token: string): TokenVerifier {
    const issuer = issuerOf(token);
    const verifier = issuer === undefined ? undefined : verifiers.get(issuer);
    if (!verifier) throw new AuthenticationError('TOKEN_ISSUER');
    return verifier;
  }

  return async (authorization) => {
    const token = bearerToken(authorization);
    const key = hash('sha256', token, 'base64');
    const entry = known.get(key);
    if (entry && Math.min(entry.expiresAt, entry.goodUntil) > now()) return entry.viewer;
    // Requests that arrive together with a new token share one verification and one viewer.
    let verification = underWay.get(key);
    if (!verification) {
      verification = verify(token, key).finally(() => underWay.delete(key));
      underWay.set(key, verification);
    }
    return verification;
  };
}

function bearerToken(authorization: string | undefined): string {
  if (authorization === undefined || authorization === '') throw new AuthenticationError('TOKEN_MISSING');
  const scheme = authorization.slice(0, 7);
  if (scheme !== 'Bearer ' && scheme.toLowerCase() !== 'bearer ')
    throw new AuthenticationError('TOKEN_MISSING');
  const token = authorization.slice(7).trim();
  if (token === '' || token.length > longestToken) throw new AuthenticationError('TOKEN_MALFORMED');
  return token;
}

/** The issuer is not verified here. It only chooses the verifier, which checks it. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    throw new AuthenticationError('TOKEN_MALFORMED');
  }
}

import { errors, importJWK, importSPKI, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { AuthenticationError, type AuthenticationFault } from './authentication-error.ts';
import { type PublishedKeys, publishedKeys } from './published-keys.ts';

/** Gives the claims of a token whose signature, issuer, audience and times hold. @throws AuthenticationError */
export interface TokenVerifier {
  (token: string): Promise<JWTPayload>;
  /** Until when the claims count, milliseconds since the epoch; left out where the key never changes. */
  readonly goodUntil?: () => number;
}

/** What a token must say; issuer, audience and algorithm are always checked. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** JWS algorithms, e.g. `['RS256']`. They are never taken from the token. */
  readonly algorithms: readonly string[];
  /** The longest time in seconds from issue to end, and from now to the end; default a day. */
  readonly longestLife?: number | undefined;
  /** The clocks of issuer and server may differ by this many seconds; default 30. */
  readonly clockTolerance?: number | undefined;
}

/** A key to verify with: a shared secret (HS256 and kin), a public key as PEM (SPKI), or a JWK. */
export type ConfiguredKey = { readonly secret: string } | { readonly pem: string } | { readonly jwk: object };

type Key = Awaited<ReturnType<typeof importJWK>>;

const defaultLongestLife = 86_400;
const defaultTolerance = 30;
/** A withdrawn key is accepted no longer than this, in seconds. */
const defaultKeysMaxAge = 60;
/** Seconds after which to ask again when the key set cannot be fetched. */
const retryFetch = 5;

/**
 * Verifies against the key set that the identity provider publishes.
 * @param maxAge seconds after which a withdrawn key is no longer accepted
 */
export function createJwksVerifier(
  jwksUrl: string,
  rules: TokenRules,
  maxAge = defaultKeysMaxAge,
): TokenVerifier {
  // Public keys are known to all: with a MAC algorithm anyone could sign with them.
  refuseAlgorithms(rules, /^HS|^none$/i, 'a published key set');
  const keys = publishedKeys(jwksUrl, maxAge * 1000);
  return Object.assign(verifierOf(keys.find, rules, keys), { goodUntil: () => keys.goodUntil() });
}

/**
 * Verifies against one configured key.
 * @throws Error when the key cannot be read, or is too short, or does not go with the algorithms.
 */
export async function createKeyVerifier(key: ConfiguredKey, rules: TokenRules): Promise<TokenVerifier> {
  if ('secret' in key) {
    refuseAlgorithms(rules, /^(?!HS)/, 'a shared secret');
    const bytes = new TextEncoder().encode(key.secret);
    if (bytes.length < 32) throw new Error('The shared secret for tokens must have at least 32 bytes.');
    return verifierOf(bytes, rules);
  }
  if ('jwk' in key && (key.jwk as { kty?: unknown }).kty === 'oct') {
    refuseAlgorithms(rules, /^(?!HS)/, 'a symmetric JWK');
    return verifierOf(await importJWK(key.jwk, rules.algorithms[0]), rules);
  }
  refuseAlgorithms(rules, /^HS|^none$/i, 'a public key');
  const algorithm = rules.algorithms[0]!;
  return verifierOf(
    'pem' in key ? await importSPKI(key.pem, algorithm) : await importJWK(key.jwk, algorithm),
    rules,
  );
}

function refuseAlgorithms({ algorithms }: TokenRules, pattern: RegExp, what: string): void {
  const wrong = algorithms.length === 0 ? 'none' : algorithms.find((algorithm) => pattern.test(algorithm));
  if (wrong) throw new Error(`The token algorithm ${wrong} does not go with ${what}.`);
}

function verifierOf(
  keys: JWTVerifyGetKey | Key,
  rules: TokenRules,
  published?: PublishedKeys,
): TokenVerifier {
  const { longestLife = defaultLongestLife, clockTolerance = defaultTolerance } = rules;
  const options = {
    issuer: rules.issuer,
    audience: rules.audience,
    algorithms: [...rules.algorithms],
    requiredClaims: ['exp', 'sub'],
    clockTolerance,
  };
  return async (token) => {
    try {
      const { payload } =
        typeof keys === 'function'
          ? await jwtVerify(token, keys, options)
          : await jwtVerify(token, keys, options);
      checkLife(payload, longestLife, clockTolerance);
      return payload;
    } catch (error) {
      throw toAuthenticationError(error, published);
    }
  };
}

/**
 * @throws AuthenticationError for a token that lives too long to be withdrawn in time; without `iat` it
 * counts from now
 */
function checkLife({ exp = 0, iat }: JWTPayload, longest: number, tolerance: number): void {
  const now = Date.now() / 1000;
  if (iat !== undefined && iat > now + tolerance) throw new AuthenticationError('TOKEN_NOT_YET_VALID');
  if (exp - now > longest + tolerance || (iat !== undefined && exp - iat > longest))
    throw new AuthenticationError('TOKEN_LIFE');
}

const claimFaults: Readonly<Record<string, AuthenticationFault>> = {
  iss: 'TOKEN_ISSUER',
  aud: 'TOKEN_AUDIENCE',
  nbf: 'TOKEN_NOT_YET_VALID',
};

/** jose's own messages stay inside: some quote parts of the token. */
function toAuthenticationError(error: unknown, published: PublishedKeys | undefined): AuthenticationError {
  if (error instanceof AuthenticationError) return error;
  if (error instanceof errors.JWTExpired) return new AuthenticationError('TOKEN_EXPIRED');
  if (error instanceof errors.JWTClaimValidationFailed) {
    const fault = claimFaults[error.claim];
    return fault
      ? new AuthenticationError(fault)
      : new AuthenticationError('CLAIM_INVALID', { claim: error.claim });
  }
  // The issuer may already sign with a key that has not been fetched yet. Signing in again would give the
  // same.
  if (error instanceof errors.JWKSNoMatchingKey)
    return new AuthenticationError('KEY_UNKNOWN', { retryAfter: published?.retryAfter() ?? retryFetch });
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSEAlgNotAllowed
  ) {
    return new AuthenticationError('TOKEN_SIGNATURE');
  }
  if (
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JOSENotSupported
  ) {
    return new AuthenticationError('TOKEN_MALFORMED');
  }
  // Any other error comes from fetching the key set: timeout, refused connection, a page that is no key set.
  return new AuthenticationError('KEYS_UNAVAILABLE', { retryAfter: retryFetch });
}

import { createRemoteJWKSet, errors, importJWK, importSPKI, type JWTPayload, jwtVerify } from 'jose';
import { AuthenticationError, type AuthenticationFault } from './authentication-error.ts';

/** Gives the claims of a token whose signature, issuer, audience and times hold. @throws AuthenticationError */
export type TokenVerifier = (token: string) => Promise<JWTPayload>;

/** What a token must say; all three are always checked. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** JWS algorithms, e.g. `['RS256']`: never taken from the token. */
  readonly algorithms: readonly string[];
}

/** A key to verify with: a shared secret (HS256 and kin), a public key as PEM (SPKI), or a JWK. */
export type ConfiguredKey = { readonly secret: string } | { readonly pem: string } | { readonly jwk: object };

type Keys = ReturnType<typeof createRemoteJWKSet> | Awaited<ReturnType<typeof importJWK>>;

/** Clocks of issuer and server may differ by this many seconds. */
const clockTolerance = 30;

/** Verifies against the key set that the identity provider publishes; jose caches and refreshes it. */
export function createJwksVerifier(jwksUrl: string, rules: TokenRules): TokenVerifier {
  // With public keys at hand, a MAC algorithm would let anyone sign with the published key.
  refuseAlgorithms(rules, /^HS|^none$/i, 'a published key set');
  return verifierOf(createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 3000 }), rules);
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

function verifierOf(keys: Keys, rules: TokenRules): TokenVerifier {
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
      return payload;
    } catch (error) {
      throw toAuthenticationError(error);
    }
  };
}

const claimFaults: Readonly<Record<string, AuthenticationFault>> = {
  iss: 'TOKEN_ISSUER',
  aud: 'TOKEN_AUDIENCE',
  nbf: 'TOKEN_NOT_YET_VALID',
};

/** jose's own messages stay inside: some quote parts of the token. */
function toAuthenticationError(error: unknown): AuthenticationError {
  if (error instanceof errors.JWTExpired) return new AuthenticationError('TOKEN_EXPIRED');
  if (error instanceof errors.JWTClaimValidationFailed) {
    const fault = claimFaults[error.claim];
    return fault ? new AuthenticationError(fault) : new AuthenticationError('CLAIM_INVALID', error.claim);
  }
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
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
  // What is left is the way to the key set: timeout, refused connection, a page that is no key set.
  return new AuthenticationError('KEYS_UNAVAILABLE');
}

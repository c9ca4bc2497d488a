/** Why a request has no identity. */
export type AuthenticationFault =
  | 'TOKEN_MISSING'
  | 'TOKEN_MALFORMED'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_NOT_YET_VALID'
  | 'TOKEN_SIGNATURE'
  | 'TOKEN_LIFE'
  | 'TOKEN_ISSUER'
  | 'TOKEN_AUDIENCE'
  | 'CLAIM_INVALID'
  | 'UNIT_NOT_OF_DEPARTMENT'
  | 'KEY_UNKNOWN'
  | 'KEYS_UNAVAILABLE';

const sentences: Readonly<Record<AuthenticationFault, string>> = {
  TOKEN_MISSING: 'No bearer token was sent; send the header "Authorization: Bearer <token>".',
  TOKEN_MALFORMED: 'The bearer token is not a signed JWT; sign in again.',
  TOKEN_EXPIRED: 'The bearer token has expired; sign in again.',
  TOKEN_NOT_YET_VALID: 'The bearer token is not valid yet; check the clock of the machine that issued it.',
  TOKEN_SIGNATURE: 'The signature of the bearer token does not fit a key of the issuer; sign in again.',
  TOKEN_LIFE:
    'The bearer token is valid for longer than this server accepts; its issuer must give it a shorter life.',
  TOKEN_ISSUER: 'The bearer token is from an issuer that this server does not accept.',
  TOKEN_AUDIENCE: 'The bearer token was issued for another service.',
  CLAIM_INVALID: 'A claim of the bearer token is missing or not as this server needs it',
  UNIT_NOT_OF_DEPARTMENT:
    'The acting unit of the bearer token does not belong to its department; choose one of your own units.',
  KEY_UNKNOWN:
    'The key that signed the bearer token is not among those that its issuer publishes; ask again when they have been fetched anew.',
  KEYS_UNAVAILABLE: 'The keys of the identity provider cannot be fetched at the moment; try again later.',
};

const codes: Partial<Record<AuthenticationFault, AuthenticationError['code']>> = {
  KEY_UNKNOWN: 'KEY_UNKNOWN',
  KEYS_UNAVAILABLE: 'IDENTITY_UNAVAILABLE',
};

/** Details of a fault. */
export interface FaultDetails {
  /** Name of the claim. */
  readonly claim?: string;
  readonly retryAfter?: number;
}

/** A request without a usable identity. The sentence holds nothing of the token. */
export class AuthenticationError extends Error {
  readonly code: 'UNAUTHENTICATED' | 'KEY_UNKNOWN' | 'IDENTITY_UNAVAILABLE';
  readonly reason: AuthenticationFault;
  /** 401; 503 when the fault is the identity provider's and not the client's. */
  readonly status: 401 | 503;
  /** The `WWW-Authenticate` header of a 401 (RFC 6750 §3). */
  readonly challenge: string;
  /** Seconds after which the same token may be accepted; null where waiting does not help. */
  readonly retryAfter: number | null;

  constructor(reason: AuthenticationFault, { claim, retryAfter }: FaultDetails = {}) {
    super(claim === undefined ? sentences[reason] : `${sentences[reason]}: ${claim}.`);
    this.name = 'AuthenticationError';
    this.reason = reason;
    this.code = codes[reason] ?? 'UNAUTHENTICATED';
    this.status = reason === 'KEYS_UNAVAILABLE' ? 503 : 401;
    this.retryAfter = retryAfter ?? null;
    // RFC 6750: no error code when no credentials were sent. KEY_UNKNOWN has none either: clients would throw
    // the token away, and another one of the same key would be refused as well.
    this.challenge =
      reason === 'TOKEN_MISSING' || reason === 'KEY_UNKNOWN'
        ? 'Bearer realm="laihu"'
        : 'Bearer realm="laihu", error="invalid_token"';
  }
}

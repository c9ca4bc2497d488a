/** Why nobody can be named as the asker. */
export type AuthenticationFault =
  | 'TOKEN_MISSING'
  | 'TOKEN_MALFORMED'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_NOT_YET_VALID'
  | 'TOKEN_SIGNATURE'
  | 'TOKEN_ISSUER'
  | 'TOKEN_AUDIENCE'
  | 'CLAIM_INVALID'
  | 'UNIT_NOT_OF_DEPARTMENT'
  | 'KEYS_UNAVAILABLE';

const sentences: Readonly<Record<AuthenticationFault, string>> = {
  TOKEN_MISSING: 'No bearer token was sent; send the header "Authorization: Bearer <token>".',
  TOKEN_MALFORMED: 'The bearer token is not a signed JWT; sign in again.',
  TOKEN_EXPIRED: 'The bearer token has expired; sign in again.',
  TOKEN_NOT_YET_VALID: 'The bearer token is not valid yet; check the clock of the machine that issued it.',
  TOKEN_SIGNATURE: 'The signature of the bearer token does not fit a key of the issuer; sign in again.',
  TOKEN_ISSUER: 'The bearer token is from an issuer that this server does not accept.',
  TOKEN_AUDIENCE: 'The bearer token was issued for another service.',
  CLAIM_INVALID: 'A claim of the bearer token is missing or not as this server needs it',
  UNIT_NOT_OF_DEPARTMENT:
    'The acting unit of the bearer token does not belong to its department; choose one of your own units.',
  KEYS_UNAVAILABLE: 'The keys of the identity provider cannot be fetched at the moment; try again later.',
};

/** A request without a usable identity. The sentence holds nothing of the token. */
export class AuthenticationError extends Error {
  readonly code: 'UNAUTHENTICATED' | 'IDENTITY_UNAVAILABLE';
  readonly reason: AuthenticationFault;
  /** 401, or 503 when the identity provider is at fault and not the client. */
  readonly status: 401 | 503;
  /** The `WWW-Authenticate` header of a 401 (RFC 6750 §3). */
  readonly challenge: string;

  constructor(reason: AuthenticationFault, claim?: string) {
    super(claim === undefined ? sentences[reason] : `${sentences[reason]}: ${claim}.`);
    this.name = 'AuthenticationError';
    this.reason = reason;
    this.code = reason === 'KEYS_UNAVAILABLE' ? 'IDENTITY_UNAVAILABLE' : 'UNAUTHENTICATED';
    this.status = reason === 'KEYS_UNAVAILABLE' ? 503 : 401;
    // RFC 6750: no error code when no credentials were sent at all.
    this.challenge =
      reason === 'TOKEN_MISSING' ? 'Bearer realm="laihu"' : 'Bearer realm="laihu", error="invalid_token"';
  }
}

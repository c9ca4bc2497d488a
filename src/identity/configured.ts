import {
  createJwksVerifier,
  createKeyVerifier,
  type TokenRules,
  type TokenVerifier,
} from './token-verifier.ts';

/** What the configuration says of the issuer of tokens. */
export interface IdentityConfig {
  readonly jwksUrl: string | undefined;
  /** A public key in PEM, or a shared secret. */
  readonly key: string | undefined;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  readonly algorithms: readonly string[] | undefined;
  /** Seconds; see `createJwksVerifier`. */
  readonly keysMaxAge: number;
  /** Seconds; see `TokenRules`. */
  readonly longestLife: number;
  readonly clockTolerance: number;
}

/** The verifier of the configured issuer, by the issuer's name; empty where none is configured. */
export async function configuredVerifiers(config: IdentityConfig): Promise<Map<string, TokenVerifier>> {
  const {
    jwksUrl,
    key,
    issuer = 'laihu',
    audience = 'laihu',
    keysMaxAge,
    longestLife,
    clockTolerance,
  } = config;
  const rules = (fallback: string[]): TokenRules => ({
    issuer,
    audience,
    algorithms: config.algorithms ?? fallback,
    longestLife,
    clockTolerance,
  });
  if (jwksUrl)
    return new Map([[issuer, createJwksVerifier(jwksUrl, rules(['EdDSA', 'ES256', 'RS256']), keysMaxAge)]]);
  if (!key) return new Map();
  const verifier = key.includes('BEGIN PUBLIC KEY')
    ? await createKeyVerifier({ pem: key }, rules(['EdDSA']))
    : await createKeyVerifier({ secret: key }, rules(['HS256']));
  return new Map([[issuer, verifier]]);
}

import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import {
  createRemoteJWKSet,
  errors,
  importSPKI,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { type Viewer, viewerFromClaims } from './viewer.ts';

/** Turns an Authorization header into a viewer. @throws Unauthenticated, which answers 401. */
export type Authenticator = (authorization: string | undefined) => Viewer | Promise<Viewer>;

/** Where tokens come from and what they must say. */
export interface TokenSource {
  readonly key: Awaited<ReturnType<typeof importSPKI>> | Uint8Array | JWTVerifyGetKey;
  readonly options: JWTVerifyOptions & {
    readonly algorithms: string[];
    readonly issuer: string;
    readonly audience: string;
  };
}

/** Verified tokens are remembered until they end: checking a signature costs more than a small query. */
const rememberedTokens = 10_000;

/** The refusal of a request without a valid token. It never repeats the token. */
export function unauthenticated(reason: string): GraphQLError {
  return new GraphQLError(`${reason} Sign in, and send "Authorization: Bearer <token>".`, {
    extensions: {
      code: 'UNAUTHENTICATED',
      http: { status: 401, headers: new Map([['www-authenticate', 'Bearer']]) },
    },
  });
}

export interface IdentityConfig {
  readonly jwksUrl: string | undefined;
  readonly key: string | undefined;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  readonly algorithms: readonly string[] | undefined;
}

/** The configured source of tokens: a JWKS, a public key in PEM, or a shared secret. */
export async function configuredSource(config: IdentityConfig): Promise<TokenSource | undefined> {
  const { jwksUrl, key, issuer = 'laihu', audience = 'laihu' } = config;
  const algorithms = config.algorithms?.slice();
  if (jwksUrl)
    return {
      key: createRemoteJWKSet(new URL(jwksUrl)),
      options: { issuer, audience, algorithms: algorithms ?? ['EdDSA', 'ES256', 'RS256'] },
    };
  if (!key) return undefined;
  if (key.includes('BEGIN PUBLIC KEY')) {
    const chosen = algorithms ?? ['EdDSA'];
    return {
      key: await importSPKI(key, chosen[0] ?? 'EdDSA'),
      options: { issuer, audience, algorithms: chosen },
    };
  }
  return {
    key: new TextEncoder().encode(key),
    options: { issuer, audience, algorithms: algorithms ?? ['HS256'] },
  };
}

/** An authenticator over the sources a server trusts, each with its own issuer. */
export function createAuthenticator(sources: readonly TokenSource[]): Authenticator {
  const remembered = new Map<string, { readonly viewer: Viewer; readonly until: number }>();
  return (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
    if (!token)
      throw unauthenticated(
        authorization
          ? 'The Authorization header is not a bearer token.'
          : 'Nothing is readable without a token.',
      );
    const key = createHash('sha256').update(token).digest('base64');
    const known = remembered.get(key);
    if (known && known.until > Date.now()) return known.viewer;
    return verify(token, sources).then(({ viewer, until }) => {
      if (remembered.size >= rememberedTokens) remembered.delete(remembered.keys().next().value ?? '');
      remembered.set(key, { viewer, until });
      return viewer;
    });
  };
}

async function verify(
  token: string,
  sources: readonly TokenSource[],
): Promise<{ viewer: Viewer; until: number }> {
  let reason = 'The token was not issued by anybody this server trusts.';
  for (const { key, options } of sources) {
    try {
      const { payload } = await jwtVerify(token, key as JWTVerifyGetKey, {
        ...options,
        requiredClaims: ['exp', 'sub'],
      });
      return { viewer: viewerFromClaims(payload), until: (payload.exp ?? 0) * 1000 };
    } catch (error) {
      if (error instanceof errors.JWTExpired) reason = 'The token has expired.';
      else if (!(error instanceof errors.JOSEError) && error instanceof Error) reason = error.message;
    }
  }
  throw unauthenticated(reason);
}

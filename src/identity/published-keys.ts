import { createRemoteJWKSet, type JWKSCacheInput, type JWTVerifyGetKey, jwksCache } from 'jose';

/** The keys that an identity provider publishes, as they were fetched last. */
export interface PublishedKeys {
  readonly find: JWTVerifyGetKey;
  /** Until when a signature verified with them counts, milliseconds since the epoch. */
  goodUntil(): number;
  /** Seconds until an unknown key is looked for again. */
  retryAfter(): number;
}

/** The shortest time between fetches for unknown keys: anybody can name one. */
const mostOftenMs = 10_000;
const fetchTimeoutMs = 3000;

/**
 * Keys of a key set (RFC 7517 §5). A set counts for `maxAgeMs` and not longer: by then a withdrawn key no
 * longer works, and while the set cannot be fetched nobody is let in. It is fetched in the background from
 * half its age on. So no request waits for it, and an outage shorter than the other half is not noticed.
 */
export function publishedKeys(url: string, maxAgeMs: number): PublishedKeys {
  const cooldownDuration = Math.min(mostOftenMs, maxAgeMs);
  const cache: JWKSCacheInput = {};
  const set = createRemoteJWKSet(new URL(url), {
    timeoutDuration: fetchTimeoutMs,
    cacheMaxAge: maxAgeMs,
    cooldownDuration,
    [jwksCache]: cache,
  });
  let triedAt = 0;
  const fetchedAt = () => (cache as { uat?: number }).uat ?? 0;
  const find: JWTVerifyGetKey = (header, token) => {
    const now = Date.now();
    if (set.fresh && now >= fetchedAt() + maxAgeMs / 2 && now >= triedAt + cooldownDuration) {
      triedAt = now;
      // When the set is too old, the request that needs it gets the failure.
      set.reload().catch(() => {});
    }
    return set(header, token);
  };
  return {
    find,
    goodUntil: () => fetchedAt() + maxAgeMs,
    retryAfter: () => Math.max(1, Math.ceil((fetchedAt() + cooldownDuration - Date.now()) / 1000)),
  };
}

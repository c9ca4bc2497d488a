import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAuthenticate } from '../../src/identity/authenticate.ts';
import { createJwksVerifier } from '../../src/identity/token-verifier.ts';

const rules = { issuer: 'laihu', audience: 'laihu', algorithms: ['EdDSA'] };
const start = Date.parse('2026-11-28T08:00:00Z');

interface Signer {
  readonly jwk: JWK;
  /** A token of an hour, signed with the key. */
  token(): Promise<string>;
}

async function signer(kid: string): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' },
    token: () =>
      new SignJWT({ department: 'HLR', unit: 'PT-HLR' })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setIssuer('laihu')
        .setAudience('laihu')
        .setSubject('u-1')
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
  };
}

/** An identity provider with its key set. */
let provider: Server;
let url: string;
let published: JWK[];
let isUp: boolean;
let fetches: number;
let [first, second]: Signer[] = [];

beforeAll(async () => {
  [first, second] = await Promise.all([signer('k1'), signer('k2')]);
  provider = createServer((_request, response) => {
    fetches += 1;
    response.writeHead(isUp ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/jwks`;
});
afterAll(() => {
  provider.close();
});
beforeEach(() => {
  vi.setSystemTime(start);
  [published, isUp, fetches] = [[first!.jwk], true, 0];
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

/** What comes of a token: the viewer, or the reason of the refusal. */
function signIn(maxAge?: number) {
  const verifier = createJwksVerifier(url, rules, maxAge);
  const authenticate = createAuthenticate({ verifiers: new Map([['laihu', verifier]]) });
  const viewerOf = (token: string) => authenticate(`Bearer ${token}`);
  return {
    viewerOf,
    outcome: (token: string) =>
      viewerOf(token).then(
        ({ department }) => department as string,
        ({ reason }: { reason: string }) => reason,
      ),
  };
}

/** Asks each second, as somebody does who works. @returns the second of the first refusal, and its reason */
async function refusedAfter(
  outcome: (token: string) => Promise<string>,
  token: string,
): Promise<readonly [number, string]> {
  for (let second = 0; second <= 3600; second += 1) {
    const said = await outcome(token);
    if (said !== 'HOUSING') return [second, said];
    pass(1);
    // A set that is fetched in the background has come before the next second.
    await settled();
  }
  return [Number.POSITIVE_INFINITY, 'never'];
}

async function settled(): Promise<void> {
  let before = -1;
  while (before !== fetches) {
    before = fetches;
    await fetch(url);
    fetches -= 1;
  }
}

describe('a key that its issuer has taken out of the key set', () => {
  it.each([
    ['by default', undefined, 60],
    ['as it is set', 20, 20],
  ])('is taken no longer than %s, also in a token that is known', async (_, maxAge, longest) => {
    for (const early of [0, longest / 2 - 1, longest / 2 + 1, longest - 1]) {
      published = [first!.jwk];
      const { outcome } = signIn(maxAge);
      const token = await first!.token();
      expect(await outcome(token)).toBe('HOUSING');
      pass(early);
      await outcome(token);
      await settled();
      published = [];
      const [second, reason] = await refusedAfter(outcome, token);
      expect(second).toBeLessThanOrEqual(longest);
      expect(reason).toBe('KEY_UNKNOWN');
    }
  });

  it('does not cost anybody else the viewer under which caches know it', async () => {
    const { viewerOf } = signIn();
    const token = await first!.token();
    const before = await viewerOf(token);
    for (let minute = 0; minute < 5; minute += 1) {
      pass(60);
      expect(await viewerOf(token)).toBe(before);
    }
    expect(fetches).toBeGreaterThan(1);
  });
});

describe('a key that is not in the key set yet', () => {
  it('is said to be unknown, with the seconds to wait, after which it is taken', async () => {
    const { viewerOf, outcome } = signIn();
    await outcome(await first!.token());
    published = [first!.jwk, second!.jwk];
    const token = await second!.token();
    const refused = await viewerOf(token).catch((error) => error);
    expect(refused).toMatchObject({ code: 'KEY_UNKNOWN', reason: 'KEY_UNKNOWN', status: 401 });
    expect(refused.message).not.toMatch(/sign in/i);
    // RFC 6750: with an error code the client would throw the token away.
    expect(refused.challenge).toBe('Bearer realm="laihu"');
    expect(refused.retryAfter).toBeGreaterThan(0);
    expect(refused.retryAfter).toBeLessThanOrEqual(10);
    pass(refused.retryAfter);
    expect(await outcome(token)).toBe('HOUSING');
  });

  it('does not make the server ask for the set more often, whoever names it how often', async () => {
    const { outcome } = signIn();
    const tokens = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => (await signer(`x${i}`)).token()),
    );
    await outcome(await first!.token());
    for (const token of tokens) expect(await outcome(token)).toBe('KEY_UNKNOWN');
    expect(fetches).toBe(1);
  });
});

describe('a key set that cannot be fetched', () => {
  it('is not noticed for half its age, then lets nobody in, with the seconds to wait', async () => {
    const { viewerOf, outcome } = signIn();
    const token = await first!.token();
    await outcome(token);
    pass(30);
    await outcome(token);
    await settled();
    isUp = false;
    const [second, reason] = await refusedAfter(outcome, token);
    expect([second, reason]).toEqual([60, 'KEYS_UNAVAILABLE']);
    const refused = await viewerOf(token).catch((error) => error);
    expect(refused).toMatchObject({ status: 503, code: 'IDENTITY_UNAVAILABLE', retryAfter: 5 });
    isUp = true;
    expect(await outcome(token)).toBe('HOUSING');
  });
});

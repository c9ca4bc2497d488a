import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createAuthenticate } from '../../src/identity/authenticate.ts';
import { configuredVerifiers } from '../../src/identity/configured.ts';

const secret = 'a secret of the tests that is long enough';
const now = Date.parse('2026-11-28T08:00:00Z') / 1000;
const hour = 3600;

beforeEach(() => {
  vi.setSystemTime(now * 1000);
});
afterEach(() => {
  vi.useRealTimers();
});

/** What comes of a token with these times, in seconds from now. */
async function outcome(times: { iat?: number; nbf?: number; exp?: number }, env: NodeJS.ProcessEnv = {}) {
  const { identity } = readConfig({ LAIHU_JWT_KEY: secret, ...env }, { demo: false });
  const authenticate = createAuthenticate({ verifiers: await configuredVerifiers(identity) });
  const claims = Object.fromEntries(Object.entries(times).map(([name, at]) => [name, now + at]));
  const token = await new SignJWT({
    sub: 'u-1',
    department: 'HLR',
    unit: 'PT-HLR',
    iss: 'laihu',
    aud: 'laihu',
    ...claims,
  })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret));
  return authenticate(`Bearer ${token}`).then(
    ({ department }) => department as string,
    ({ reason }: { reason: string }) => reason,
  );
}

describe('the life of a token', () => {
  it.each([
    [{ iat: 0, exp: 24 * hour }, 'HOUSING'],
    [{ iat: 0, exp: 24 * hour + 1 }, 'TOKEN_LIFE'],
    [{ iat: -23 * hour, exp: hour + 1 }, 'TOKEN_LIFE'],
    // Without the time of issue it counts from now: an issuer that says nothing gains nothing.
    [{ exp: 24 * hour }, 'HOUSING'],
    [{ exp: 25 * hour }, 'TOKEN_LIFE'],
    // Nor does one that says that it was issued later.
    [{ iat: 10 * hour, exp: 34 * hour }, 'TOKEN_NOT_YET_VALID'],
    [{ iat: 0 }, 'CLAIM_INVALID'],
  ])('is a day at most: %j is %s', async (times, expected) => {
    expect(await outcome(times)).toBe(expected);
  });

  it('is as long as it is set', async () => {
    const env = { LAIHU_JWT_MAX_LIFE_S: '600' };
    expect(await outcome({ iat: 0, exp: 600 }, env)).toBe('HOUSING');
    expect(await outcome({ iat: 0, exp: 601 }, env)).toBe('TOKEN_LIFE');
    expect(await outcome({ iat: -6 * hour, exp: hour }, env)).toBe('TOKEN_LIFE');
  });
});

describe('clocks that differ', () => {
  it.each([
    [{ exp: -29 }, '30', 'HOUSING'],
    [{ exp: -30 }, '30', 'TOKEN_EXPIRED'],
    [{ exp: 0 }, '0', 'TOKEN_EXPIRED'],
    [{ exp: 1 }, '0', 'HOUSING'],
    [{ nbf: 30, exp: hour }, '30', 'HOUSING'],
    [{ nbf: 31, exp: hour }, '30', 'TOKEN_NOT_YET_VALID'],
    [{ iat: 31, exp: hour }, '30', 'TOKEN_NOT_YET_VALID'],
    [{ nbf: 299, exp: hour }, '300', 'HOUSING'],
  ])('are tolerated as far as it is set: %j with %s s is %s', async (times, tolerance, expected) => {
    expect(await outcome(times, { LAIHU_JWT_CLOCK_TOLERANCE_S: tolerance })).toBe(expected);
    if (tolerance === '30') expect(await outcome(times)).toBe(expected);
  });
});

it('settings that make no sense stop the start, each by its name', () => {
  for (const [name, value] of [
    ['LAIHU_JWT_MAX_LIFE_S', '0'],
    ['LAIHU_JWT_MAX_LIFE_S', '1d'],
    ['LAIHU_JWT_CLOCK_TOLERANCE_S', '3600'],
    ['LAIHU_JWKS_MAX_AGE_S', '0'],
  ] as const)
    expect(() => readConfig({ LAIHU_JWT_KEY: secret, [name]: value }, { demo: false })).toThrow(name);
});

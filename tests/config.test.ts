import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

const demo = { demo: true };

function faults(env: NodeJS.ProcessEnv, flags: { demo: boolean } = demo): string[] {
  try {
    readConfig(env, flags);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
}

describe('the configuration', () => {
  it('has a default for everything but identity', () => {
    expect(readConfig({}, demo)).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      dataDir: join(process.cwd(), '.laihu'),
      databaseUrl: undefined,
      databaseUrls: {},
      statementTimeoutMs: 2000,
      logLevel: 'info',
    });
  });

  it.each([
    ['00:00', '2007-02-28T16:00:00Z', '2007-03-01'],
    ['00:30', '2007-02-28T16:30:00Z', '2007-03-01'],
    ['07:59', '2007-02-28T23:59:59Z', '2007-03-01'],
    ['noon', '2007-03-01T04:00:00Z', '2007-03-01'],
    ['23:59', '2007-03-01T15:59:59Z', '2007-03-01'],
    ['00:00 of the leap day', '2008-02-28T16:00:00Z', '2008-02-29'],
    ['00:30 of the new year', '2007-12-31T16:30:00Z', '2008-01-01'],
  ])('has the day of Shanghai, not of UTC: at %s there', (_, instant, day) => {
    let now = Date.parse(instant);
    const env = { LAIHU_JWT_KEY: 'a key of thirty-two letters and more' };
    const { today } = readConfig(env, { demo: false }, () => now);
    expect(today()).toBe(day);
    now += 86_400_000;
    expect(Date.parse(today()) - Date.parse(day)).toBe(86_400_000);
  });

  it('names every fault at once, in a sentence', () => {
    expect(
      faults({
        PORT: '70000',
        DATABASE_URL: 'mysql://u:hidden@h/d',
        HOUSING_DATABASE_URL: 'localhost:5432/housing',
        LAIHU_LOG_LEVEL: 'loud',
        LAIHU_STATEMENT_TIMEOUT_MS: '2s',
        LAIHU_TODAY: '2007-02-30',
        LAIHU_JWKS_URL: 'file:///etc/passwd',
        LAIHU_JWT_ALGORITHMS: 'none',
      }).map((fault) => fault.split(':')[0]),
    ).toEqual([
      'PORT',
      'DATABASE_URL',
      'LAIHU_STATEMENT_TIMEOUT_MS',
      'LAIHU_LOG_LEVEL',
      'LAIHU_TODAY',
      'LAIHU_JWKS_URL',
      'LAIHU_JWT_ALGORITHMS',
      'HOUSING_DATABASE_URL',
    ]);
    expect(faults({ PORT: '70000' })).toEqual(['PORT: must be a whole number from 0 to 65535']);
  });

  it('keeps the key and the seals of the access log in the data folder, or where they are named', () => {
    const { audit } = readConfig({ LAIHU_DATA: '/data' }, demo);
    expect(audit).toEqual({
      keyFile: '/data/audit-key.pem',
      makesKey: true,
      sealsFile: '/data/audit-seals.jsonl',
      timeoutMs: 2000,
    });
    const env = {
      LAIHU_AUDIT_KEY: '/keys/log.pem',
      LAIHU_AUDIT_SEALS: '/worm/seals',
      LAIHU_AUDIT_TIMEOUT_MS: '500',
      AUDIT_DATABASE_URL: 'postgres://a@h/log',
    };
    expect(readConfig(env, { ...demo, stores: ['audit'] })).toMatchObject({
      audit: { keyFile: '/keys/log.pem', makesKey: false, sealsFile: '/worm/seals', timeoutMs: 500 },
      databaseUrls: { audit: 'postgres://a@h/log' },
    });
    expect(faults({ LAIHU_AUDIT_TIMEOUT_MS: '1' })).toEqual([
      'LAIHU_AUDIT_TIMEOUT_MS: must be a whole number from 50 to 60000',
    ]);
  });

  it('never repeats a value that may hold a password', () => {
    expect(faults({ DATABASE_URL: 'mysql://u:hidden@h/d', LAIHU_JWT_KEY: 'hidden' }).join()).not.toMatch(
      /hidden/,
    );
  });

  it('takes an empty variable as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', LAIHU_JWT_KEY: '' }, demo)).toMatchObject({
      port: 4000,
      databaseUrl: undefined,
    });
  });

  it('gives a single department its own database', () => {
    const env = {
      DATABASE_URL: 'postgres://all@h/d',
      PUBLIC_SECURITY_DATABASE_URL: 'postgres://ps@h/d',
      TEST_DATABASE_URL: 'postgres://t@h/d',
    };
    expect(readConfig(env, demo).databaseUrls).toEqual({ public_security: 'postgres://ps@h/d' });
    expect(() =>
      readConfig({ HOUSNIG_DATABASE_URL: 'postgres://h/d' }, { ...demo, stores: ['housing', 'labour'] }),
    ).toThrow('HOUSNIG_DATABASE_URL: there is no store housnig, only housing, labour');
  });
});

describe('sign-in', () => {
  const key = 'k'.repeat(32);

  it('as a persona is refused in production', () => {
    expect(faults({ NODE_ENV: 'production' })).toEqual([expect.stringContaining('--demo')]);
    expect(faults({ NODE_ENV: 'production', LAIHU_JWT_KEY: key }, { demo: false })).toEqual([]);
  });

  it('without personas needs a key set or a key, not both', () => {
    const without = { demo: false };
    expect(faults({}, without)).toEqual([expect.stringMatching(/LAIHU_JWKS_URL or LAIHU_JWT_KEY: set one/)]);
    expect(faults({ LAIHU_JWKS_URL: 'https://id.example/jwks' }, without)).toEqual([]);
    expect(faults({ LAIHU_JWKS_URL: 'https://id.example/jwks', LAIHU_JWT_KEY: key }, without)).toEqual([
      expect.stringContaining('not both'),
    ]);
  });

  it('never takes a public key for a shared secret', () => {
    const pem = '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----';
    expect(faults({ LAIHU_JWT_KEY: pem, LAIHU_JWT_ALGORITHMS: 'EdDSA' }, { demo: false })).toEqual([]);
    expect(faults({ LAIHU_JWT_KEY: pem, LAIHU_JWT_ALGORITHMS: 'EdDSA,HS256' }, { demo: false })).toHaveLength(
      1,
    );
  });
});

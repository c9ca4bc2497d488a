import type { webcrypto } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthenticate } from '../../src/identity/authenticate.ts';
import {
  createJwksVerifier,
  createKeyVerifier,
  type TokenVerifier,
} from '../../src/identity/token-verifier.ts';

const issuer = 'https://identity.example';
const rules = { issuer, audience: 'laihu', algorithms: ['HS256'] };
const secret = 'a secret of the tests that is long enough';
const bytes = new TextEncoder().encode(secret);
const claims = { department: 'HLR', unit: 'PT-HLR', name: '王示例' };

type Change = {
  payload?: JWTPayload;
  issuer?: string;
  audience?: string;
  expires?: number;
  notBefore?: number;
};
const inOneHour = () => Math.floor(Date.now() / 1000) + 3600;

function unsigned({
  payload,
  issuer: by = issuer,
  audience = 'laihu',
  expires = inOneHour(),
  notBefore,
}: Change = {}) {
  const token = new SignJWT({ ...claims, ...payload }).setIssuer(by).setAudience(audience).setSubject('u-1');
  if (notBefore) token.setNotBefore(notBefore);
  return token.setExpirationTime(expires);
}
const signed = (change?: Change, key: Uint8Array = bytes) =>
  unsigned(change).setProtectedHeader({ alg: 'HS256' }).sign(key);

/** Counts how often signatures are really checked. */
async function counting(options: { capacity?: number; now?: () => number } = {}) {
  const inner = await createKeyVerifier({ secret }, rules);
  let calls = 0;
  const verifier: TokenVerifier = (token) => {
    calls += 1;
    return inner(token);
  };
  const authenticate = createAuthenticate({ verifiers: new Map([[issuer, verifier]]), ...options });
  return { as: (token: string) => authenticate(`Bearer ${token}`), authenticate, calls: () => calls };
}

describe('a bearer token', () => {
  it('names the viewer', async () => {
    const { as } = await counting();
    expect(await as(await signed())).toMatchObject({ department: 'HOUSING', unit: 'PT-HLR', person: 'u-1' });
  });

  it.each<[string, () => Promise<string>, string]>([
    ['is expired', () => signed({ expires: inOneHour() - 7200 }), 'TOKEN_EXPIRED'],
    ['is not valid yet', () => signed({ notBefore: inOneHour() }), 'TOKEN_NOT_YET_VALID'],
    ['is from another issuer', () => signed({ issuer: 'https://elsewhere.example' }), 'TOKEN_ISSUER'],
    ['is for another service', () => signed({ audience: 'payroll' }), 'TOKEN_AUDIENCE'],
    ['is signed with another key', () => signed({}, new Uint8Array(32).fill(7)), 'TOKEN_SIGNATURE'],
    ['lacks the department', () => signed({ payload: { department: undefined } }), 'CLAIM_INVALID'],
    [
      'names a unit of another department',
      () => signed({ payload: { unit: 'PT-PSB' } }),
      'UNIT_NOT_OF_DEPARTMENT',
    ],
    ['is no token', async () => 'not-a-token', 'TOKEN_MALFORMED'],
    ['is too long', async () => 'a'.repeat(9000), 'TOKEN_MALFORMED'],
  ])('that %s is refused with 401, a challenge, and nothing of itself', async (_, make, reason) => {
    const { as } = await counting();
    const token = await make();
    const error = await as(token).catch((e) => e);
    expect(error).toMatchObject({ reason, status: 401, code: 'UNAUTHENTICATED' });
    expect(error.challenge).toBe('Bearer realm="laihu", error="invalid_token"');
    expect(error.message).not.toContain(token.split('.')[1] ?? token);
  });

  it('without an end is refused: it could never be taken back', async () => {
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer)
      .setAudience('laihu')
      .setSubject('u-1')
      .sign(bytes);
    await expect((await counting()).as(token)).rejects.toMatchObject({ reason: 'CLAIM_INVALID' });
  });

  it('with the algorithm "none" is refused', async () => {
    const [, body] = (await signed()).split('.');
    const head = Buffer.from('{"alg":"none"}').toString('base64url');
    await expect((await counting()).as(`${head}.${body}.`)).rejects.toMatchObject({ status: 401 });
  });

  it('whose claims were changed after signing is refused', async () => {
    const [head, body = '', signature] = (await signed()).split('.');
    const changed = JSON.parse(Buffer.from(body, 'base64url').toString());
    Object.assign(changed, { department: 'PSB', unit: 'PT-PSB' });
    const forged = `${head}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${signature}`;
    await expect((await counting()).as(forged)).rejects.toMatchObject({ reason: 'TOKEN_SIGNATURE' });
  });

  it('is asked for when it is missing or of another scheme', async () => {
    const { authenticate } = await counting();
    for (const header of [undefined, '', 'Basic dTpw', 'Bearer']) {
      const error = await authenticate(header).catch((e) => e);
      expect(error, String(header)).toMatchObject({ reason: 'TOKEN_MISSING', status: 401 });
      expect(error.challenge).toBe('Bearer realm="laihu"');
    }
  });
});

describe('a token that is known', () => {
  it('gives the same viewer object without another check of the signature', async () => {
    const { as, calls } = await counting();
    const token = await signed();
    const [first, ...others] = await Promise.all([as(token), as(token), as(token)]);
    others.push(await as(token));
    for (const other of others) expect(other).toBe(first);
    expect(calls()).toBe(1);
  });

  it('is checked again, and refused, when it has expired', async () => {
    let ahead = 0;
    const { as, calls } = await counting({ now: () => Date.now() + ahead });
    const token = await signed({ expires: Math.floor(Date.now() / 1000) + 60 });
    await as(token);
    ahead = 61_000;
    await as(token);
    expect(calls()).toBe(2);
  });

  it('makes room for others: no more are kept than the capacity', async () => {
    const { as, calls } = await counting({ capacity: 2 });
    const tokens = await Promise.all(['a', 'b', 'c'].map((name) => signed({ payload: { name } })));
    for (const token of tokens) await as(token);
    await as(tokens[2]!);
    expect(calls()).toBe(3);
    await as(tokens[0]!);
    expect(calls()).toBe(4);
  });

  it('that was refused is not remembered as good', async () => {
    const { as } = await counting();
    const token = await signed({}, new Uint8Array(32).fill(7));
    for (let i = 0; i < 2; i++) await expect(as(token)).rejects.toMatchObject({ reason: 'TOKEN_SIGNATURE' });
  });

  it('is checked once, however often it comes', async () => {
    const { as, calls } = await counting();
    const token = await signed();
    for (let i = 0; i < 5000; i++) await as(token);
    expect(calls()).toBe(1);
  });
});

describe('keys', () => {
  let server: Server;
  let url: string;
  let privateKey: webcrypto.CryptoKey;
  let publicKey: webcrypto.CryptoKey;

  beforeAll(async () => {
    ({ privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true }));
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA', use: 'sig' };
    server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(request.url === '/jwks' ? JSON.stringify({ keys: [jwk] }) : '<html>');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });

  const edRules = { ...rules, algorithms: ['EdDSA'] };
  const token = () => unsigned().setProtectedHeader({ alg: 'EdDSA', kid: 'k1' }).sign(privateKey);

  it('are taken from the key set of the identity provider', async () => {
    const verifier = createJwksVerifier(`${url}/jwks`, edRules);
    expect(await verifier(await token())).toMatchObject({ department: 'HLR' });
  });

  it('that cannot be fetched are the fault of the provider: 503, and not of the client', async () => {
    for (const place of [`${url}/nothing`, 'http://127.0.0.1:4499/jwks']) {
      const error = await createJwksVerifier(place, edRules)(await token()).catch((e) => e);
      expect(error).toMatchObject({ reason: 'KEYS_UNAVAILABLE', status: 503, code: 'IDENTITY_UNAVAILABLE' });
    }
  });

  it('may be a PEM or a JWK', async () => {
    const pem = await exportSPKI(publicKey);
    const jwk = await exportJWK(publicKey);
    for (const key of [{ pem }, { jwk }]) {
      expect(await (await createKeyVerifier(key, edRules))(await token())).toMatchObject({ sub: 'u-1' });
    }
  });

  it('that are public are never used as a shared secret', async () => {
    const pem = await exportSPKI(publicKey);
    expect(() => createJwksVerifier(`${url}/jwks`, { ...rules, algorithms: ['EdDSA', 'HS256'] })).toThrow(
      'HS256',
    );
    await expect(createKeyVerifier({ pem }, rules)).rejects.toThrow('HS256');
    const forged = await unsigned().setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(pem));
    await expect((await createKeyVerifier({ pem }, edRules))(forged)).rejects.toMatchObject({ status: 401 });
  });

  it('that are too short, or go with no algorithm, stop the start', async () => {
    await expect(createKeyVerifier({ secret: 'short' }, rules)).rejects.toThrow('32 bytes');
    await expect(createKeyVerifier({ secret }, edRules)).rejects.toThrow('EdDSA');
    await expect(createKeyVerifier({ secret }, { ...rules, algorithms: [] })).rejects.toThrow('algorithm');
  });
});

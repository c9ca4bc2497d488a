import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createAuthenticate } from '../../src/identity/authenticate.ts';
import { configuredVerifiers } from '../../src/identity/configured.ts';
import { startTestServer, type TestServer } from './test-server.ts';

const query = '{ orgUnits(first: 1) { nodes { code } } }';
const secret = 'a shared secret of at least 32 bytes';
const claims = { department: 'HLR', unit: 'PT-HLR', name: '张示例', posts: ['ANALYST'] };

/** A token as an identity provider of the district would sign it. */
function sign(
  key: Parameters<SignJWT['sign']>[0],
  alg: string,
  changes: JWTPayload & { expires?: string; kid?: string } = {},
): Promise<string> {
  const { expires = '1h', kid, ...more } = changes;
  return new SignJWT({ iss: 'laihu', aud: 'laihu', sub: 'u-1', ...claims, ...more })
    .setProtectedHeader({ alg, ...(kid ? { kid } : {}) })
    .setExpirationTime(expires)
    .sign(key);
}

/** The server as a production configuration makes it. */
async function production(env: NodeJS.ProcessEnv): Promise<TestServer> {
  const { identity } = readConfig({ NODE_ENV: 'production', ...env }, { demo: false });
  return startTestServer({
    authenticate: createAuthenticate({ verifiers: await configuredVerifiers(identity) }),
  });
}

describe('a request without a usable token', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.close());

  const post = (headers: Record<string, string>) => server.send('/graphql', { headers, body: { query } });

  it('is answered 401 with the scheme to use when no token was sent', async () => {
    const { status, headers, json } = await post({});
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="laihu"');
    expect(json.errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'TOKEN_MISSING' });
    expect(json.data ?? null).toBeNull();
  });

  it('is answered 401 with the reason when the token is no token, of another issuer or signed by nobody known', async () => {
    const good = await server.tokenOf('HLR');
    const [head, body, signature = ''] = good.split('.');
    const forged = `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    const foreign = await sign(new TextEncoder().encode(secret), 'HS256', { iss: 'https://elsewhere' });
    const expected = {
      'not-a-token': 'TOKEN_MALFORMED',
      [forged]: 'TOKEN_SIGNATURE',
      [foreign]: 'TOKEN_ISSUER',
    };
    for (const [token, reason] of Object.entries(expected)) {
      const { status, headers, json, text } = await post({ authorization: `Bearer ${token}` });
      expect([status, json.errors[0].extensions.reason]).toEqual([401, reason]);
      expect(headers.get('www-authenticate')).toBe('Bearer realm="laihu", error="invalid_token"');
      expect(text).not.toContain(token);
    }
    expect((await post({ authorization: `Bearer ${good}` })).status).toBe(200);
  });

  it('is answered 401 when the scheme is another one', async () => {
    expect((await post({ authorization: 'Basic SExSOkhMUg==' })).status).toBe(401);
  });

  it('may not even ask for the schema', async () => {
    const { status } = await server.send('/graphql', { body: { query: '{ __schema { types { name } } }' } });
    expect(status).toBe(401);
  });
});

describe('in production with a shared secret', () => {
  const key = new TextEncoder().encode(secret);
  let server: TestServer;
  beforeAll(async () => {
    server = await production({ LAIHU_JWT_KEY: secret });
  });
  afterAll(() => server?.close());

  const reasonOf = async (token: string) => {
    const { status, json } = await server.send('/graphql', { token, body: { query } });
    return status === 200 ? json.data.orgUnits.nodes.length : json.errors[0].extensions.reason;
  };

  it('lets in whom the provider signed in', async () => {
    expect(await reasonOf(await sign(key, 'HS256'))).toBe(1);
  });

  it('refuses what has expired, is for another service, or names a unit of another department', async () => {
    expect(await reasonOf(await sign(key, 'HS256', { expires: '-10m' }))).toBe('TOKEN_EXPIRED');
    expect(await reasonOf(await sign(key, 'HS256', { aud: 'other' }))).toBe('TOKEN_AUDIENCE');
    expect(await reasonOf(await sign(key, 'HS256', { unit: 'PT-LSS' }))).toBe('UNIT_NOT_OF_DEPARTMENT');
    expect(await reasonOf(await sign(key, 'HS256', { department: 'KGB' }))).toBe('CLAIM_INVALID');
  });

  it('refuses a control character in a claim with a code, and does not repeat it', async () => {
    for (const claim of ['sub', 'name', 'unit', 'client', 'jti']) {
      const token = await sign(key, 'HS256', { [claim]: 'a\0b' });
      const { status, json, text } = await server.send('/graphql', { token, body: { query } });
      expect([status, json.errors[0].extensions]).toEqual([
        401,
        { code: 'UNAUTHENTICATED', reason: 'CLAIM_INVALID' },
      ]);
      expect(json.errors[0].message).toContain(`: ${claim}.`);
      expect(text).not.toMatch(/a\\u0000b/);
    }
  });

  it('lets in whom the provider gave no name', async () => {
    expect(await reasonOf(await sign(key, 'HS256', { name: undefined }))).toBe(1);
  });

  it('takes no token of the demonstration and has none of its routes', async () => {
    expect(await reasonOf(await server.tokenOf('HLR'))).toBe('TOKEN_ISSUER');
    expect((await server.send('/demo/personas')).status).toBe(404);
    expect((await server.send('/demo/token', { body: { code: 'HLR' } })).status).toBe(404);
  });

  it('takes no unsigned token', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = { iss: 'laihu', aud: 'laihu', sub: 'u-1', exp: 4e9, ...claims };
    expect(await reasonOf(`${part({ alg: 'none' })}.${part(body)}.`)).toMatch(/^TOKEN_/);
  });
});

describe('in production with a public key', () => {
  it('lets in whom the holder of the private key signed in, and nobody who signs with the public one', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const server = await production({ LAIHU_JWT_KEY: pem, LAIHU_JWT_ISSUER: 'district-sso' });
    try {
      const good = await sign(privateKey, 'EdDSA', { iss: 'district-sso' });
      expect((await server.send('/graphql', { token: good, body: { query } })).status).toBe(200);
      const confused = await sign(new TextEncoder().encode(pem), 'HS256', { iss: 'district-sso' });
      const { status, json } = await server.send('/graphql', { token: confused, body: { query } });
      expect([status, json.errors[0].extensions.reason]).toEqual([401, 'TOKEN_SIGNATURE']);
    } finally {
      await server.close();
    }
  });
});

describe('in production with a published key set', () => {
  it('lets in by the keys of the set, and answers 503 while it cannot be fetched', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const set = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] };
    let up = false;
    const provider = await listen(
      createServer((_request, response) => {
        response.writeHead(up ? 200 : 500, { 'content-type': 'application/json' }).end(JSON.stringify(set));
      }),
    );
    const { port } = provider.address() as AddressInfo;
    const server = await production({ LAIHU_JWKS_URL: `http://127.0.0.1:${port}/keys` });
    try {
      const token = await sign(privateKey, 'ES256', { kid: 'k1' });
      const down = await server.send('/graphql', { token, body: { query } });
      expect([down.status, down.json.errors[0].extensions]).toEqual([
        503,
        { code: 'IDENTITY_UNAVAILABLE', reason: 'KEYS_UNAVAILABLE', retryAfter: 5 },
      ]);
      expect(down.headers.get('retry-after')).toBe('5');
      up = true;
      expect((await server.send('/graphql', { token, body: { query } })).status).toBe(200);
      const stranger = await generateKeyPair('ES256');
      const forged = await sign(stranger.privateKey, 'ES256', { kid: 'k1' });
      expect((await server.send('/graphql', { token: forged, body: { query } })).status).toBe(401);
      // A key that nobody has published yet: the client is to come back, not to sign in again.
      const early = await sign(stranger.privateKey, 'ES256', { kid: 'k2' });
      const unknown = await server.send('/graphql', { token: early, body: { query } });
      const { code, retryAfter } = unknown.json.errors[0].extensions;
      expect([unknown.status, code]).toEqual([401, 'KEY_UNKNOWN']);
      expect(retryAfter).toBeGreaterThan(0);
      expect(unknown.headers.get('retry-after')).toBe(String(retryAfter));
      expect(unknown.headers.get('www-authenticate')).toBe('Bearer realm="laihu"');
      expect(unknown.text).not.toMatch(/sign in/i);
    } finally {
      await server.close();
      provider.close();
    }
  });
});

function listen(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, type JWK, SignJWT } from 'jose';

/** How what coordinators take along is signed; a device takes nothing else for a bundle. */
const type = 'laihu-bundle+jwt';
const issuer = 'laihu';
/** Of a PKCS #8 Ed25519 key, before its 32 bytes. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs what coordinators take along (docs/doing.md, In the field). */
export interface BundleSigner {
  /** The public key, as a key set. */
  readonly keys: { readonly keys: readonly JWK[] };
  readonly keyId: string;
  /** A JWS in compact form, valid until an instant, for one person. */
  sign(
    bundle: Readonly<Record<string, unknown>>,
    of: { readonly person: string; readonly at: string; readonly expiresAt: string },
  ): Promise<string>;
}

/** @param secret the key of the access log: the one secret of the installation that outlives a start */
export async function createBundleSigner(secret: KeyObject): Promise<BundleSigner> {
  const held = Buffer.from(secret.export({ format: 'jwk' }).d ?? '', 'base64url');
  const seed = Buffer.from(hkdfSync('sha256', held, '', 'laihu bundles', 32));
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });
  const own = await exportJWK(createPublicKey(key));
  const keyId = await calculateJwkThumbprint(own);
  return {
    keyId,
    keys: { keys: [{ ...own, kid: keyId, alg: 'EdDSA', use: 'sig' }] },
    sign: (bundle, { person, at, expiresAt }) =>
      new SignJWT({ ...bundle })
        .setProtectedHeader({ alg: 'EdDSA', kid: keyId, typ: type })
        .setIssuer(issuer)
        .setSubject(person)
        .setIssuedAt(new Date(at))
        .setExpirationTime(new Date(expiresAt))
        .sign(key),
  };
}

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The secrets of the log, all from one file: the key that signs its seals, and the key of the subjects'
 * tokens.
 */
export interface AuditKey {
  readonly sign: KeyObject;
  readonly verify: KeyObject;
  /** 32 bytes. */
  readonly subjects: Buffer;
  readonly publicFile: string;
}

/** `audit-key.pem` → `audit-key.pub.pem`. */
export const publicFileOf = (file: string): string => `${file.replace(/\.pem$/, '')}.pub.pem`;

/**
 * Reads the Ed25519 key of a file (PKCS #8, PEM). The public half is written beside it, for those who verify.
 * @param make make a missing key: only where nobody named the file
 * @throws Error in one sentence
 */
export function readAuditKey(file: string, make: boolean): AuditKey {
  if (make && !existsSync(file)) makeKey(file);
  const sign = readKey(file, createPrivateKey);
  const verify = createPublicKey(sign);
  const publicFile = publicFileOf(file);
  if (!existsSync(publicFile))
    writeFileSync(publicFile, verify.export({ type: 'spki', format: 'pem' }), { mode: 0o644 });
  const secret = Buffer.from(sign.export({ format: 'jwk' }).d ?? '', 'base64url');
  const subjects = Buffer.from(hkdfSync('sha256', secret, '', 'laihu audit subjects', 32));
  return { sign, verify, subjects, publicFile };
}

/** Reads the public key that seals are verified with. @throws Error in one sentence */
export const readPublicKey = (file: string): KeyObject => readKey(file, createPublicKey);

/** Whether a file holds a key that signs. @throws Error in one sentence */
export const checkPrivateKey = (file: string): void => {
  readKey(file, createPrivateKey);
};

function readKey(file: string, create: (pem: string) => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = create(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'ENOENT'
        ? `There is no key of the access log at ${file}; name it with LAIHU_AUDIT_KEY.`
        : `The key of the access log at ${file} cannot be read as PEM.`,
    );
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Error(`The key of the access log at ${file} is no Ed25519 key; make one with openssl genpkey.`);
  return key;
}

function makeKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const { privateKey } = generateKeyPairSync('ed25519');
  // Written aside and linked into place: a program that starts at the same moment finds no key or a whole
  // one.
  const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(own, privateKey.export({ type: 'pkcs8', format: 'pem' }), { flag: 'wx', mode: 0o600 });
  try {
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own);
  }
}

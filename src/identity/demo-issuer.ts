import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { personas } from './personas.ts';
import { createKeyVerifier, type TokenVerifier } from './token-verifier.ts';

/** Signs anybody in as a made-up official. It is started with `--demo` only. */
export interface DemoIssuer {
  readonly issuer: string;
  readonly verifier: TokenVerifier;
  /**
   * A token for a viewer code. It acts for the persona's own unit or for another unit of the viewer; with `colleague` it is the
   * second person's.
   */
  issue(request: {
    readonly code: string;
    readonly unit?: string | undefined;
    readonly colleague?: boolean | undefined;
  }): Promise<{ token: string; expiresAt: string }>;
}

const issuer = 'laihu-demo';
const audience = 'laihu';
const hours = 12;

/** The server and `npm run token` share the key through the data folder. */
export async function createDemoIssuer(dataDir: string): Promise<DemoIssuer> {
  const secret = sharedSecret(dataDir);
  const key = new TextEncoder().encode(secret);
  return {
    issuer,
    verifier: await createKeyVerifier({ secret }, { issuer, audience, algorithms: ['HS256'] }),
    async issue({ code, unit, colleague = false }) {
      const persona = personas.find((p) => p.code === code);
      if (!persona)
        throw new Error(`There is no viewer ${code}. Use one of ${personas.map((p) => p.code).join(', ')}.`);
      const acting = unit ?? persona.unit;
      if (!persona.units.includes(acting))
        throw new Error(`${code} does not act for ${acting}. Use one of ${persona.units.join(', ')}.`);
      const who = colleague ? persona.colleague : persona;
      if (!who) throw new Error(`${code} is one person of the district and has no colleague.`);
      const now = Math.floor(Date.now() / 1000);
      const expires = now + hours * 3600;
      // Personas explore: the console and the shell send documents of their own.
      const claims = {
        department: code,
        unit: acting,
        posts: who.posts,
        name: who.name,
        explore: true,
      };
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(who.person)
        .setIssuedAt(now)
        .setExpirationTime(expires)
        .sign(key);
      return { token, expiresAt: new Date(expires * 1000).toISOString() };
    },
  };
}

function sharedSecret(dataDir: string): string {
  const file = join(dataDir, 'demo-issuer.key');
  mkdirSync(dataDir, { recursive: true });
  // Written aside and linked into place: a program that starts at the same moment finds no key or a whole
  // one.
  const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(own, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  try {
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own);
  }
  return readFileSync(file, 'utf8');
}

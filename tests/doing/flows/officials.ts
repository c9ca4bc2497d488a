import { SignJWT } from 'jose';
import { type Authenticate, createAuthenticate } from '../../../src/identity/authenticate.ts';
import { personas } from '../../../src/identity/personas.ts';
import { createKeyVerifier } from '../../../src/identity/token-verifier.ts';
import type { PostFunction } from '../../../src/identity/viewer.ts';
import type { ViewerCode } from '../../../src/identity/viewers.ts';

const issuer = 'the identity provider of the test';
const secret = 'a secret of thirty-two bytes or more, of the test';

/** Somebody who works in a unit, as the token says. */
export interface Official {
  readonly code: ViewerCode;
  readonly unit: string;
  readonly person: string;
  readonly posts: readonly PostFunction[];
}

/** The official of the demonstration, or one of another unit, with other posts. */
export function official(code: ViewerCode, unit?: string, ...posts: PostFunction[]): Official {
  const persona = personas.find((each) => each.code === code)!;
  return {
    code,
    unit: unit ?? persona.unit,
    person: persona.person,
    posts: posts.length > 0 ? posts : persona.posts,
  };
}

/** The token that the identity provider gives an official. */
export function tokenOf({ code, unit, person, posts }: Official): Promise<string> {
  return new SignJWT({ department: code, unit, posts, name: '示例', explore: true })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setAudience('laihu')
    .setSubject(person)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
}

/** Lets in whoever has such a token. */
export async function letOfficialsIn(): Promise<Authenticate> {
  const verifier = await createKeyVerifier({ secret }, { issuer, audience: 'laihu', algorithms: ['HS256'] });
  return createAuthenticate({ verifiers: new Map([[issuer, verifier]]) });
}

import { SignJWT } from 'jose';
import type postgres from 'postgres';
import { createAuthenticate } from '../../../src/identity/authenticate.ts';
import { createKeyVerifier } from '../../../src/identity/token-verifier.ts';
import { actingUnitsOf } from '../../../src/identity/units.ts';
import { getViewer, type ViewerCode, type ViewerName, viewers } from '../../../src/identity/viewers.ts';

/** Somebody who asks: a viewer, the unit it acts for, a person. */
export interface Person {
  readonly name: string;
  readonly token: string;
  readonly viewer: ViewerName;
}

const secret = 'a secret of the test, of 32 bytes or more';
const rules = { issuer: 'identities', audience: 'laihu', algorithms: ['HS256'] };

/** Lets in the people below. */
export const authenticatePeople = async () =>
  createAuthenticate({ verifiers: new Map([[rules.issuer, await createKeyVerifier({ secret }, rules)]]) });

/**
 * As many people as asked for: one of every unit of every viewer, coordinators with tasks of their own, and when
 * there are no more of them second and third persons of the units.
 */
export async function makePeople(count: number, sql: postgres.Sql): Promise<readonly Person[]> {
  const units = viewers
    .filter(({ code }) => code !== 'COR')
    .flatMap(({ code }) => actingUnitsOf(code).map((unit) => [code, unit] as const));
  const coordinators = await sql<{ id: string; unit: string }[]>`
    select assignee_id as id, 'PT-SVB-' || right(min(subdistrict_code), 3) as unit
    from coordinators.coordinator_tasks where assignee_id is not null group by 1 order by 1`;
  const persons = (n: number) =>
    units.map(([department, unit]) => ({ department, unit, sub: `person-${n}-of-${unit}` }));
  const first = [
    ...persons(1),
    ...coordinators.map(({ id, unit }) => ({ department: 'COR', unit, sub: id })),
  ];
  const more = Array.from({ length: Math.ceil(count / units.length) }, (_, n) => persons(n + 2)).flat();
  // Of fewer than there are, some of every kind.
  const all =
    count < first.length
      ? Array.from({ length: count }, (_, i) => first[Math.floor((i * first.length) / count)]!)
      : [...first, ...more].slice(0, count);
  return Promise.all(
    all.map(async (claims) => ({
      name: `${claims.department} ${claims.unit} ${claims.sub}`,
      viewer: getViewer(claims.department as ViewerCode).name,
      token: await new SignJWT({ ...claims, name: '某示例', explore: true })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(rules.issuer)
        .setAudience(rules.audience)
        .setExpirationTime('12h')
        .sign(new TextEncoder().encode(secret)),
    })),
  );
}

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignJWT } from 'jose';
import type { Sql } from 'postgres';
import { createDemoIssuer } from '../src/identity/demo-issuer.ts';
import { personas } from '../src/identity/personas.ts';
import { connectTo } from '../src/store/connect.ts';
import { laihuPage } from './page.ts';
import { startServer } from './processes.ts';

/** How persons are answered whom the program has never seen: an open loop, each asks once. */
export interface FirstRequest {
  readonly perSecond: number;
  /** From the moment at which a person was to ask to the whole answer. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were no page. */
  readonly failed: number;
}

export interface FirstRequestOptions {
  /** The owner's URL of a database that `compare.ts` has prepared. */
  readonly url: string;
  readonly dataDir: string;
  readonly seconds: number;
  readonly perSecond?: number;
}

/** Persons whose requests make the document known and its statement made, before anybody is measured. */
const before = 40;

/**
 * Coordinators are the persons who share a connection with nobody: each has an area and tasks of its own. As many as
 * ask are made up for the length of the measure, each with the area of one of the district's.
 */
export async function measureFirstRequest(options: FirstRequestOptions): Promise<FirstRequest> {
  const { url, dataDir, seconds, perSecond = 200 } = options;
  const persons = Array.from({ length: before + seconds * perSecond }, () => randomUUID());
  const tokens = await tokensOf(persons, dataDir);
  const owner = connectTo(url, { max: 1, onnotice: () => {} });
  const server = await startServer(
    join(import.meta.dirname, 'servers/laihu.ts'),
    { DATABASE_URL: url, LAIHU_DATA: dataDir },
    ['wall', 'audit'],
  );
  const agent = new Agent({ keepAlive: true });
  try {
    await giveAreas(owner, persons);
    for (const token of tokens.slice(0, before)) await ask(server.url, token, agent);
    const took: number[] = [];
    let failed = 0;
    const began = performance.now() + 50;
    const asked = tokens.slice(before).map(async (token, i) => {
      const at = began + (i * 1000) / perSecond;
      await sleep(at - performance.now());
      if (!(await ask(server.url, token, agent))) failed += 1;
      took.push(performance.now() - at);
    });
    await Promise.all(asked);
    took.sort((a, b) => a - b);
    const share = (of: number) => Math.round((took[Math.floor(took.length * of)] ?? Number.NaN) * 10) / 10;
    return { perSecond, p50Ms: share(0.5), p99Ms: share(0.99), failed };
  } finally {
    agent.destroy();
    await server.stop();
    await owner`delete from access.areas where holder = any(${persons})`;
    await owner.end();
  }
}

/** As it stands in RESULTS.md. */
export const firstRequestTable = ({ perSecond, p50Ms, p99Ms, failed }: FirstRequest): string =>
  `| persons never seen, a second | p50 ms | p99 ms | failed |
| --- | --- | --- | --- |
| ${perSecond} | ${p50Ms} | ${p99Ms} | ${failed} |`;

async function giveAreas(owner: Sql, persons: readonly string[]): Promise<void> {
  await owner`
    insert into access.areas (holder, neighbourhood_code, until)
    select asks.person, (area).neighbourhood_code, (area).until from
      (select person, row_number() over () as n from unnest(${persons as string[]}::text[]) person) asks
      join (select a as area, row_number() over (order by a.holder, a.neighbourhood_code) as n,
        count(*) over () as all from access.areas a) held on held.n = 1 + asks.n % held.all`;
}

/** The demonstration's issuer names one coordinator; these are signed with its key. */
async function tokensOf(persons: readonly string[], dataDir: string): Promise<string[]> {
  const { issuer } = await createDemoIssuer(dataDir);
  const key = new TextEncoder().encode(readFileSync(join(dataDir, 'demo-issuer.key'), 'utf8'));
  const unit = personas.find(({ code }) => code === 'COR')?.unit;
  return Promise.all(
    persons.map((person) =>
      new SignJWT({ department: 'COR', unit, posts: ['COORDINATOR'], explore: true })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer)
        .setAudience('laihu')
        .setSubject(person)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(key),
    ),
  );
}

const body = JSON.stringify({ query: laihuPage('') });

/** @returns whether the answer is the page, without an error */
function ask(url: string, token: string, agent: Agent): Promise<boolean> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    authorization: `Bearer ${token}`,
    'laihu-purpose': 'REGISTRATION',
  };
  return new Promise((resolve) => {
    request(url, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.once('close', () => resolve(answer.statusCode === 200 && !text.includes('"errors"')));
    })
      .once('error', () => resolve(false))
      .end(body);
  });
}

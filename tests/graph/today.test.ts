import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { productContract } from '../../src/product-contract.ts';
import { createGraph } from '../../src/schema.ts';
import { createTestGraph, productGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// A clock that the test sets, through the configuration as the program reads it.

let now = 0;
const { today } = readConfig(
  { LAIHU_JWT_KEY: 'a key of thirty-two letters and more' },
  { demo: false },
  () => now,
);
/** Shanghai is eight hours ahead. */
const setTo = (day: string, time: string) => {
  now = Date.parse(`${day}T${time}:00+08:00`);
};

let graph: TestGraph;
beforeAll(() => {
  graph = createTestGraph(undefined, undefined, productGraph(), undefined, today);
});
afterAll(() => graph?.close());

const owner = (store: string) => graph.pools.ownerOf(store);
const rows = async (document: string, viewer = viewerOf('PSB')) => {
  const { data, errors } = await graph.ask(viewer, document);
  expect(errors).toEqual([]);
  return data;
};

describe('today, half an hour after midnight in Shanghai', () => {
  it('is the new day for `withinDays`, and the old one until then', async () => {
    const [due] = await owner('permits')`select valid_to::text as day, count(*)::int as count
      from permits.residence_permits where valid_to > '2007-03-02' group by 1 order by 1 limit 1`;
    const day = String(due?.day);
    const before = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
    const expiring = '{ permits(first: 0, filter: { validTo: { withinDays: 0 } }) { totalCount } }';
    const [ofDayBefore] = await owner('permits')`
      select count(*)::int as count from permits.residence_permits where valid_to = ${before}`;
    for (const [at, time, count] of [
      [day, '00:30', due?.count],
      [day, '07:59', due?.count],
      [day, '23:59', due?.count],
      [before, '23:59', ofDayBefore?.count],
    ]) {
      setTo(at, time);
      expect((await rows(expiring)).permits.totalCount, `${at} ${time}`).toBe(count);
    }
  });

  it('is the new day for ages', async () => {
    const [person] = await owner(
      'public_security',
    )`select id, (birth_date + interval '18 years')::date::text as day
      from public_security.migrants where birth_date between '1990-01-01' and '2000-01-01'
        and extract(day from birth_date) between 2 and 27 and status = 'ACTIVE' and not shielded
      order by id limit 1`;
    const band = `{ migrant(id: "${encodeNodeId('Migrant', String(person?.id))}") { ageBand } }`;
    const eve = new Date(Date.parse(String(person?.day)) - 86_400_000).toISOString().slice(0, 10);
    setTo(eve, '23:59');
    expect((await rows(band)).migrant.ageBand).toBe('AGE_15_TO_17');
    setTo(String(person?.day), '00:30');
    expect((await rows(band)).migrant.ageBand).toBe('AGE_18_TO_24');
  });

  it('is the new day for the rows that a viewer sees, on connections that were open at midnight', async () => {
    const [link] = await owner(
      'access',
    )`select holder, subject_id as subject, until::text as day from access.links l
      where until is not null and holder like 'PT-CAC-%' and not exists (select from access.links o
        where o.holder = l.holder and o.subject_id = l.subject_id and (o.until is null or o.until > l.until))
      order by 1, 2 limit 1`;
    const viewer = viewerOf('CAC', String(link?.holder));
    const document = `{ migrants(first: 1, filter: { id: { eq: "${encodeNodeId('Migrant', String(link?.subject))}" } }) { nodes { id name } totalCount } }`;
    const counts: number[] = [];
    const nextDay = new Date(Date.parse(String(link?.day)) + 86_400_000).toISOString().slice(0, 10);
    for (const [day, time] of [
      [String(link?.day), '00:30'],
      [String(link?.day), '23:59'],
      [nextDay, '00:00'],
      [nextDay, '07:00'],
      // A clock that is put right may go back.
      [String(link?.day), '23:59'],
    ] as const) {
      setTo(day, time);
      counts.push((await rows(document, viewer)).migrants.totalCount);
    }
    expect(counts).toEqual([1, 1, 0, 0, 1]);
  });

  it('is the day on which the connection says that it speaks, for the second wall', async () => {
    const open = async () => {
      const identity = {
        viewer: 'HOUSING',
        unit: 'PT-HLA',
        subdistrict: '',
        station: '',
        holder: 'PT-HLA',
        person: '',
        posts: '',
        today: today(),
      };
      const pool = await graph.pools.acquire('housing', identity);
      try {
        const [said] = await pool.sql`select current_setting('laihu.today') as day`;
        return said?.day;
      } finally {
        graph.pools.release(pool);
      }
    };
    setTo('2007-02-28', '23:59');
    expect(await open()).toBe('2007-02-28');
    setTo('2007-03-01', '00:30');
    expect(await open()).toBe('2007-03-01');
    setTo('2007-02-28', '23:59');
    expect(await open()).toBe('2007-02-28');
  });

  it('is the day after which nobody was born who is asked for by number', () => {
    const scalar = createGraph(productContract(), today).bare.getType('CitizenId') as unknown as {
      parseValue(text: string): string;
    };
    // Born on 1 March 2007; the check digit by GB 11643.
    const number = '349999200703010012';
    const seventeen = [...number.slice(0, 17)].map(Number);
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const sum = seventeen.reduce((total, digit, i) => total + digit * weights[i]!, 0);
    const right = number.slice(0, 17) + '10X98765432'[sum % 11];
    setTo('2007-03-01', '00:30');
    expect(scalar.parseValue(right)).toBe(right);
    setTo('2007-02-28', '23:59');
    expect(() => scalar.parseValue(right)).toThrow('A value is not a citizen identity number');
  });
});

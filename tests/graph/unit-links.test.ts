import { randomUUID } from 'node:crypto';
import { type DocumentNode, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { predictCost } from '../../src/graph/limits/cost.ts';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { createGraph } from '../../src/schema.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// Lists of units are links: each unit at the place of its code, in the order in which the codes are stored.

type Database = Awaited<ReturnType<typeof createTestDatabase>>;
type Unit = { code: string } | null;

let database: Database;
let elsewhere: Database;
/** The same documents by loaders and by one statement. */
let roads: Record<'loaders' | 'one statement', TestGraph>;
/** The organisation in a database of its own. */
let apart: TestGraph;

beforeAll(async () => {
  [database, elsewhere] = [await createTestDatabase('district'), await createTestDatabase('district')];
  const onRoad = (from: number) =>
    createTestGraph(database.url, undefined, createGraph(undefined, undefined, from));
  roads = { loaders: onRoad(Number.POSITIVE_INFINITY), 'one statement': onRoad(1) };
  apart = createTestGraph(elsewhere.url, (store) =>
    store === 'organisation' ? database.url : elsewhere.url,
  );
  // A join that should not be would fail.
  await apart.pools.ownerOf('comprehensive_management')`drop schema organisation cascade`;
});
afterAll(async () => {
  for (const graph of [...Object.values(roads ?? {}), apart]) await graph?.close();
  await database?.drop();
  await elsewhere?.drop();
});

/** Asks by a road, and makes sure that it was the one. */
async function askBy(road: keyof typeof roads, code: 'CSO' | 'POP' | 'LSS', document: DocumentNode) {
  const answer = await roads[road].askDocument(viewerOf(code), { document });
  expect(answer.statements.some(({ text }) => text.includes('from (select) "z"'))).toBe(
    road === 'one statement',
  );
  return answer;
}

/** A matter with these participants; the first of them leads. */
async function matterOf(codes: readonly string[]): Promise<string> {
  const id = randomUUID();
  await roads.loaders.pools.ownerOf('comprehensive_management')`
    insert into comprehensive_management.governance_matters
      (id, title, kind, place_kind, place_name, subdistrict_code, participant_codes, lead_id, opened_on)
    select ${id}, title, kind, 'OTHER', '示例', subdistrict_code, ${codes as string[]}, ${codes[0]!}, opened_on
    from comprehensive_management.governance_matters limit 1`;
  return id;
}

const matter = (id: string) =>
  parse(
    `{ governanceMatter(id: "${encodeNodeId('GovernanceMatter', id)}") { title participantCodes participants { code parent { code } } } }`,
  );

describe.each(['loaders', 'one statement'] as const)('by %s', (road) => {
  test('units come in the order of their codes as stored, with what is asked below', async () => {
    const codes = ['PT-SUB-015', 'PT-CSO', 'PT-HLR', 'PT-SVB-015', 'PT-AIC'];
    const { data, errors } = await askBy(road, 'CSO', matter(await matterOf(codes)));
    expect(errors).toEqual([]);
    const { participantCodes, participants } = data.governanceMatter;
    expect(participantCodes).toEqual(codes);
    expect(participants.map((unit: Unit) => unit?.code)).toEqual(codes);
    const parents = await roads.loaders.pools.ownerOf('organisation')`
      select array_agg(parent_id order by place) as codes
      from unnest(${codes}::text[]) with ordinality as given(code, place) join organisation.org_units on id = code`;
    expect(
      participants.map(({ parent }: { parent: { code: string } | null }) => parent?.code ?? null),
    ).toEqual(parents[0]?.codes);
  });

  test('a code that names no unit is null at its place, and the code stays readable', async () => {
    const codes = ['PT-CSO', 'PT-XXX', 'PT-HLR'];
    const { data, errors } = await askBy(road, 'CSO', matter(await matterOf(codes)));
    expect(errors).toEqual([]);
    expect(data.governanceMatter.participantCodes).toEqual(codes);
    expect(data.governanceMatter.participants.map((unit: Unit) => unit?.code ?? null)).toEqual([
      'PT-CSO',
      null,
      'PT-HLR',
    ]);
  });

  test('no codes are no units', async () => {
    const id = randomUUID();
    await roads.loaders.pools.ownerOf('population_office')`
      insert into population_office.coordination_matters
        (id, subject, raised_by_id, assigned_to_codes)
      select ${id}, subject, raised_by_id, '{}'
      from population_office.coordination_matters limit 1`;
    const document = `{ coordinationMatter(id: "${encodeNodeId('CoordinationMatter', id)}") { assignedTo { code } } }`;
    const { data, errors } = await askBy(road, 'POP', parse(document));
    expect([data.coordinationMatter.assignedTo, errors]).toEqual([[], []]);
  });

  test.each([
    ['some unit', '{ some: { code: { eq: "PT-HLR" } } }', "'PT-HLR' = any(participant_codes)"],
    ['no unit', '{ none: { code: { eq: "PT-HLR" } } }', "not 'PT-HLR' = any(participant_codes)"],
    [
      'a unit of a kind, which leads on',
      '{ some: { kind: { eq: POLICE_STATION }, parent: { code: { eq: "PT-PSB" } } } }',
      "exists (select from organisation.org_units u where u.id = any(participant_codes) and u.kind = 'POLICE_STATION' and u.parent_id = 'PT-PSB')",
    ],
    [
      'one unit and not another',
      '{ some: { code: { eq: "PT-HLR" } }, none: { code: { in: ["PT-AIC", "PT-LSS"] } } }',
      "'PT-HLR' = any(participant_codes) and not participant_codes && array['PT-AIC', 'PT-LSS']",
    ],
    [
      'the id of a unit',
      `{ some: { id: { eq: "${encodeNodeId('OrgUnit', 'PT-HLR')}" } } }`,
      "'PT-HLR' = any(participant_codes)",
    ],
  ])('a filter finds the matters of %s', async (_title, filter, sql) => {
    const { data, errors } = await askBy(
      road,
      'CSO',
      parse(`{ governanceMatters(first: 100, filter: { participants: ${filter} }) { totalCount } }`),
    );
    const owner = roads.loaders.pools.ownerOf('comprehensive_management');
    const count = (where: string) =>
      owner.unsafe(
        `select count(*)::int as n from comprehensive_management.governance_matters where ${where}`,
      );
    const [[found], [all]] = [await count(sql), await count('true')];
    expect([errors, data.governanceMatters.totalCount]).toEqual([[], found?.n]);
    expect(found?.n).toBeGreaterThan(0);
    expect(found?.n).toBeLessThan(all?.n);
  });

  test('a case of unpaid wages leads to its site, and is found by it', async () => {
    const owner = roads.loaders.pools.ownerOf('labour');
    const rows = await owner`
      select c.case_no as "caseNo", s.site_no as "siteNo" from labour.wage_arrears_cases c
      left join construction.construction_sites s on s.id = c.site_id order by c.id`;
    const site = rows.find(({ siteNo }) => siteNo !== null)?.siteNo;
    const { data, errors } = await askBy(
      road,
      'LSS',
      parse(`{ wageArrearsCases(first: 100, orderBy: { field: ID }) { nodes { caseNo site { siteNo } } }
        ofSite: wageArrearsCases(filter: { site: { siteNo: { eq: "${site}" } } }) { nodes { caseNo } } }`),
    );
    expect(errors).toEqual([]);
    const named = (row: { caseNo: string; site: { siteNo: string } | null }) => [
      row.caseNo,
      row.site?.siteNo,
    ];
    expect(data.wageArrearsCases.nodes.map(named)).toEqual(
      rows.slice(0, 100).map(({ caseNo, siteNo }) => [caseNo, siteNo ?? undefined]),
    );
    expect(data.ofSite.nodes).toEqual(
      rows.filter(({ siteNo }) => siteNo === site).map(({ caseNo }) => ({ caseNo })),
    );
  });
});

test('a list that is longer than the contract says is not answered, and the codes are', async () => {
  const units = await roads.loaders.pools.ownerOf('organisation')`
    select id from organisation.org_units order by id limit 51`;
  const codes = units.map(({ id }) => String(id));
  expect(codes).toHaveLength(51);
  const whole = matter(await matterOf(codes.slice(0, 50)));
  const tooLong = matter(await matterOf(codes));
  for (const graph of Object.values(roads)) {
    const { data } = await graph.askDocument(viewerOf('CSO'), { document: whole });
    expect(data.governanceMatter.participants).toHaveLength(50);
    const answer = await graph.askDocument(viewerOf('CSO'), { document: tooLong });
    expect(answer.data.governanceMatter).toEqual({
      title: expect.any(String),
      participantCodes: codes,
      participants: null,
    });
    expect(answer.errors.map(({ path, extensions }) => ({ path, extensions }))).toEqual([
      {
        path: ['governanceMatter', 'participants'],
        extensions: { code: 'LIST_TOO_LONG', coordinate: 'GovernanceMatter.participants', limit: 50 },
      },
    ]);
  }
});

test('a list counts as many objects as it may hold', () => {
  const { graph } = roads.loaders;
  const cost = (list: string) => {
    const document = parse(`{ governanceMatters(first: 10) { nodes { id ${list} } } }`);
    return predictCost(graph.bare, graph.executor.read({ document }), graph.listSizes).objects;
  };
  expect(cost('participants { code }') - cost('')).toBe(10 * 50);
  expect(cost('participants { parent { code } }') - cost('')).toBe(10 * 50 * 2);
});

test.each(['some', 'none'])('units on another server: the same matters have %s', async (quantifier) => {
  const document = `{ governanceMatters(first: 100, filter: { participants: { ${quantifier}: { code: { in: ["PT-HLR", "PT-AIC"] } } } })
    { totalCount nodes { id participants { code } } } }`;
  const there = await apart.ask(viewerOf('CSO'), document);
  const stored = await apart.pools.ownerOf('comprehensive_management')`
    select id, participant_codes as codes from comprehensive_management.governance_matters`;
  const matching = new Map(
    stored
      .map(({ id, codes }) => [encodeNodeId('GovernanceMatter', id), codes as string[]] as const)
      .filter(
        ([, codes]) =>
          codes.some((code) => code === 'PT-HLR' || code === 'PT-AIC') === (quantifier === 'some'),
      ),
  );
  expect([there.errors, there.data.governanceMatters.totalCount]).toEqual([[], matching.size]);
  expect(matching.size).toBeGreaterThan(0);
  for (const { id, participants } of there.data.governanceMatters.nodes)
    expect(participants.map((unit: Unit) => unit?.code)).toEqual(matching.get(id));
});

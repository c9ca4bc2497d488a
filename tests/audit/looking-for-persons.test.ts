import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LookedFor } from '../../src/graph/audited/looked-for.ts';
import { SubjectSink } from '../../src/graph/audited/subject-sink.ts';
import { readFilter } from '../../src/graph/reads/filter.ts';
import { StoreUnavailable } from '../../src/store/statements.ts';
import { viewerOf } from '../support/graph.ts';
import { createRecordedGraph, type Entry, globalId, type RecordedGraph } from './recorded-graph.ts';

// What a count tells of a person, by the steps of those who tried: the log names the person each time.

let graph: RecordedGraph;
let person: { id: string; phone: string; number: string; subdistrict: string };
let elsewhere: { id: string; number: string };

beforeAll(async () => {
  graph = await createRecordedGraph();
  const sql = graph.pools.ownerOf('public_security');
  const [row] = await sql`
    select m.id, mobile_phone as phone, citizen_id_number as number, m.subdistrict_code as subdistrict
    from public_security.migrants m join public_security.residence_registrations r
      on r.migrant_id = m.id and r.status <> 'CLOSED' and r.dwelling_id is not null
    where m.subdistrict_code = '310107015' and not m.shielded and mobile_phone is not null
      and citizen_id_number is not null
      and exists (select 1 from housing.leases l where l.tenant_migrant_id = m.id) order by m.id limit 1`;
  const [other] = await sql`
    select id, citizen_id_number as number from public_security.migrants
    where subdistrict_code <> '310107015' and not shielded and citizen_id_number is not null order by id limit 1`;
  [person, elsewhere] = [row as unknown as typeof person, other as unknown as typeof elsewhere];
});
beforeEach(async () => void (await graph.entries()));
afterAll(() => graph.close());

async function entryOf(...ask: Parameters<RecordedGraph['ask']>): Promise<Entry> {
  const { errors } = await graph.ask(...ask);
  expect(errors).toEqual([]);
  const [entry, ...more] = await graph.entries();
  expect(more).toEqual([]);
  return entry!;
}

const names = (type: string, id: string) => expect.arrayContaining([...graph.tokens(type, [id])]);

describe('a count under a condition', () => {
  it('names the person, digit by digit of a telephone number, right and wrong', async () => {
    const document = `query ($id: ID!, $prefix: String!) {
      migrants(first: 0, filter: { id: { eq: $id }, mobilePhone: { startsWith: $prefix } }) { totalCount } }`;
    for (let length = 1; length <= 11; length++)
      for (const digit of [person.phone[length - 1], '0']) {
        const prefix = person.phone.slice(0, length - 1) + digit;
        const entry = await entryOf(viewerOf('PSB'), document, {
          id: globalId('Migrant', person.id),
          prefix,
        });
        expect(entry.subjects, prefix).toEqual(names('Migrant', person.id));
      }
  });

  it('names the person whose door is asked for, without an id of the person', async () => {
    const [stay] = await graph.pools.ownerOf('public_security')`
      select dwelling_id as dwelling, m.name from public_security.residence_registrations r
      join public_security.migrants m on m.id = r.migrant_id where m.id = ${person.id} and r.status <> 'CLOSED'`;
    const entry = await entryOf(
      viewerOf('PSB'),
      `query ($d: ID!, $name: String!) {
        dwellings(first: 0, filter: { id: { eq: $d }, registrations: { some: { migrant: { name: { eq: $name } } } } }) {
          pageInfo { hasNextPage } } }`,
      { d: globalId('Dwelling', stay?.dwelling), name: stay?.name },
    );
    expect(entry.subjects).toEqual(names('Migrant', person.id));
  });

  it('names them in a nested list as well', async () => {
    const [job] = await graph.pools.ownerOf('labour')`
      select e.id, employer_id as employer, monthly_wage as wage, o.ids as elsewhere from labour.employments e,
        lateral (select array_agg(id::text) as ids from labour.employments o
          where o.monthly_wage = e.monthly_wage and o.employer_id <> e.employer_id) o
      where employee_id is not null and o.ids is not null order by cardinality(o.ids) limit 1`;
    const yuan = (Number(job?.wage) / 100).toFixed(2);
    const entry = await entryOf(
      viewerOf('LSS'),
      `query ($e: ID!, $wage: Money!) {
        employer(id: $e) { employments(first: 0, filter: { monthlyWage: { eq: $wage } }) { totalCount } } }`,
      { e: globalId('Employer', job?.employer), wage: yuan },
    );
    expect(entry.subjects).toEqual(names('Employment', job?.id));
    // Whoever has the same wage of another employer was not looked for.
    const others = job?.elsewhere as string[];
    const strangers = new Set(graph.tokens('Employment', [...others, '*']));
    expect(entry.subjects.filter((token) => strangers.has(token))).toEqual([]);
  });

  it('names nobody, but says so, where it is true of more than a hundred', async () => {
    const entry = await entryOf(
      viewerOf('PSB'),
      '{ migrants(first: 2, filter: { sex: { eq: FEMALE } }) { totalCount nodes { id } } }',
    );
    expect(entry.subjects).toHaveLength(3);
    expect(entry.subjects).toEqual(names('Migrant', '*'));
  });

  it('names each of the few beside many, and who is left out', async () => {
    // By the beginning of a number: a whole one is looked up by itself.
    const number = { mobilePhone: { startsWith: person.phone } };
    for (const filter of [
      {
        or: [
          { sex: { eq: 'FEMALE' } },
          { birthDate: { isNull: false }, ...{ name: { contains: '' } }, ...number },
        ],
      },
      { not: { or: [{ mobilePhone: { startsWith: person.phone } }, { id: { in: [] } }] } },
      { leases: { none: { tenantMigrant: { mobilePhone: { startsWith: person.phone } } } } },
    ]) {
      const entry = await entryOf(
        viewerOf('PSB'),
        'query ($f: MigrantFilter) { migrants(first: 0, filter: $f) { totalCount } }',
        { f: filter },
      );
      expect(entry.subjects, JSON.stringify(filter)).toEqual(names('Migrant', person.id));
    }
  });

  it('names the rows that a page leaves out, so that no page size hides them', async () => {
    const [company] = await graph.pools.ownerOf('public_security')`
      select subdistrict_code as subdistrict, left(name, 2) as begins, count(*)::int as n,
        array_agg(id::text order by id) as ids
      from public_security.migrants where not shielded and name is not null
      group by 1, 2 having count(*) between 3 and 50 order by 1, 2 limit 1`;
    const entry = await entryOf(
      viewerOf('PSB'),
      `query ($s: DivisionCode!, $b: String!) {
        migrants(first: 1, filter: { subdistrictCode: { eq: $s }, name: { startsWith: $b } }) { nodes { id } } }`,
      { s: company?.subdistrict, b: company?.begins },
    );
    expect(entry.subjects).toEqual(expect.arrayContaining([...graph.tokens('Migrant', company?.ids)]));
  });

  it('is refused where it asks in more ways than can be looked through', async () => {
    const filter = Array.from({ length: 25 }, () => ({
      leases: { some: { contractNo: { isNull: false } } },
    }));
    const { data, errors } = await graph.ask(
      viewerOf('PSB'),
      'query ($f: [MigrantFilter!]) { migrants(first: 0, filter: { and: $f }) { totalCount } }',
      { f: filter },
    );
    await graph.entries();
    expect([data.migrants, errors[0]?.extensions.code]).toEqual([null, 'FILTER_TOO_COMPLEX']);
  });
});

describe('who is asked for by name', () => {
  it('by a number of somebody beyond the own territory is named, though nothing comes back', async () => {
    const viewer = viewerOf('SUB');
    // A sub-district sees telephones masked and numbers in part: it compares neither, but knows serials.
    const [registration] = await graph.pools.ownerOf('public_security')`
      select id, serial_no as serial from public_security.residence_registrations
      where migrant_id = ${elsewhere.id} order by id limit 1`;
    const entry = await entryOf(
      viewer,
      'query ($n: String!) { residenceRegistrations(first: 0, filter: { serialNo: { in: [$n] } }) { totalCount } }',
      { n: registration?.serial },
    );
    expect(entry.subjects).toEqual(names('ResidenceRegistration', registration?.id));
  });

  it('by a presented number is named, found or not', async () => {
    const entry = await entryOf(
      viewerOf('PSB'),
      'query ($n: CitizenId!) { migrantByCitizenId(citizenIdNumber: $n) { id } }',
      { n: elsewhere.number },
    );
    expect(entry.subjects).toEqual(names('Migrant', elsewhere.id));
  });

  it('by a presented number is named where the person is beyond the own territory and is not found', async () => {
    const document = 'query ($n: CitizenId!) { migrantByCitizenId(citizenIdNumber: $n) { id } }';
    const { data, errors } = await graph.ask(viewerOf('STN'), document, { n: elsewhere.number });
    expect([data.migrantByCitizenId, errors]).toEqual([null, []]);
    const [entry] = await graph.entries();
    expect(entry?.subjects).toEqual(names('Migrant', elsewhere.id));
  });

  it('by a telephone that a station compares is named, though the person lives elsewhere', async () => {
    const [far] = await graph.pools.ownerOf('public_security')`
      select id, mobile_phone as phone from public_security.migrants
      where subdistrict_code <> '310107015' and not shielded and mobile_phone is not null order by id limit 1`;
    const entry = await entryOf(
      viewerOf('STN'),
      'query ($n: String!) { migrants(first: 0, filter: { mobilePhone: { eq: $n } }) { totalCount } }',
      { n: far?.phone },
    );
    expect(entry.subjects).toEqual(names('Migrant', far?.id));
  });

  it('is not answered where the number cannot be looked up: nobody would be named', async () => {
    const migrant = graph.graph.model.get('Migrant')!;
    const sink = new SubjectSink(new Set(['Migrant']), () =>
      Promise.reject(new Error('The register is down.')),
    );
    const lookedFor = new LookedFor(undefined as never, sink);
    const filter = readFilter(
      migrant,
      { citizenIdNumber: { eq: person.number } },
      { model: graph.graph.model, plan: graph.graph.wall.plan },
    );
    const asked = { record: migrant, filter, from: undefined, isSilentlyRefused: false };
    await expect(lookedFor.asked(asked)).rejects.toThrow(StoreUnavailable);
    await expect(lookedFor.presented(migrant, 'citizenIdNumber', person.number)).rejects.toThrow(
      StoreUnavailable,
    );
  });

  it('by the cursor of a page that is empty is named', async () => {
    const { data } = await graph.ask(
      viewerOf('PSB'),
      '{ migrants(first: 1) { pageInfo { endCursor } nodes { id } } }',
    );
    await graph.entries();
    const [node] = data.migrants.nodes;
    const entry = await entryOf(
      viewerOf('PSB'),
      'query ($c: String!) { migrants(first: 0, after: $c) { pageInfo { hasNextPage } } }',
      { c: data.migrants.pageInfo.endCursor },
    );
    expect(entry.subjects).toEqual(
      names('Migrant', Buffer.from(node.id, 'base64url').toString().split(':')[1]!),
    );
  });
});

describe('accessesToSubject', () => {
  const ask = async () =>
    (
      await graph.ask(
        viewerOf('CAC'),
        'query ($n: CitizenId) { accessesToSubject(citizenIdNumber: $n, first: 1) { department } }',
        { n: person.number },
        'SUBJECT_ACCESS',
      )
    ).data.accessesToSubject[0].department;

  it('tells the person of a count, also where it found nothing, and of one beside what was refused', async () => {
    for (const [code, more] of [
      ['PSB', ''],
      ['POP', ''],
      ['PSB', 'insuranceEnrolments(first: 1) { totalCount }'],
    ] as const) {
      await graph.ask(
        viewerOf(code),
        `query ($id: ID!) { migrants(first: 0, filter: { id: { eq: $id }, status: { eq: DECEASED } }) { totalCount } ${more} }`,
        { id: globalId('Migrant', person.id) },
      );
      expect(await ask()).toBe(code === 'PSB' ? 'PUBLIC_SECURITY' : 'POPULATION_OFFICE');
    }
  });
});

it('what is refused in silence is looked up in as many statements as where there is nothing', async () => {
  const document = `query ($id: ID!) {
    pregnancyNotices(first: 0, filter: { person: { id: { eq: $id } } }) { totalCount }
    policeCases(first: 0, filter: { not: { caseNo: { eq: "none" } }, acceptedOn: { from: "2099-01-01" } }) { totalCount } }`;
  const shapes = new Map<string, number>();
  for (const code of ['FPC', 'HLR', 'STN', 'PSB', 'LSS'] as const) {
    const answer = await graph.ask(viewerOf(code), document, { id: globalId('Migrant', elsewhere.id) });
    const [entry] = await graph.entries();
    expect(entry?.subjects, code).toEqual(names('Migrant', elsewhere.id));
    shapes.set(code, answer.statements.length);
    expect(JSON.stringify(answer.data)).toBe(
      '{"pregnancyNotices":{"totalCount":0},"policeCases":{"totalCount":0}}',
    );
  }
  expect(new Set(shapes.values()).size).toBe(1);
});

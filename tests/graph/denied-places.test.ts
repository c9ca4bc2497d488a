import { execute, GraphQLError, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DenialError } from '../../src/contract/policy/denial.ts';
import { inAnswerOrder } from '../../src/graph/answer-order.ts';
import { sharedDatabaseUrl } from '../support/database.ts';
import { type Answer, createTestGraph, productGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// Null says "not recorded" unless an entry in `errors` stands at its place: clients such as Relay go by `path`.

let graph: TestGraph;
beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph?.close());

/** Places with an entry, each with what it says. */
const placesOf = ({ errors }: Answer) =>
  errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.coordinate ?? extensions.code}`);

/** The population office inspects leases, but sees neither their rents nor their deposits. */
const office = viewerOf('POP');
const rows = <T>(n: number, place: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => place(i));

describe('every refused place of an answer has an entry with its path', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'row by row, in the order of the answer',
      '{ leases(first: 3) { nodes { id monthlyRent deposit } } }',
      rows(3, (i) => i).flatMap((i) => [
        `leases.nodes.${i}.monthlyRent Lease.monthlyRent`,
        `leases.nodes.${i}.deposit Lease.deposit`,
      ]),
    ],
    [
      'under aliases, once for each of them, names of the language among them',
      '{ l: leases(first: 1) { nodes { a: monthlyRent __proto__: monthlyRent constructor: deposit } } }',
      [
        'l.nodes.0.a Lease.monthlyRent',
        'l.nodes.0.__proto__ Lease.monthlyRent',
        'l.nodes.0.constructor Lease.deposit',
      ],
    ],
    [
      'once where a field is merged from several places of the document',
      `{ leases(first: 1) { nodes { monthlyRent ...F ... on Lease { monthlyRent } } } leases(first: 1) { nodes { monthlyRent } } }
       fragment F on Lease { monthlyRent }`,
      ['leases.nodes.0.monthlyRent Lease.monthlyRent'],
    ],
    [
      'but none where a condition leaves it out',
      `query ($no: Boolean = false) { leases(first: 1) { nodes { a: monthlyRent @include(if: $no) b: deposit @skip(if: true)
         ... @include(if: true) { c: monthlyRent } } } }`,
      ['leases.nodes.0.c Lease.monthlyRent'],
    ],
    [
      'in nested lists',
      '{ dwellings(first: 2, filter: { leases: { some: {} } }) { nodes { leases(first: 1) { edges { node { monthlyRent } } } } } }',
      rows(2, (i) => `dwellings.nodes.${i}.leases.edges.0.node.monthlyRent Lease.monthlyRent`),
    ],
    [
      'at the list whose filter and order are refused, for each of them',
      '{ leases(first: 1, filter: { monthlyRent: { from: "1" } }, orderBy: { field: MONTHLY_RENT }) { totalCount } }',
      ['leases LeaseFilter.monthlyRent', 'leases LeaseOrderField.MONTHLY_RENT'],
    ],
    [
      'but none below a list that is refused itself',
      '{ rents: leases(first: 1, filter: { monthlyRent: { from: "1" } }) { nodes { deposit } } }',
      ['rents LeaseFilter.monthlyRent'],
    ],
    [
      'but none where no row is',
      '{ leases(first: 1, filter: { id: { in: [] } }) { nodes { monthlyRent } } }',
      [],
    ],
  ];

  it.each(cases)('%s', async (_title, document, expected) => {
    const answers: Answer[] = [];
    // By loaders at first, by one statement when asked again: the road is not to be told from the answer.
    for (let run = 0; run < 4; run++) answers.push(await graph.ask(office, document));
    for (const answer of answers) expect(placesOf(answer)).toEqual(expected);
    expect(new Set(answers.map(({ data, errors }) => JSON.stringify([data, errors]))).size).toBe(1);
  });

  it('where rows of a type are not for the viewer, by root field and by id', async () => {
    const [lease] = await graph.pools.ownerOf('housing')`select id from housing.leases limit 1`;
    const id = Buffer.from(`Lease:${lease?.id}`).toString('base64url');
    const answer = await graph.ask(
      viewerOf('FIN'),
      'query ($id: ID!) { page: leases(first: 1) { totalCount } lease(id: $id) { id } node(id: $id) { id } nodes(ids: [$id, $id]) { id } }',
      { id },
    );
    expect(answer.data).toEqual({ page: null, lease: null, node: null, nodes: [null, null] });
    expect(placesOf(answer)).toEqual([
      'page Query.leases',
      'lease Query.lease',
      'node Lease',
      'nodes.0 Lease',
      'nodes.1 Lease',
    ]);
    expect(answer.denied.map((d) => d.coordinate).sort()).toEqual(['Lease', 'Query.lease', 'Query.leases']);
  });
});

describe('the reason', () => {
  it('stands once a coordinate, in full, beside what is masked and what is shown in own rows only', async () => {
    const { errors, extensions } = await graph.ask(office, '{ leases(first: 20) { nodes { monthlyRent } } }');
    expect(errors).toHaveLength(20);
    expect(Object.keys(extensions.access)).toEqual(['denied', 'masked', 'ownRowsOnly']);
    expect(extensions.access.denied).toEqual([
      {
        coordinate: 'Lease.monthlyRent',
        group: 'LEASE_TERMS',
        title: 'Lease parties, rent, title',
        owner: 'HOUSING',
        clauses: [],
        reason: 'NOT_GRANTED',
        needed: 'No clause gives this viewer a duty that needs it; ask the owner for a case-bound grant.',
        grant: {
          fieldGroup: 'LEASE_TERMS',
          recordType: 'Lease',
          purposesOpen: graph.graph.purposes.openTo('POPULATION_OFFICE'),
          needsConsent: false,
          mutation: 'requestAccessGrant',
          // A list has many records: the person says which.
          input: {
            fieldGroup: 'LEASE_TERMS',
            recordRef: null,
            purpose: graph.graph.purposes.usualOf('POPULATION_OFFICE'),
            legalBasis: null,
          },
        },
      },
    ]);
  });

  it('says the clause by which a viewer has less than it asks for', async () => {
    const { denied } = await graph.ask(viewerOf('COP'), '{ migrants(first: 1) { totalCount } }');
    expect(denied).toMatchObject([{ reason: 'AGGREGATES_ONLY' }]);
    expect(denied[0]?.clauses).toEqual([expect.stringMatching(/^\S+$/)]);
  });

  it('is not said of each row: an entry holds code and coordinate', async () => {
    const { errors } = await graph.ask(office, '{ leases(first: 1) { nodes { monthlyRent } } }');
    expect(errors.map((e) => e.toJSON())).toEqual([
      {
        message: 'POPULATION_OFFICE may not use Lease.monthlyRent.',
        path: ['leases', 'nodes', 0, 'monthlyRent'],
        extensions: { code: 'FORBIDDEN', coordinate: 'Lease.monthlyRent' },
      },
    ]);
  });
});

describe('a store that is down', () => {
  it('is said at each place that is null for it, though it failed once', async () => {
    const down = createTestGraph(sharedDatabaseUrl(), (store) =>
      store === 'housing' ? 'postgres://nobody@127.0.0.1:1/none' : sharedDatabaseUrl(),
    );
    try {
      const { data, errors } = await down.ask(
        viewerOf('PSB'),
        '{ migrants(first: 3) { nodes { id leases(first: 1) { totalCount } } } }',
      );
      expect(data.migrants.nodes.map((node: { leases: unknown }) => node.leases)).toEqual([null, null, null]);
      expect(errors.map(({ path }) => path?.join('.'))).toEqual(rows(3, (i) => `migrants.nodes.${i}.leases`));
      expect(new Set(errors.map(({ originalError }) => originalError)).size).toBe(1);
    } finally {
      await down.close();
    }
  });
});

it('a refused place below what a fault has made null has no entry; the fault keeps its own', () => {
  const group = productGraph().accessPlan.ruleOf('Lease', 'monthlyRent')?.group;
  const denial = {
    coordinate: 'Lease.monthlyRent',
    group: group!,
    reason: 'NOT_GRANTED',
    silentlyRefused: false,
  } as const;
  const refused = new DenialError(denial, 'POPULATION_OFFICE');
  const fault = new GraphQLError('no answer', { path: ['leases', 'totalCount'] });
  const errors = [refused.at(['leases', 'nodes', 0, 'monthlyRent']), fault];
  const pathsIn = (data: unknown) => [...inAnswerOrder(data, errors)].map(({ path }) => path?.join('.'));
  expect(pathsIn({ leases: null })).toEqual(['leases.totalCount']);
  expect(pathsIn({ leases: { nodes: [], totalCount: null } })).toEqual(['leases.totalCount']);
  expect(pathsIn({ leases: { nodes: [{ monthlyRent: null }], totalCount: null } })).toEqual([
    'leases.nodes.0.monthlyRent',
    'leases.totalCount',
  ]);
});

it('an answer with more refused places than are told is refused as a whole', async () => {
  const fields = Array.from({ length: 300 }, (_, i) => `a${i}: monthlyRent`).join(' ');
  const { data, errors } = await graph.ask(office, `{ leases(first: 100) { nodes { ${fields} } } }`);
  expect([data, errors.map((e) => e.extensions.code)]).toEqual([null, ['TOO_MANY_DENIALS']]);
});

it('the schema with rules makes a refused place null by itself, also where nobody counts the places', async () => {
  const document = parse('{ leases(first: 1) { nodes { monthlyRent } } }');
  const { data, errors } = await execute({
    schema: graph.graph.shielded,
    document,
    contextValue: { viewer: viewerOf('FIN'), access: { denied: new Map(), silentlyRefused: new Set() } },
  });
  expect([data, errors]).toEqual([{ leases: null }, undefined]);
});

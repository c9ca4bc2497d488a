import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../src/graph/context.ts';
import { decodeNodeId } from '../../src/graph/node-id.ts';
import { viewers } from '../../src/identity/viewers.ts';
import { type Contract, productContract } from '../../src/product-contract.ts';
import { createGraph } from '../../src/schema.ts';
import { sharedDatabaseUrl } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { globalId } from './asking/expectation.ts';

// There are no mutations yet. The machinery that will carry their payloads is tested with one made up here: a record
// in a payload passes the rules of every read (dossier §6.6 no. 6).

const sdl = `
  extend type Mutation {
    "Touches a lease (触碰)." touchLease("Which." id: ID!): TouchLeasePayload @group(is: ORGANISATION) @class(is: PUBLIC)
    "Touches a case (触碰)." touchCase("Which." id: ID!): TouchCasePayload @group(is: ORGANISATION) @class(is: PUBLIC)
    "For its owner (限房地局)." closeLease("Which." id: ID!): TouchLeasePayload @group(is: LEASE_TERMS) @class(is: SENSITIVE)
  }
  "What touching a lease answers (结果)." type TouchLeasePayload @payload {
    "The lease." lease: Lease
    "A lease that the resolver hands over as a row." raw: Lease
    "The lease, as a list." leases: [Lease]
    "What went wrong." userErrors: [UserError!]!
  }
  "What touching a case answers (结果)." type TouchCasePayload @payload { "The case." case: PoliceCase }
  "What went wrong (错误)." type UserError @metadata { "In words." message: String! }`;

const everything = { monthlyRent: 99_999, contractNo: 'HT-RAW', status: 'IN_FORCE', startsOn: '2007-01-01' };

const touched: string[] = [];
const mutations = {
  touchLease: (_: unknown, { id }: { id: string }) => {
    const key = decodeNodeId(id, 'Lease');
    return { lease: key, leases: [key], raw: { id: key, ...everything }, userErrors: [{ message: 'none' }] };
  },
  touchCase: (_: unknown, { id }: { id: string }) => ({ case: decodeNodeId(id, 'PoliceCase') }),
  closeLease: (_: unknown, { id }: { id: string }, { viewer }: Context) => {
    touched.push(viewer.department);
    return { lease: decodeNodeId(id, 'Lease'), userErrors: [] };
  },
};

const product = productContract();
const contract: Contract = {
  ...product,
  sdl: [...product.sdl, parse(sdl)],
  departments: product.departments.map((department) =>
    department.store === 'housing' ? { ...department, resolvers: { Mutation: mutations } } : department,
  ),
};

let graph: TestGraph;
let lease: string;
let policeCase: string;
beforeAll(async () => {
  const url = sharedDatabaseUrl();
  graph = createTestGraph(url, () => url, createGraph(contract));
  const [row] = await graph.pools.ownerOf('housing')`
    select id from housing.leases where subdistrict_code = '310107015' and filing_status = 'FILED' order by id limit 1`;
  lease = globalId('Lease', row?.id);
  const [accepted] = await graph.pools.ownerOf('public_security')`
    select id from public_security.police_cases where status <> 'ANNULLED' order by id limit 1`;
  policeCase = globalId('PoliceCase', accepted?.id);
});
afterAll(() => graph?.close());

const fields =
  'id contractNo status monthlyRent startsOn landlord { name phone } tenantMigrant { name } isFiledOn(date: "2007-03-01")';

describe('a record in the payload of a mutation', () => {
  it.each(viewers.map((v) => v.code))('%s: is seen as in a query', async (code) => {
    const asked = await graph.ask(viewerOf(code), `query ($id: ID!) { lease(id: $id) { ${fields} } }`, {
      id: lease,
    });
    const done = await graph.ask(
      viewerOf(code),
      `mutation ($id: ID!) { touchLease(id: $id) { lease { ${fields} } leases { ${fields} } userErrors { message } } }`,
      { id: lease },
    );
    const expected = asked.data.lease;
    expect(done.data.touchLease).toEqual({
      lease: expected,
      leases: done.errors.some((e) => e.extensions.coordinate === 'TouchLeasePayload.leases')
        ? null
        : [expected],
      userErrors: [{ message: 'none' }],
    });
    const said = ({ extensions, denied }: typeof asked) => {
      const theRecord = /^(Query\.lease|TouchLeasePayload\.leases?)$/;
      // A document that asks for a record by its id is offered a grant of that record (grants.test.ts).
      const reasons = denied.map(({ grant: _, ...d }) =>
        JSON.stringify({ ...d, coordinate: d.coordinate.replace(theRecord, 'the record') }),
      );
      return { ...extensions?.access, denied: new Set(reasons) };
    };
    expect(said(done)).toEqual(said(asked));
  });

  it('is shown in full to its owner, so that the comparison says something', async () => {
    const { data } = await graph.ask(
      viewerOf('HLR'),
      'mutation ($id: ID!) { touchLease(id: $id) { lease { monthlyRent } } }',
      { id: lease },
    );
    expect(data.touchLease.lease.monthlyRent).toMatch(/^\d+\.\d\d$/);
  });

  it('is never what the resolver hands over, only what is read anew by its id', async () => {
    for (const code of ['HLR', 'STN', 'LSS'] as const) {
      const document =
        'mutation ($id: ID!) { touchLease(id: $id) { raw { contractNo monthlyRent status } } }';
      const { data } = await graph.ask(viewerOf(code), document, { id: lease });
      expect(data.touchLease.raw, code).toBeNull();
    }
  });

  it('of a secret type is there for whom it is there in a query, and as if it were not for others', async () => {
    const document = 'mutation ($id: ID!) { touchCase(id: $id) { case { id caseNo } } }';
    const seen: string[] = [];
    for (const { code } of viewers) {
      const { data, errors, extensions } = await graph.ask(viewerOf(code), document, { id: policeCase });
      if (data.touchCase.case) seen.push(code);
      else expect([errors, extensions]).toEqual([[], undefined]);
    }
    expect(seen).toContain('PSB');
    expect(seen.every((code) => ['PSB', 'STN'].includes(code))).toBe(true);
  });

  it('takes a purpose, as every read of a person does', async () => {
    const document = 'mutation ($id: ID!) { touchLease(id: $id) { lease { id } } }';
    const { data, errors } = await graph.ask(viewerOf('HLR'), document, { id: lease }, null);
    expect([data, errors[0]?.extensions.code]).toEqual([null, 'PURPOSE_REQUIRED']);
  });
});

describe('a mutation', () => {
  it('of a group that the viewer may not read in clear is refused before it does anything', async () => {
    touched.length = 0;
    const document = 'mutation ($id: ID!) { closeLease(id: $id) { lease { id } } }';
    for (const { code } of viewers) {
      const { data, errors } = await graph.ask(viewerOf(code), document, { id: lease });
      if (!touched.includes(viewerOf(code).department)) {
        expect(data, code).toEqual({ closeLease: null });
        expect(errors.map((e) => e.extensions.coordinate)).toContain('Mutation.closeLease');
      }
    }
    expect(touched).toEqual(['HOUSING', 'RECEPTION_CENTRE']);
  });

  it('stands in the schema of those only who may call it', () => {
    const has = (viewer: 'HOUSING' | 'LABOUR') =>
      graph.graph.viewerSchemas.of(viewer).getMutationType()?.getFields().closeLease !== undefined;
    expect([has('HOUSING'), has('LABOUR')]).toEqual([true, false]);
  });
});

describe('a contract is refused in which', () => {
  const faultsOf = (text: string): string => {
    try {
      createGraph({ ...product, sdl: [...product.sdl, parse(text)] });
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const payload = (body: string) => `
    extend type Mutation { "Does (办)." do: DoPayload @group(is: LEASE_STATUS) @class(is: INTERNAL) }
    "Result (结果)." type DoPayload ${body}`;

  it('a payload is right: that one is taken', () => {
    expect(faultsOf(payload('@payload { "Lease." lease: Lease "Done." done: Boolean }'))).toBe('');
  });

  it.each([
    [
      'a payload holds a stored value',
      payload('@payload { "Rent." monthlyRent: Money }'),
      'DoPayload.monthlyRent: a payload holds records',
    ],
    [
      'a payload holds a value object',
      payload('@payload { "Who." landlord: Party }'),
      'DoPayload.landlord: a payload holds records',
    ],
    ['a payload is not marked', payload('{ "Lease." lease: Lease }'), 'DoPayload: is neither'],
    [
      'a mutation has no group',
      'extend type Mutation { "Does (办)." do: Boolean }',
      'Mutation.do: has no @group',
    ],
    [
      'there is an interface besides Node',
      '"Named (名)." interface Named { "Name." name: String }',
      'Named: no rule protects the fields of an interface',
    ],
    [
      'there is a union',
      '"Either (或)." union Either = Lease | Dwelling',
      'Either: no rule protects a union',
    ],
  ])('%s', (_what, text, fault) => {
    expect(faultsOf(text)).toContain(fault);
  });
});

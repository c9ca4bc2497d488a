import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { globalId } from './asking/expectation.ts';
import { Oracle } from './oracle.ts';

let graph: TestGraph;
const oracle = new Oracle();
beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph?.close());

const codes = viewers.map((v) => v.code);
const refused = (answer: { errors: readonly { extensions: Record<string, unknown> }[] }) =>
  answer.errors.map((e) => String(e.extensions.coordinate ?? e.extensions.code));

describe('a root field that a department wrote', () => {
  it('answers nobody to whom its group is closed, though the person is there', async () => {
    const [row] = await graph.pools.ownerOf('public_security')`
      select citizen_id_number as number from public_security.migrants
      where citizen_id_number is not null and not shielded and subdistrict_code = '310107015' order by id limit 1`;
    const document = 'query ($n: CitizenId!) { migrantByCitizenId(citizenIdNumber: $n) { id } }';
    const found: string[] = [];
    for (const code of codes) {
      const answer = await graph.ask(viewerOf(code), document, { n: row?.number });
      const sight = oracle.row('IDENTITY_NUMBER').cells.get(code);
      if (sight?.letter === 'F') {
        if (answer.data.migrantByCitizenId) found.push(code);
        continue;
      }
      expect(answer.data, code).toEqual({ migrantByCitizenId: null });
      expect(refused(answer), code).toEqual(['Query.migrantByCitizenId']);
      expect(answer.statements, code).toEqual([]);
    }
    expect(found).toEqual(expect.arrayContaining(['PSB', 'CAC']));
  });
});

describe('the Node interface', () => {
  it('gives no field by a fragment on it that the type would not give', async () => {
    const [row] = await graph.pools.ownerOf('housing')`
      select id from housing.leases where subdistrict_code = '310107015' order by id limit 1`;
    const document = `query ($id: ID!) { node(id: $id) { ...Any } nodes(ids: [$id]) { ... on Node { ...Any } } }
      fragment Any on Node { id ... on Lease { ...Rent } ... on Migrant { citizenIdNumber } }
      fragment Rent on Lease { rent: monthlyRent }`;
    const ask = (code: ViewerCode) => graph.ask(viewerOf(code), document, { id: globalId('Lease', row?.id) });
    const { data } = await ask('HLR');
    expect(data.node.rent).toMatch(/^\d/);
    expect(data.nodes).toEqual([data.node]);
    const masked = await ask('STN');
    expect(JSON.stringify(masked.data)).not.toContain(data.node.rent);
    const denied = await ask('POP');
    expect(JSON.stringify(denied.data)).not.toContain(data.node.rent);
    expect(denied.errors.map((e) => [e.path?.join('.'), e.extensions.coordinate])).toEqual([
      ['node.rent', 'Lease.monthlyRent'],
      ['nodes.0.rent', 'Lease.monthlyRent'],
    ]);
  });
});

describe('a cursor', () => {
  const list = (after?: string) =>
    `{ coordinatorTasks(first: 1, orderBy: { field: DUE_ON }${after ? `, after: "${after}"` : ''}) {
      pageInfo { endCursor } nodes { dueOn } } }`;

  it('of a branch is refused to the coordinator who shares its unit, and the other way round', async () => {
    const branch = viewerOf('SVC', viewerOf('COR').unit);
    const coordinator = viewerOf('COR');
    expect(branch.unit).toBe(coordinator.unit);
    for (const [mine, other] of [
      [branch, coordinator],
      [coordinator, branch],
    ] as const) {
      const { data } = await graph.ask(mine, list());
      const { endCursor } = data.coordinatorTasks.pageInfo;
      expect(endCursor).toEqual(expect.any(String));
      expect((await graph.ask(mine, list(endCursor))).errors).toEqual([]);
      expect(refused(await graph.ask(other, list(endCursor)))).toEqual(['BAD_CURSOR']);
    }
  });

  it('of one coordinator is refused to another of the branch', async () => {
    const { data } = await graph.ask(viewerOf('COR'), list());
    const other = { ...viewerOf('COR'), person: '01900000-0000-7000-8000-00000000ffff' };
    const answer = await graph.ask(other, list(data.coordinatorTasks.pageInfo.endCursor));
    expect(refused(answer)).toEqual(['BAD_CURSOR']);
  });

  it('says nothing of the value that the list is ordered by', async () => {
    const { data } = await graph.ask(viewerOf('SUB'), list());
    const [node] = data.coordinatorTasks.nodes;
    const bytes = Buffer.from(data.coordinatorTasks.pageInfo.endCursor, 'base64url');
    for (const encoding of ['utf8', 'latin1', 'utf16le', 'hex'] as const)
      expect(bytes.toString(encoding)).not.toContain(node.dueOn);
  });
});

describe('totalCount', () => {
  it('counts nothing by a filter that the viewer may not use', async () => {
    const document = '{ leases(filter: { monthlyRent: { from: "1" } }) { totalCount } }';
    const { data } = await graph.ask(viewerOf('HLR'), document);
    expect(data.leases.totalCount).toBeGreaterThan(0);
    for (const code of ['STN', 'SUB', 'COR', 'PER'] as const) {
      const answer = await graph.ask(viewerOf(code), document);
      expect(answer.data, code).toEqual({ leases: null });
      expect(answer.statements, code).toEqual([]);
    }
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

let graph: TestGraph;

beforeAll(() => {
  graph = createTestGraph();
});

afterAll(() => graph?.close());

const tasksOf = `{ coordinatorTasks(first: 50, filter: { kind: { eq: PERMIT_SUPPORT } }) {
  nodes { status closedOn assignee { name } issuedBy { code } targetMigrant { name } } } }`;

describe('the coordinator of the demonstration', () => {
  test('reads own tasks only, with the person of an open one; what was closed forty days ago is out of reach', async () => {
    const { data } = await graph.ask(viewerOf('COR'), tasksOf);
    const { nodes } = data.coordinatorTasks;
    expect(nodes.map((n: { status: string }) => n.status)).toEqual(['ASSIGNED']);
    expect(nodes[0].targetMigrant.name).toMatch(/^[^*]+$/);
    const all = await graph.ask(viewerOf('POP'), tasksOf);
    expect(
      all.data.coordinatorTasks.nodes.some((n: { closedOn: string }) => n.closedOn === '2007-01-20'),
    ).toBe(true);
  });

  test('reads own pay and nobody else’s', async () => {
    const own = `{ coordinatorPays(first: 100) { totalCount nodes { netPay coordinator { name } } } }`;
    const { data } = await graph.ask(viewerOf('COR'), own);
    expect(
      new Set(data.coordinatorPays.nodes.map((n: { coordinator: { name: string } }) => n.coordinator.name))
        .size,
    ).toBe(1);
    const society = await graph.ask(viewerOf('SVC'), own);
    expect(society.data.coordinatorPays.totalCount).toBeGreaterThan(data.coordinatorPays.totalCount);
  });
});

test('who pays reads the amounts without identity number, birth date or street', async () => {
  const pay = `{ coordinators(first: 3, filter: { status: { eq: ACTIVE } }) { nodes { name citizenIdNumber birthDate homeAddress { lane room }
    pay(first: 1) { nodes { month netPay } } } } }`;
  const finance = await graph.ask(viewerOf('FIN'), pay);
  for (const { pay, ...person } of finance.data.coordinators.nodes) {
    expect(pay.nodes[0].netPay).toMatch(/^\d+\.\d\d$/);
    expect(person).toMatchObject({
      citizenIdNumber: null,
      birthDate: null,
      homeAddress: { lane: null, room: null },
    });
  }
  const society = await graph.ask(viewerOf('SVC'), pay);
  expect(society.data.coordinators.nodes[0].citizenIdNumber).toMatch(/^319999/);
});

test('the allocations say what is missing, and the tree leads both ways', async () => {
  const { data } = await graph.ask(
    viewerOf('POP'),
    `{ coordinatorAllocations(first: 9, orderBy: { field: APPROVED_HEADCOUNT, direction: DESC }) { nodes { approvedHeadcount actualHeadcount secondedCount fieldHeadcount gap unit { code } } }
       orgUnits(first: 1, filter: { code: { eq: "PT-CMO" } }) { nodes { hostedUnits { nodes { code hostedBy { code } appointments { nodes { role viaAppointment { unit { code } } } } } } } } }`,
  );
  expect(data.coordinatorAllocations.nodes).toHaveLength(9);
  for (const a of data.coordinatorAllocations.nodes)
    expect([a.gap, a.fieldHeadcount]).toEqual([
      a.approvedHeadcount - a.actualHeadcount,
      a.actualHeadcount - a.secondedCount,
    ]);
  const [office] = data.orgUnits.nodes[0].hostedUnits.nodes;
  expect(office).toMatchObject({ code: 'PT-POP', hostedBy: { code: 'PT-CMO' } });
  expect(office.appointments.nodes).toContainEqual({
    role: 'DIRECTOR',
    viaAppointment: { unit: { code: 'PT-CMO' } },
  });
});

import { type FieldNode, Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { AccessPlan } from '../../src/contract/compile/access-plan.ts';
import { compileField } from '../../src/contract/compile/compile.ts';
import { orderUses } from '../../src/contract/policy/arguments.ts';
import { DocumentFindings } from '../../src/graph/check/document-access.ts';
import type { Context } from '../../src/graph/context.ts';
import { productContract, ruleContract } from '../../src/schema.ts';
import { productGraph, viewerOf } from '../support/graph.ts';

const { matrix } = productContract();
const node: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: 'any' } };

describe('what is found in a document', () => {
  test.each([
    ['POLICE_CASE', 0],
    ['LEASE_TERMS', 1],
  ])('names what is masked or shown in own rows only, but nothing of a secret group: %s', (name, count) => {
    const found = new DocumentFindings('query');
    const group = matrix.get(name)!;
    const coordinate = 'Any.field';
    found.decision(node, {
      denial: null,
      masked: { coordinate, group, mask: 'NULL' },
      own: { coordinate, group, butAsked: false },
    });
    const { masked, own, allowed } = found.result();
    expect([masked.length, own.length, allowed]).toEqual([count, count, true]);
  });
});

test('an order by related records takes the way to them, not only their value', () => {
  const { model, accessPlan } = ruleContract(productContract());
  const viewer = 'PUBLIC_SECURITY';
  const order = { field: 'PERMITS_VALID_TO' };
  const migrant = model.get('Migrant')!;
  const refused = (of: typeof migrant) =>
    orderUses(new AccessPlan(new Map(model).set('Migrant', of)), of, order, viewer).map(
      (use) => use.denial?.reason,
    );
  expect(accessPlan.decision('Migrant', 'permits', viewer).denial).toBeNull();
  expect(refused(migrant)).toEqual([undefined]);
  // The same with a relation of a group that the viewer has no cell for.
  const group = [...matrix.values()].find(({ cells, secret }) => !secret && !cells.has(viewer))!;
  const permits = migrant.fields.get('permits')!;
  const rule = { ...permits.rule, group };
  const closed = { ...permits, rule, access: compileField(rule, model.get('Permit')!.rules) };
  expect(refused({ ...migrant, fields: new Map(migrant.fields).set('permits', closed) })).toEqual([
    'NOT_GRANTED',
  ]);
});

test('variables that cannot be read stop the document: nothing is read of it', async () => {
  const graph = productGraph();
  const document = parse(
    'query ($f: LeaseFilter) { leases(first: 1, filter: $f) { nodes { id } } orgUnits(first: 1) { nodes { id } } }',
  );
  const touched: string[] = [];
  const reads = new Proxy({}, { get: (_, name) => touched.push(String(name)) });
  const context = {
    viewer: viewerOf('HLR'),
    reads,
    purpose: graph.purposes.usualOf('HOUSING'),
    client: null,
  } as unknown as Context;
  // Again and again: what is asked often is answered by one statement, which reads the filter anew.
  for (const _ of [1, 2, 3, 4]) {
    const variables = { f: { monthlyRent: { nothingOfTheKind: 1 } } };
    await expect(
      (async () =>
        graph.executor.execute({ reading: graph.executor.read({ document, variables }), context }))(),
    ).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  }
  expect(touched).toEqual([]);
});

import { type DocumentNode, parse, Source } from 'graphql';
import { describe, expect, it } from 'vitest';
import { AccessPlan } from '../../src/contract/compile/access-plan.ts';
import { recordsOfSdl } from '../../src/contract/compile/sdl-records.ts';
import { comparePolicies } from '../../src/contract/diff/compare.ts';
import { readRules } from '../../src/contract/policy/rules.ts';
import { expandSdl } from '../../src/contract/sdl/expand.ts';
import type { Cell } from '../../src/contract/tables/matrix.ts';
import { type ViewerName, viewers } from '../../src/identity/viewers.ts';
import { createGraph, productContract } from '../../src/schema.ts';

const product = productContract();

function withCell(group: string, viewer: ViewerName, cell: Cell | null) {
  const row = product.matrix.get(group);
  if (!row) throw new Error(`No group ${group}.`);
  const cells = new Map(row.cells);
  if (cell) cells.set(viewer, cell);
  else cells.delete(viewer);
  return { ...product, matrix: new Map(product.matrix).set(group, { ...row, cells }) };
}

/** The SDL with a text changed; it must have been there. */
function edited(from: string, to: string): typeof product {
  let found = false;
  const sdl = product.sdl.map((document): DocumentNode => {
    const source = document.loc?.source;
    if (!source?.body.includes(from)) return document;
    found = true;
    return parse(new Source(source.body.replace(from, to), source.name));
  });
  if (!found) throw new Error(`No SDL file has ${from}`);
  return { ...product, sdl };
}

const full: Cell = { value: 'F', own: false, clause: 'DRC-b' };

describe('the difference between two revisions of the policy', () => {
  it('is nothing where nothing changed', () => {
    expect(comparePolicies(product, product)).toEqual({
      cells: [],
      rowScopes: [],
      coordinates: [],
      summary: {},
    });
  });

  it('names a cell that was given and every coordinate that it opens, to that viewer alone', () => {
    const { cells, coordinates, summary } = comparePolicies(
      product,
      withCell('LEASE_TERMS', 'PERSONNEL', full),
    );
    expect(cells).toEqual([
      { at: 'LEASE_TERMS', viewer: 'PER', before: null, after: 'F DRC-b', kind: 'gained' },
    ]);
    const at = (name: string) => coordinates.find((c) => c.at === name);
    expect(at('Lease.monthlyRent')).toEqual({
      at: 'Lease.monthlyRent',
      viewer: 'PER',
      before: null,
      after: 'FULL',
      kind: 'gained',
    });
    expect(at('LeaseFilter.monthlyRent')).toMatchObject({ viewer: 'PER', kind: 'gained' });
    expect(at('LeaseOrderField.MONTHLY_RENT')).toMatchObject({ viewer: 'PER', kind: 'gained' });
    expect(new Set(coordinates.map((c) => c.viewer))).toEqual(new Set(['PER']));
    expect(summary).toEqual({ PER: { gained: coordinates.length, lost: 0, changed: 0 } });
  });

  it('is the same the other way round, lost', () => {
    const given = withCell('LEASE_TERMS', 'PERSONNEL', full);
    const there = comparePolicies(product, given);
    const back = comparePolicies(given, product);
    expect(back.coordinates).toHaveLength(there.coordinates.length);
    expect(new Set(back.coordinates.map((c) => c.kind))).toEqual(new Set(['lost']));
    expect(back.cells).toEqual([
      { at: 'LEASE_TERMS', viewer: 'PER', before: 'F DRC-b', after: null, kind: 'lost' },
    ]);
  });

  it('tells a cell that narrows to masked, to own rows or to counts as a loss', () => {
    const narrowed = (cell: Cell) =>
      comparePolicies(product, withCell('LEASE_TERMS', 'HOUSING', cell)).coordinates.find(
        (c) => c.at === 'Lease.monthlyRent',
      );
    const clause = 'HLR-b';
    expect(narrowed({ value: 'M', own: false, clause })).toMatchObject({
      kind: 'lost',
      after: 'MASKED NULL',
    });
    expect(narrowed({ value: 'F', own: true, clause })).toMatchObject({ kind: 'lost', after: 'own rows' });
    expect(narrowed({ value: 'A', own: false, clause })).toMatchObject({ kind: 'lost', after: null });
  });

  it('names each part of a row scope that came, went or says something else', () => {
    const changed = product.rowScopes
      .filter(({ type, part }) => type !== 'CertificateCheck' || part !== 'post')
      .map((line) => (line.type === 'Lease' && line.part === 'window' ? { ...line, value: '60' } : line));
    const more = { type: 'AidCase', part: 'units', value: '', clause: 'C1' } as const;
    expect(comparePolicies(product, { ...product, rowScopes: [more, ...changed] }).rowScopes).toEqual([
      { type: 'AidCase', part: 'units', before: null, after: 'units (C1)', kind: 'added' },
      {
        type: 'CertificateCheck',
        part: 'post',
        before: 'SUB FP_OFFICER (F1)',
        after: null,
        kind: 'removed',
      },
      { type: 'Lease', part: 'window', before: '30 (6.3)', after: '60 (6.3)', kind: 'changed' },
    ]);
  });

  it('says nothing of row scopes that a revision does not have as a table', () => {
    expect(comparePolicies({ ...product, rowScopes: null }, product).rowScopes).toBeNull();
  });

  it('names a coordinate that comes, and one that moves to another group', () => {
    const more = edited(
      '  "Deposit in yuan',
      '  "Key money (押)." keyMoney: Money @group(is: LEASE_TERMS) @class(is: SENSITIVE)\n  "Deposit in yuan',
    );
    const came = comparePolicies(product, more).coordinates;
    expect(new Set(came.map((c) => `${c.at} ${c.kind}`))).toEqual(new Set(['Lease.keyMoney gained']));
    expect(came.map((c) => c.viewer)).toContain('HLR');
    expect(came.map((c) => c.viewer)).not.toContain('PER');
    const moved = comparePolicies(
      product,
      edited(
        'monthlyRent: Money @group(is: LEASE_TERMS) @class(is: SENSITIVE)',
        'monthlyRent: Money @group(is: LEASE_STATUS) @class(is: INTERNAL)',
      ),
    );
    expect(moved.coordinates.find((c) => c.at === 'Lease.monthlyRent' && c.viewer === 'STN')).toMatchObject({
      before: 'MASKED NULL',
      after: 'FULL',
      kind: 'gained',
    });
  });
});

it('the policy read from SDL and matrix alone judges every coordinate as the running graph does', () => {
  const { types } = expandSdl(product.sdl);
  const alone = new AccessPlan(recordsOfSdl(types, readRules(types, product.matrix)));
  const { accessPlan } = createGraph();
  let compared = 0;
  for (const record of accessPlan.model.values())
    for (const field of record.fields.values())
      for (const { name } of viewers) {
        compared += 1;
        expect(alone.decision(record.name, field.name, name)).toEqual(
          accessPlan.decision(record.name, field.name, name),
        );
      }
  expect(compared).toBeGreaterThan(10_000);
});

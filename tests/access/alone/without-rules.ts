import type { Matrix } from '../../../src/contract/tables/matrix.ts';
import type { ScopedDepartment } from '../../../src/departments/department.ts';
import { viewers } from '../../../src/identity/viewers.ts';
import { productContract } from '../../../src/product-contract.ts';
import { createGraph, type Graph } from '../../../src/schema.ts';

/**
 * The graph of a program without rules: for it every viewer may read every field of every row in clear. Only the
 * columns and functions by which it asks are those of the real policy, as they stand in the database.
 */
export function graphWithoutRules(): Graph {
  const contract = productContract();
  const open = createGraph({
    ...contract,
    matrix: everythingForEverybody(contract.matrix),
    departments: contract.departments.map(everywhere),
  });
  return { ...open, wall: createGraph().wall };
}

function everythingForEverybody(matrix: Matrix): Matrix {
  const cells = new Map(
    viewers.map(({ name }) => [name, { value: 'F' as const, own: false, clause: 'test' }]),
  );
  return new Map([...matrix].map(([name, group]) => [name, { ...group, secret: false, cells }]));
}

const everywhere = (department: ScopedDepartment): ScopedDepartment => ({
  ...department,
  records: Object.fromEntries(
    // Without a default order: one that the viewer may not read would refuse the list with all that is asked of it.
    // Without totals: roles that see some of their rows only are not granted them (tests/graph/row-totals.test.ts).
    Object.entries(department.records).map(([name, { defaultOrder: _, totals: __, ...source }]) => [
      name,
      // What asks stays, because the contract must say whom it asks.
      {
        ...source,
        scope: {
          everywhere: true,
          published: 'ALL_ROWS',
          ...(source.scope.asked && { asked: source.scope.asked }),
        },
      },
    ]),
  ),
});

import type { PgColumn } from 'drizzle-orm/pg-core';
import type { RowScope } from '../../../src/contract/model/row-scope.ts';
import type { Contract } from '../../../src/product-contract.ts';
import type { ContractMutant } from './mutant.ts';

/** Each row scope removed, widened to everywhere, and with each of its declarations and columns taken out. */
export function* scopeMutants(contract: Contract): Generator<ContractMutant> {
  for (const department of contract.departments)
    for (const [type, source] of Object.entries(department.records))
      for (const [what, scope] of changesOf(source.scope)) {
        const records = { ...department.records, [type]: { ...source, scope } };
        yield {
          kind: 'row-scope',
          name: `${what} of ${type}`,
          near: { types: [type] },
          make: () => ({
            ...contract,
            departments: contract.departments.map((d) => (d === department ? { ...d, records } : d)),
          }),
        };
      }
}

type Change = readonly [what: string, scope: RowScope];

function* changesOf(scope: RowScope): Generator<Change> {
  if (Object.keys(scope).some((key) => key !== 'everywhere')) {
    yield ['everywhere in place', { everywhere: true }];
    if (!scope.everywhere) yield ['everywhere added to the scope', { ...scope, everywhere: true }];
  }
  for (const key of Object.keys(scope) as (keyof RowScope)[]) {
    yield [`no ${key} in the scope`, without(scope, key)];
    const value = scope[key] as readonly PgColumn[] | Readonly<Record<string, unknown>> | true | undefined;
    if (Array.isArray(value) && value.length > 1)
      for (const [i, column] of value.entries())
        yield [`no ${key} by ${column.name} in the scope`, { ...scope, [key]: value.toSpliced(i, 1) }];
  }
  const { territory, former, window, task, published, asked, onRequest } = scope;
  if (territory?.station)
    yield ['no station in the territory', { ...scope, territory: without(territory, 'station') }];
  if (territory?.neighbourhood)
    yield ['no neighbourhood in the territory', { ...scope, territory: without(territory, 'neighbourhood') }];
  if (former) yield ['no end of what was made', { ...scope, former: { ...former, days: 99_999 } }];
  if (window?.closedOn) yield ['no end of the window', { ...scope, window: without(window, 'closedOn') }];
  if (task?.closedOn) yield ['no end of the task', { ...scope, task: without(task, 'closedOn') }];
  if (typeof published === 'object')
    yield ['no day of publication in the scope', { ...scope, published: 'ALL_ROWS' }];
  for (const opened of Object.keys(asked?.opens ?? {}))
    if (asked)
      yield [
        `no ${opened} opened for who is asked`,
        { ...scope, asked: { ...asked, opens: without(asked.opens, opened) } },
      ];
  if (onRequest) yield ['another keeper in the scope', { ...scope, onRequest: { keeper: 'LABOUR' } }];
}

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value;
  return rest;
}

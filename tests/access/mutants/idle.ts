import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { personalRecords } from '../../../src/contract/model/persons.ts';
import type { Model } from '../../../src/contract/model/record.ts';
import { linkSelects } from '../../../src/database/links/refresh.ts';
import { viewerClassOf } from '../../../src/database/rows/viewer-class.ts';
import { ownRows, visibleRows } from '../../../src/database/rows/visible-rows.ts';
import { type Contract, productContract, ruleContract } from '../../../src/schema.ts';
import { askers } from '../rows/rows.ts';
import { withParts } from './with-parts.ts';

const dialect = new PgDialect();
const textOf = (query: SQL): string => JSON.stringify(dialect.sqlToQuery(query));
let pristine: Model | undefined;

/**
 * Whether nothing is made from a changed part of a row scope: a station where no station has a cell. It is true of the
 * row all the same, and ready for the cell that needs it.
 */
export function isIdle(contract: Contract, model: Model, type: string): boolean {
  pristine ??= ruleContract(productContract()).model;
  return (
    madeOf(model, type) === madeOf(pristine, type) &&
    linksOf(contract.departments, type) === linksOf(productContract().departments, type) &&
    [...personalRecords(model)].join() === [...personalRecords(pristine)].join()
  );
}

/** Everything that is made from the scope of a type, for everybody. */
function madeOf(model: Model, type: string): string {
  const made = withParts(model, type).flatMap((name) => {
    const record = model.get(name)!;
    return askers.flatMap((viewer) => {
      if (record.access[viewer.department].rows === 'NONE') return [];
      const viewerClass = viewerClassOf(viewer);
      const hasOwn = [...record.fields.values()].some((f) => f.rule.group.cells.get(viewer.department)?.own);
      return [
        textOf(visibleRows(record, 't', viewerClass, model)),
        hasOwn ? textOf(ownRows(record, 't', viewerClass, model)) : '',
      ];
    });
  });
  return made.join('\n');
}

function linksOf(stores: Contract['departments'], type: string): string {
  const store = stores.find(({ records }) => type in records)!;
  return linkSelects({ ...store, records: { [type]: store.records[type]! } })
    .map(textOf)
    .join('\n');
}

import { is } from 'drizzle-orm';
import { PgColumn } from 'drizzle-orm/pg-core';
import type { Model } from '../../../../contract/model/record.ts';
import { quotedTableOf } from '../../../../store/table-name.ts';

/** A column of any store that holds the id of a person of the register, or a list of them. */
export interface PersonColumn {
  readonly store: string;
  /** A record type of the table. */
  readonly record: string;
  /** Quoted, with its schema. */
  readonly table: string;
  readonly column: string;
  readonly isList: boolean;
}

/**
 * The columns by which rows of all stores name persons: links to `Migrant`, and the columns that say whom a row is about.
 * The register's own row of a person is no row about another.
 */
export function personColumns(model: Model): readonly PersonColumn[] {
  const found = new Map<string, PersonColumn>();
  for (const record of model.values()) {
    if (record.name === 'Migrant') continue;
    const { scope, table } = record.source;
    const links = [...record.fields.values()].flatMap((field) =>
      field.kind === 'link' && field.type === 'Migrant' ? [field.column] : [],
    );
    const about = [...(scope.subjects ?? []), ...(scope.serves ?? []), scope.task?.subject];
    for (const column of [...links, ...about]) {
      if (!is(column, PgColumn) || column.table !== table || !/^uuid/.test(column.getSQLType())) continue;
      const name = quotedTableOf(table);
      // Of several types in a table the first: the journal names each row once.
      if (found.has(`${name}.${column.name}`)) continue;
      found.set(`${name}.${column.name}`, {
        store: record.store,
        record: record.name,
        table: name,
        column: column.name,
        isList: column.getSQLType().endsWith('[]'),
      });
    }
  }
  return [...found.values()].sort((a, b) => (`${a.table}.${a.column}` < `${b.table}.${b.column}` ? -1 : 1));
}

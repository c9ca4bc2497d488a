import { getTableConfig, PgDialect } from 'drizzle-orm/pg-core';
import type { RecordModel } from '../model/record.ts';

const dialect = new PgDialect();

/**
 * The states that a record's column can hold: those that a check of its own allows where the record has fewer than the
 * enum, such as a kind of case without mediation.
 * @param codes of the enum
 */
export function storedStates(
  { source, columns }: RecordModel,
  state: string,
  codes: readonly string[],
): readonly string[] {
  const { name, checks } = getTableConfig(source.table);
  const own = checks.find((check) => check.name === `${name}_${columns[state]?.name}_code`);
  if (!own) return codes;
  const text = dialect.sqlToQuery(own.value).sql;
  return codes.filter((code) => text.includes(`'${code}'`));
}

import { type AnyColumn, Column, is, SQL } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { GraphQLSchema } from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import type { RecordModel } from '../../contract/model/record.ts';
import type { StatementFailed } from '../../store/statements.ts';
import type { GivenRow } from './given-row.ts';
import { chineseTitle, inputPathOf } from './input-paths.ts';
import { InputFaults, invalid, required, type UserError } from './user-errors.ts';

const constraints = new WeakMap<PgTable, ReadonlyMap<string, readonly string[]>>();

/** The columns that a constraint of a table compares, by the constraint's name. */
function constraintsOf(table: PgTable): ReadonlyMap<string, readonly string[]> {
  return getOrMake(constraints, table, () => {
    const { checks, uniqueConstraints, indexes, foreignKeys, columns } = getTableConfig(table);
    const names = (held: readonly AnyColumn[]) => held.map(({ name }) => name);
    return new Map<string, readonly string[]>([
      ...checks.map(({ name, value }) => [name, columnsIn(value)] as const),
      ...uniqueConstraints.map((u) => [u.getName() ?? '', names(u.columns)] as const),
      ...indexes
        .filter(({ config }) => config.unique)
        .map(
          ({ config }) =>
            [config.name ?? '', config.columns.flatMap((c) => ('name' in c ? String(c.name) : []))] as const,
        ),
      ...foreignKeys.map((key) => [key.getName(), names(key.reference().columns)] as const),
      ...columns.filter((c) => c.isUnique).map((c) => [c.uniqueName ?? '', [c.name]] as const),
    ]);
  });
}

function columnsIn(query: SQL): string[] {
  return [
    ...new Set(
      query.queryChunks.flatMap((chunk) =>
        is(chunk, Column) ? [chunk.name] : chunk instanceof SQL ? columnsIn(chunk) : [],
      ),
    ),
  ];
}

/** The columns that a constraint of a record's table compares, by their names in the database. */
export const constraintColumns = ({ source }: RecordModel, constraint: string): readonly string[] =>
  constraintsOf(source.table).get(constraint) ?? [];

/**
 * What a refusal of the database says to the person who wrote: which of the given fields do not go together.
 * @param schema says what fields are called in Chinese
 * @returns undefined where it is no fault of the input
 */
export function faultsOf(
  error: StatementFailed,
  given: readonly GivenRow[],
  schema: GraphQLSchema,
): InputFaults | undefined {
  const { constraint, column } = error.at;
  const compared = given.flatMap(({ done: { record }, fields, at }) => {
    const names = constraint ? constraintColumns(record, constraint) : column ? [column] : [];
    return names.flatMap((name) => {
      const path = inputPathOf(record, name);
      const [field] = path ?? [];
      if (!path || field === undefined) return [];
      return [
        { path: [...at, ...path], isGiven: fields.has(field), title: chineseTitle(schema, record, path) },
      ];
    });
  });
  const paths = compared.flatMap(({ path, isGiven }) => (isGiven ? [path] : []));
  const what = (constraint ?? '').replace(/^[a-z]+?_/, '').replaceAll('_', ' ');
  const titles = [...new Set(compared.map(({ title }) => title))].join('、');
  const each = (make: (path: readonly string[]) => UserError) =>
    new InputFaults(paths.length > 0 ? paths.map(make) : [make([])]);
  switch (error.code) {
    case '23502':
      return each((path) => required(...path));
    case '23514':
      return each((path) =>
        invalid(path, `This does not fit the rule: ${what}.`, `不符合登记规则${titles && `：${titles}`}。`),
      );
    case '23505':
    case '23P01':
      // The same words whoever holds the other record: that there is one elsewhere is nobody's business.
      return each((path) =>
        invalid(path, 'This cannot be recorded as it is; ask the registrar.', '无法登记，请联系登记部门。'),
      );
    case '23503':
      return each((path) => ({
        ...invalid(path, 'There is no such record that you may use.', '无此记录，或您无权使用。'),
        code: 'NOT_FOUND',
      }));
    case 'LH004':
      return new InputFaults([
        {
          ...invalid([], 'A link leads to no record that you may use.', '所引用的记录不存在或您无权使用。'),
          code: 'NOT_FOUND',
        },
      ]);
    case 'LH002':
      return new InputFaults([
        { ...invalid([], 'The record is not ready for it.', '条件未满足。'), code: 'NOT_READY' },
      ]);
    default:
      return /^22/.test(error.code)
        ? each((path) => invalid(path, 'A value does not fit.', '数值不符合要求。'))
        : undefined;
  }
}

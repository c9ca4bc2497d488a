/** SQL types of the SDL's scalars, for derived values; enums and codes are text. */
const types: Readonly<Record<string, string>> = {
  Int: 'int',
  Float: 'float8',
  Boolean: 'boolean',
  Money: 'bigint',
  Decimal: 'numeric',
  Date: 'date',
  DateTime: 'timestamptz',
};

/** The SQL type with which a derived value is compared and ordered. */
export const sqlTypeOf = (scalar: string): string => types[scalar] ?? 'text';

/**
 * The SQL type with which a value is compared with a column. It leaves out the column's length and scale: a
 * cast to those would round the value that was asked for.
 */
export const comparedAs = (columnType: string): string => columnType.replace(/\(.*\)/, '');

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

/** The SQL type that a derived value is compared and ordered as. */
export const sqlTypeOf = (scalar: string): string => types[scalar] ?? 'text';

/**
 * The type as which a value is compared with a column: without the column's length and scale, to which a cast would
 * round what was asked for.
 */
export const comparedAs = (columnType: string): string => columnType.replace(/\(.*\)/, '');

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

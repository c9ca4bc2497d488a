/** A stored value as JSON carries it: amounts are stored in fen and written in yuan with two decimals. */
export function written(scalar: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((item) => written(scalar, item));
  if (scalar === 'Money') return (Number(value) / 100).toFixed(2);
  if (scalar === 'Decimal') return String(value);
  return value;
}

/** A value in COPY's text format: a list as an array, any other object as JSON. */
export function copyText(value: unknown): string {
  if (typeof value === 'string') return escaped(value);
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return Array.isArray(value) ? arrayText(value) : escaped(JSON.stringify(value));
}

/** A list as an array, in that format. */
export function arrayText(items: readonly unknown[]): string {
  const quoted = (item: unknown) =>
    item === null || item === undefined ? 'NULL' : `"${String(item).replace(/[\\"]/g, '\\$&')}"`;
  return escaped(`{${items.map(quoted).join(',')}}`);
}

const special = /[\\\t\n\r\0]/;

/** A text in that format. PostgreSQL has none with NUL in it: it is left out. */
export function escaped(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replaceAll('\0', '')
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

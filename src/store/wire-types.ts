import type postgres from 'postgres';

/** How a PostgreSQL type is read and written, in the form of postgres.js. */
interface WireType<T> {
  readonly to: number;
  readonly from: number[];
  readonly serialize: (value: unknown) => string;
  readonly parse: (text: string) => T;
}

const day = (text: string) => text;
const written = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value));

/**
 * `2007-03-01 08:00:00.5+00` → `2007-03-01T08:00:00.500Z`. Microseconds stay: a Date would cut them off, and
 * a cursor made of a cut instant would skip rows or show them twice. A text of another form (infinity, years
 * before our era) stays as it was. The session's time zone is UTC, so no other offset comes.
 */
function instant(text: string): string {
  const match = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00)?$/.exec(text);
  if (!match) return text;
  const fraction = match[3] ?? '';
  return `${match[1]}T${match[2]}.${fraction.padEnd(fraction.length > 3 ? 6 : 3, '0')}Z`;
}

/** Fen and counts. A number beyond 2^53 would become another one: that is a fault, not an answer. */
function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('A whole number of the database is beyond 2^53.');
  return value;
}

/** Elements of a one-dimensional array literal: `{a,"b \"c\"",NULL}`. */
export function parseArray<T>(text: string, element: (text: string) => T): (T | null)[] {
  const items: (T | null)[] = [];
  for (let at = text.indexOf('{') + 1; at < text.length - 1; at++) {
    if (text[at] === '"') {
      let item = '';
      for (at++; text[at] !== '"'; at++) item += text[at] === '\\' ? text[++at] : text[at];
      items.push(element(item));
      at++;
    } else {
      const comma = text.indexOf(',', at);
      const end = comma === -1 ? text.length - 1 : comma;
      const item = text.slice(at, end);
      items.push(item === 'NULL' ? null : element(item));
      at = end;
    }
  }
  return items;
}

/** An array literal of scalars. A text is taken to be one already. */
export function writeArray(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return `{${value.map((item) => (item === null || item === undefined ? 'NULL' : quoted(written(item)))).join(',')}}`;
}

const plain = /^[\w.:-]+$/;

function quoted(text: string): string {
  return plain.test(text) && text.toUpperCase() !== 'NULL' ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

const scalar = <T>(oids: number[], parse: (text: string) => T): WireType<T> => ({
  to: oids[0]!,
  from: oids,
  serialize: written,
  parse,
});

const arrayOf = <T>(oid: number, element: (text: string) => T): WireType<(T | null)[]> => ({
  to: oid,
  from: [oid],
  serialize: writeArray,
  parse: (text) => parseArray(text, element),
});

const asIs = (text: string) => text;

/**
 * Calendar days stay `YYYY-MM-DD`, instants become ISO-8601 in UTC, eight-byte integers become numbers,
 * numerics stay strings, arrays become arrays. The array types have their fixed numbers here, so that a new
 * connection needs no statement to ask for them. Numbers: pg_type.dat of PostgreSQL.
 */
export const wireTypes = {
  date: scalar([1082], day),
  instant: scalar([1184, 1114], instant),
  bigint: scalar([20], whole),
  textArray: arrayOf(1009, asIs),
  varcharArray: arrayOf(1015, asIs),
  uuidArray: arrayOf(2951, asIs),
  dateArray: arrayOf(1182, day),
  instantArray: arrayOf(1185, instant),
  smallintArray: arrayOf(1005, Number),
  integerArray: arrayOf(1007, Number),
  bigintArray: arrayOf(1016, whole),
  numericArray: arrayOf(1231, asIs),
  booleanArray: arrayOf(1000, (text) => text === 't'),
} as unknown as Record<string, postgres.PostgresType>;

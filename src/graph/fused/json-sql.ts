import { type SQL, sql } from 'drizzle-orm';
import type { ValueForm } from './shape.ts';

/** A piece of JSON text: as it stands, or as SQL of type text that is never null. */
export type Piece = string | SQL;

/** A function of PostgreSQL takes at most a hundred arguments. */
const mostArguments = 90;

const literal = (text: string): SQL => sql.raw(`'${text.replaceAll("'", "''")}'`);

/** The text of pieces one after the other. */
export function textOf(pieces: readonly Piece[]): SQL {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else merged.push(piece);
  }
  let parts = merged.map((piece) => (typeof piece === 'string' ? literal(piece) : piece));
  while (parts.length > 1) {
    const groups: SQL[] = [];
    for (let i = 0; i < parts.length; i += mostArguments)
      groups.push(sql`concat(${sql.join(parts.slice(i, i + mostArguments), sql`, `)})`);
    parts = groups;
  }
  return parts[0] ?? literal('');
}

/** `{"name":…}`. */
export function objectOf(
  members: readonly (readonly [name: string, value: Piece | readonly Piece[]])[],
): Piece[] {
  const pieces = members.flatMap(([name, value], i): Piece[] => [
    `${i === 0 ? '' : ','}"${name}":`,
    ...(Array.isArray(value) ? (value as readonly Piece[]) : [value as Piece]),
  ]);
  return ['{', ...pieces, '}'];
}

const orNull = (json: SQL): SQL => sql`coalesce(${json}, 'null')`;

/** A value as JSON or its text, as the executor and `JSON.stringify` write it; it stands beside other pieces. */
export function jsonValueOf(value: SQL, as: ValueForm): SQL {
  switch (as) {
    case 'as it is':
      return orNull(sql`to_json(${value})`);
    case 'text':
      return orNull(sql`to_json(${value}::text)`);
    case 'money':
      return orNull(yuan(value));
    case 'instant':
      return orNull(instant(value));
  }
}

/** 59200 fen → `"592.00"`. Beyond 2^53 Node has another number: the division fails, and the other road says so. */
const yuan = (fen: SQL): SQL =>
  sql`concat('"', case when ${fen} < 0 then '-' end, abs(${fen}) / 100 / (abs(${fen}) < 9007199254740992)::int, '.', lpad((abs(${fen}) % 100)::text, 2, '0'), '"') || case when ${fen} is null then null else '' end`;

/** `"2007-03-01T08:00:00.500Z"`: with microseconds where there are some, as connections read it (wire-types.ts). */
const instant = (value: SQL): SQL =>
  sql`case when not isfinite(${value}) or ${value} < '0001-01-01' then to_json(${value}::text)::text else '"' || to_char(${value}::timestamptz at time zone 'UTC', case when date_part('microseconds', ${value})::int % 1000 = 0 then 'YYYY-MM-DD"T"HH24:MI:SS.MS' else 'YYYY-MM-DD"T"HH24:MI:SS.US' end) || 'Z"' end`;

/** Bytes of a key that is a uuid, and of the colon before it. */
const uuidBytes = 37;
/** PostgreSQL breaks the lines of base64 after so many bytes, also where nothing follows. */
const bytesOfLine = 57;

/**
 * The global id of a record without quotation marks: base64url (RFC 4648, section 5) of type and key. Of letters, digits,
 * colons and hyphens no group of six bits is 62 or 63, so that for uuids only padding and line breaks have to go.
 */
export function idOf(type: string, key: SQL, keyType: 'uuid' | 'text'): SQL {
  const text = sql`${literal(`${type}:`)} || ${key}`;
  if (keyType === 'text')
    return sql`translate(encode(convert_to(${text}, 'UTF8'), 'base64'), E'+/=\n', '-_')`;
  const bytes = type.length + uuidBytes;
  const encoded = sql`encode(textsend(${text}), 'base64')`;
  const oneLine = bytes >= bytesOfLine ? sql`replace(${encoded}, E'\n', '')` : encoded;
  return bytes % 3 === 0 ? oneLine : sql`rtrim(${oneLine}, '=')`;
}

import { hash } from 'node:crypto';
import type { AccessEvent } from './event.ts';

/**
 * The canonical bytes of an entry are its fields as PostgreSQL's binary COPY has them, each after its length.
 * The writer hashes what it sends, and the verifier hashes what it receives: nothing has to be rebuilt. The
 * hash is the last field, and is over all the others, `prev` first.
 */
export const columns = [
  'prev',
  'chain',
  'seq',
  'id',
  'occurred_at',
  'operation',
  'person',
  'viewer',
  'acting_unit_id',
  'posts',
  'purpose',
  'client',
  'coordinates',
  'field_groups',
  'denied_groups',
  'subjects',
  'verdict',
  'is_masked',
  'row_count',
  'prior_chain',
  'prior_seq',
  'hash',
] as const;

export const columnList = columns.map((name) => `"${name}"`).join(', ');

/** The beginning and the end of a binary COPY. */
export const copyHeader = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
export const copyTrailer = Buffer.from([0xff, 0xff]);

/** Where an entry stands. */
export interface Place {
  readonly chain: Buffer;
  readonly seq: number;
  readonly prev: Buffer;
  /** Sixteen bytes. */
  readonly id: Buffer;
  /** Microseconds since the epoch. */
  readonly at: bigint;
  /** In the first entry of a chain: the last entry of the chain before, where there is one. */
  readonly prior?: { readonly chain: Buffer; readonly seq: number } | undefined;
}

/** PostgreSQL counts instants from 2000-01-01. */
export const postgresEpoch = 946_684_800_000_000n;
const textOid = 25;
const bigintOid = 20;
const nothing = Buffer.from([0xff, 0xff, 0xff, 0xff]);

/** An entry as a row of a binary COPY, and its hash. */
export function encodeEntry(event: AccessEvent, place: Place): { row: Buffer; hash: Buffer } {
  const fields = [
    bytes(place.prev),
    bytes(place.chain),
    int64(BigInt(place.seq)),
    bytes(place.id),
    int64(place.at - postgresEpoch),
    text(event.operation),
    text(event.person),
    text(event.viewer),
    text(event.unit),
    textArray(event.posts),
    event.purpose === null ? nothing : text(event.purpose),
    event.client === null ? nothing : text(event.client),
    textArray(event.coordinates),
    textArray(event.fieldGroups),
    textArray(event.deniedGroups),
    bigintArray(event.subjects),
    event.verdict === null ? nothing : text(event.verdict),
    Buffer.from([0, 0, 0, 1, event.isMasked ? 1 : 0]),
    int32(event.rowCount),
    place.prior ? bytes(place.prior.chain) : nothing,
    place.prior ? int64(BigInt(place.prior.seq)) : nothing,
  ];
  const canonical = Buffer.concat(fields);
  const digest = hash('sha256', canonical, 'buffer');
  const count = Buffer.from([0, columns.length]);
  return { row: Buffer.concat([count, canonical, bytes(digest)]), hash: digest };
}

function bytes(value: Buffer): Buffer {
  const out = Buffer.allocUnsafe(4 + value.length);
  out.writeInt32BE(value.length, 0);
  value.copy(out, 4);
  return out;
}

const text = (value: string): Buffer => bytes(Buffer.from(value, 'utf8'));

function int64(value: bigint): Buffer {
  const out = Buffer.allocUnsafe(12);
  out.writeInt32BE(8, 0);
  out.writeBigInt64BE(value, 4);
  return out;
}

function int32(value: number): Buffer {
  const out = Buffer.allocUnsafe(8);
  out.writeInt32BE(4, 0);
  out.writeInt32BE(value, 4);
  return out;
}

// The lists of a document are the same objects in each of its requests.
const encodedLists = new WeakMap<readonly string[], Buffer>();

function textArray(values: readonly string[]): Buffer {
  const known = encodedLists.get(values);
  if (known) return known;
  const made = bytes(Buffer.concat([arrayHead(textOid, values.length), ...values.map(text)]));
  encodedLists.set(values, made);
  return made;
}

function bigintArray(tokens: Buffer): Buffer {
  const count = tokens.length / 8;
  const head = arrayHead(bigintOid, count);
  const out = Buffer.allocUnsafe(4 + head.length + count * 12);
  out.writeInt32BE(out.length - 4, 0);
  head.copy(out, 4);
  let at = 4 + head.length;
  for (let i = 0; i < count; i++) {
    out.writeInt32BE(8, at);
    tokens.copy(out, at + 4, i * 8, i * 8 + 8);
    at += 12;
  }
  return out;
}

/** Dimensions, no nulls, element type; then length and lower bound of the one dimension. */
function arrayHead(oid: number, count: number): Buffer {
  const head = Buffer.alloc(count === 0 ? 12 : 20);
  head.writeInt32BE(count === 0 ? 0 : 1, 0);
  head.writeInt32BE(oid, 8);
  if (count === 0) return head;
  head.writeInt32BE(count, 12);
  head.writeInt32BE(1, 16);
  return head;
}

import { randomFillSync } from 'node:crypto';

/** Makes rising UUIDv7s of sixteen bytes; they rise within a millisecond too (RFC 9562, method 1). */
export function createEntryIds(): (atMs: number) => Buffer {
  let last = 0;
  let counter = 0;
  return (atMs) => {
    if (atMs > last) {
      last = atMs;
      counter = 0;
    } else {
      counter += 1;
      // The counter has twelve bits. When it is full, the next millisecond is used early.
      if (counter > 0xfff) {
        last += 1;
        counter = 0;
      }
    }
    const id = Buffer.allocUnsafe(16);
    id.writeUIntBE(last, 0, 6);
    id.writeUInt16BE(0x7000 | counter, 6);
    randomFillSync(id, 8);
    id[8] = (id[8]! & 0x3f) | 0x80;
    return id;
  };
}

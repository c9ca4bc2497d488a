import { randomBytes } from 'node:crypto';

const poolBytes = 8192;
const randomDigits = 16;

/**
 * Makes UUIDs of version 7 (RFC 9562, with twelve bits of counter), each greater than the one before: rows that are
 * written in the order of their ids extend indexes at their end. The other 62 bits are random.
 */
export function createUuidV7(): () => string {
  let pool = '';
  let at = 0;
  let time = 0;
  let counter = 0;
  let prefix = '';
  return () => {
    const now = Date.now();
    if (now > time || counter === 4096) {
      time = Math.max(now, time + 1);
      counter = 0;
      const digits = time.toString(16).padStart(12, '0');
      prefix = `${digits.slice(0, 8)}-${digits.slice(8)}-7`;
    }
    if (at === pool.length) {
      pool = randomBytes(poolBytes).toString('hex');
      at = 0;
    }
    const random = pool.slice(at, at + randomDigits);
    at += randomDigits;
    const count = (0x1000 | counter++).toString(16).slice(1);
    const variant = (8 | (random.charCodeAt(0) & 3)).toString(16);
    return `${prefix}${count}-${variant}${random.slice(1, 4)}-${random.slice(4)}`;
  };
}

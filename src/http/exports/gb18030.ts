/**
 * Encodes text as GB18030. Node reads this encoding and does not write it, so the table is made of what its decoder
 * reads: pairs, then the four bytes of what has no pair. Beyond the basic plane four bytes count on.
 */
export class Gb18030Encoder {
  /** Code unit → its bytes, as one number. */
  readonly #bytesOf = new Uint32Array(0x10000);

  constructor() {
    const decoder = new TextDecoder('gb18030', { fatal: false });
    const learn = (bytes: number, sequence: Uint8Array) => {
      const text = decoder.decode(sequence);
      const unit = text.charCodeAt(0);
      // What cannot be read is shown by this character, which has bytes of its own.
      if (text.length === 1 && unit !== replacement && this.#bytesOf[unit] === 0) this.#bytesOf[unit] = bytes;
    };
    for (let lead = 0x81; lead <= 0xfe; lead++)
      for (let trail = 0x40; trail <= 0xfe; trail++)
        if (trail !== 0x7f) learn((lead << 8) | trail, Uint8Array.of(lead, trail));
    // The basic plane ends at 84 31 A4 39.
    for (let pointer = 0; pointer < 39_420; pointer++) {
      const bytes = fourBytes(pointer);
      learn(bytes, Uint8Array.of(bytes >>> 24, (bytes >>> 16) & 0xff, (bytes >>> 8) & 0xff, bytes & 0xff));
    }
    this.#bytesOf[replacement] = 0x8431a437;
  }

  encode(text: string): Buffer {
    const whole = text.toWellFormed();
    const out = Buffer.allocUnsafe(whole.length * 4);
    let length = 0;
    for (let i = 0; i < whole.length; i++) {
      const unit = whole.charCodeAt(i);
      if (unit < 0x80) {
        out[length++] = unit;
        continue;
      }
      // Some places for private use have none since the standard gave their bytes to real characters (2022).
      let bytes = this.#bytesOf[unit] || this.#bytesOf[replacement]!;
      if (unit >= 0xd800 && unit < 0xe000) {
        bytes = fourBytes(whole.codePointAt(i)! - 0x10000 + beyondBasicPlane);
        i += 1;
      }
      length = bytes > 0xffff ? out.writeUInt32BE(bytes, length) : out.writeUInt16BE(bytes, length);
    }
    return out.subarray(0, length);
  }
}

/** Stands for what cannot be written or read. */
const replacement = 0xfffd;
/** The pointer of U+10000: 90 30 81 30. */
const beyondBasicPlane = 189_000;

function fourBytes(pointer: number): number {
  const fourth = 0x30 + (pointer % 10);
  const third = 0x81 + (Math.floor(pointer / 10) % 126);
  const second = 0x30 + (Math.floor(pointer / 1260) % 10);
  const first = 0x81 + Math.floor(pointer / 12_600);
  return ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0;
}

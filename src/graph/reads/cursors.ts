import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { badCursor } from '../read-errors.ts';

/** A place in a list: the value it is ordered by, as text, and the id. */
export interface CursorPlace {
  readonly value: string | null;
  readonly id: string;
}

/**
 * Opaque cursors: encrypted, so that they say nothing of the value a list is ordered by, and authenticated
 * together with the list they belong to and the unit they were made for, so that one taken elsewhere or
 * changed is refused. Equal places give equal cursors.
 */
export class CursorCodec {
  readonly #encryption: Buffer;
  readonly #nonce: Buffer;

  /** @param secret at least 16 characters; the same for all servers behind one address. */
  constructor(secret: string) {
    this.#encryption = createHmac('sha256', secret).update('cursor encryption').digest();
    this.#nonce = createHmac('sha256', secret).update('cursor nonce').digest();
  }

  encode(list: string, place: CursorPlace): string {
    const text = JSON.stringify([place.id, place.value]);
    const iv = createHmac('sha256', this.#nonce)
      .update(list)
      .update('\0')
      .update(text)
      .digest()
      .subarray(0, 12);
    const cipher = createCipheriv('aes-256-gcm', this.#encryption, iv).setAAD(Buffer.from(list));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
  }

  /** @throws BadCursor when it was not made here for this list and unit. */
  decode(list: string, cursor: string): CursorPlace {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length < 29 || bytes.length > 1000) throw badCursor();
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#encryption, bytes.subarray(0, 12));
      decipher.setAAD(Buffer.from(list)).setAuthTag(bytes.subarray(12, 28));
      const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      const [id, value] = JSON.parse(text) as [string, string | null];
      return { id, value };
    } catch {
      throw badCursor();
    }
  }
}

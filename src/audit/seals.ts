import { hash, type KeyObject, sign, verify } from 'node:crypto';
import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** A seal: at this time this entry was the last one of the chain. */
export interface Seal {
  /** Instant in UTC, ISO 8601. */
  readonly time: string;
  readonly chain: string;
  readonly seq: number;
  /** Hash of the entry, hex. */
  readonly head: string;
  /** Entries of the chain up to here. */
  readonly count: number;
  /** Nothing follows in this chain: the process stopped in order. */
  readonly closed: boolean;
  /** Hash of the line before in the file, hex; zeros in the first. */
  readonly previous: string;
}

export const firstPrevious = '0'.repeat(64);
export const hashOfLine = (line: string): string => hash('sha256', line, 'hex');

/** The line of a seal, signed over all it says. */
export function sealLine(seal: Seal, key: KeyObject): string {
  const said = message(seal);
  return JSON.stringify({
    ...JSON.parse(said),
    signature: sign(null, Buffer.from(said), key).toString('base64url'),
  });
}

/** The seal of a line; undefined when the line is no seal, or this key did not sign it. */
export function readSealLine(line: string, key: KeyObject): Seal | undefined {
  try {
    const { signature, ...seal } = JSON.parse(line) as Seal & { signature: string };
    const right = verify(null, Buffer.from(message(seal)), key, Buffer.from(signature, 'base64url'));
    return right ? seal : undefined;
  } catch {
    return undefined;
  }
}

const message = ({ time, chain, seq, head, count, closed, previous }: Seal): string =>
  JSON.stringify({ time, chain, seq, head, count, closed, previous });

/** The file of one process's seals. Each seal is on disk before `append` returns. */
export class SealFile {
  readonly #file: number;
  #previous: string;

  /** Opens or makes the file. A line that a crash left unfinished was never a seal and is cut off. */
  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#file = openSync(path, 'a+', 0o600);
    this.#previous = this.#readLast();
  }

  append(seal: Omit<Seal, 'previous'>, key: KeyObject): void {
    const line = sealLine({ ...seal, previous: this.#previous }, key);
    writeSync(this.#file, `${line}\n`);
    fdatasyncSync(this.#file);
    this.#previous = hashOfLine(line);
  }

  close(): void {
    closeSync(this.#file);
  }

  #readLast(): string {
    const { size } = fstatSync(this.#file);
    const tail = Buffer.alloc(Math.min(size, 64 * 1024));
    readSync(this.#file, tail, 0, tail.length, size - tail.length);
    const whole = tail.lastIndexOf(0x0a) + 1;
    if (whole < tail.length) ftruncateSync(this.#file, size - (tail.length - whole));
    const lines = tail.subarray(0, whole).toString('utf8').trimEnd().split('\n');
    const last = lines.at(-1) ?? '';
    return last === '' ? firstPrevious : hashOfLine(last);
  }
}

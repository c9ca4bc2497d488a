import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { firstPrevious, hashOfLine, readSealLine } from '../seals.ts';
import type { Witness } from './check-chain.ts';
import { clockToleranceMs, type FaultKind, Faulty } from './fault.ts';

/** Seals by chain, and how many there are. */
export interface Seals {
  readonly byChain: ReadonlyMap<string, readonly Witness[]>;
  readonly count: number;
}

/**
 * Reads files of seals and checks each line: its signature, that it follows the line before, and that time
 * does not run backwards.
 * @throws Faulty naming the line, or Error when a file is missing
 */
export function readSeals(files: readonly string[], key: KeyObject): Seals {
  const byChain = new Map<string, Witness[]>();
  let count = 0;
  for (const file of files) {
    let previous = firstPrevious;
    let lastMs = Number.NEGATIVE_INFINITY;
    // A line without its end is being written at this moment.
    const lines = readFile(file).split('\n').slice(0, -1);
    for (const [i, line] of lines.entries()) {
      const name = `seal ${i + 1} of ${basename(file)}`;
      const seal = readSealLine(line, key);
      const fault = (says: string, kind: FaultKind = 'SEAL') =>
        new Faulty(kind, seal?.chain ?? null, seal?.seq ?? null, `${capital(name)} ${says}.`);
      if (!seal) throw fault('is not signed with this key: it was edited, or is not of this log');
      if (seal.previous !== previous)
        throw fault('does not follow the seal before it: a line was taken out or put in');
      const atMs = Date.parse(seal.time);
      if (atMs < lastMs - clockToleranceMs)
        throw fault(`says ${seal.time}, which is before the seal above it: the clock was set back`, 'CLOCK');
      lastMs = atMs;
      previous = hashOfLine(line);
      count += 1;
      const known = byChain.get(seal.chain) ?? [];
      known.push({ seq: seal.seq, hash: seal.head, atMs, closed: seal.closed, name });
      byChain.set(seal.chain, known);
    }
  }
  return { byChain, count };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(
      `The seals at ${file} cannot be read (${(error as NodeJS.ErrnoException).code}); name them with --seals or LAIHU_AUDIT_SEALS.`,
    );
  }
}

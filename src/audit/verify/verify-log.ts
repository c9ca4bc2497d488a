import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { noHash } from '../chain.ts';
import { type ChainStart, readChainLine } from './chain-line.ts';
import { ChainCheck, type Witness } from './check-chain.ts';
import { type Fault, Faulty } from './fault.ts';
import { readChain } from './read-entries.ts';
import { readSeals, type Seals } from './read-seals.ts';

/** What a verification found. */
export interface Verification {
  readonly entries: number;
  readonly chains: number;
  readonly seals: number;
  /** Entries behind the last seal of their chain: nothing outside the database proves them yet. */
  readonly unsealed: number;
  /** Null: the log is as it was written. */
  readonly fault: Fault | null;
}

export interface VerifyOptions {
  /** One connection. */
  readonly sql: Sql;
  readonly sealFiles: readonly string[];
  readonly publicKey: KeyObject;
}

/** A program that begins at this moment has written its first entry and not yet its seal. */
const firstSealMs = 1000;

/**
 * Walks the whole log, chain after chain, and compares it with the seals.
 * @returns the first fault, or none
 * @throws Error when the seals or the database cannot be read
 */
export async function verifyLog({ sql, sealFiles, publicKey }: VerifyOptions): Promise<Verification> {
  const seen = { entries: 0, chains: 0, seals: 0, unsealed: 0 };
  try {
    const line = await readChainLine(sql);
    let seals = readSeals(sealFiles, publicKey);
    if (line.some(({ chain }) => !seals.byChain.has(chain))) {
      await sleep(firstSealMs);
      seals = readSeals(sealFiles, publicKey);
    }
    seen.seals = seals.count;
    checkForeign(line, seals);
    const checks = new Map<string, ChainCheck>();
    for (const start of line) {
      const witnesses = witnessesOf(start, line, seals);
      const check = new ChainCheck(
        start.chain,
        start.prior ? Buffer.from(start.prior.hash, 'hex') : noHash,
        start.prior && checks.get(start.prior.chain)?.timeAt(start.prior.seq),
        witnesses,
      );
      checks.set(start.chain, check);
      await readChain(sql, start.chain, (canonical, hash) => {
        check.take(canonical, hash);
        seen.entries += 1;
      });
      check.end();
      seen.chains += 1;
      seen.unsealed += check.lastSeq - lastSealed(start.chain, seals);
    }
    checkAbsent(line, seals);
    return { ...seen, fault: null };
  } catch (error) {
    if (error instanceof Faulty) return { ...seen, fault: error.fault };
    throw error;
  }
}

const lastSealed = (chain: string, seals: Seals): number =>
  Math.max(...(seals.byChain.get(chain) ?? []).map(({ seq }) => seq));

/** The witnesses of a chain, from outside it: the seals, and the chain that was begun after it. */
function witnessesOf({ chain }: ChainStart, line: readonly ChainStart[], seals: Seals): readonly Witness[] {
  const sealed = seals.byChain.get(chain) ?? [];
  const follower = line.find(({ prior }) => prior?.chain === chain);
  if (!follower?.prior) return sealed;
  const { seq, hash } = follower.prior;
  return [
    ...sealed,
    { seq, hash, atMs: null, closed: false, name: `the first entry of chain ${follower.chain}` },
  ];
}

/** Chains without a seal. */
function checkForeign(line: readonly ChainStart[], seals: Seals): void {
  const foreign = line.find(({ chain }) => !seals.byChain.has(chain));
  if (foreign)
    throw new Faulty(
      'INSERTED',
      foreign.chain,
      0,
      `Chain ${foreign.chain} has no seal: no program whose seals these are has written it (each has a file of its own; give all of them).`,
    );
}

/** Seals of a missing chain: it was taken out, or the database is an older copy. */
function checkAbsent(line: readonly ChainStart[], seals: Seals): void {
  const there = new Set(line.map(({ chain }) => chain));
  for (const [chain, [first]] of seals.byChain)
    if (!there.has(chain))
      throw new Faulty(
        'CUT',
        chain,
        0,
        `Entry 0 of chain ${chain} is missing, but ${first?.name} knows it: the chain was taken out, or the database is an older copy.`,
      );
}

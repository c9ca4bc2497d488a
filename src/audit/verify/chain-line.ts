import type { Sql } from 'postgres';
import { Faulty } from './fault.ts';

/** A chain as its first entry describes it. */
export interface ChainStart {
  readonly chain: string;
  readonly prior: { readonly chain: string; readonly seq: number; readonly hash: string } | null;
}

/**
 * All chains of a log, in the line in which they follow one another.
 * @throws Faulty naming a chain without a beginning, one that follows a missing chain, or one that shares its
 * place
 */
export async function readChainLine(sql: Sql): Promise<readonly ChainStart[]> {
  // Jumps from chain to chain along the index: the table may be long.
  const chains = await sql<{ chain: string }[]>`
    with recursive c as (
      (select chain from audit.entries order by chain limit 1)
      union all
      select (select e.chain from audit.entries e where e.chain > c.chain order by e.chain limit 1)
      from c where c.chain is not null
    ) select chain::text as chain from c where chain is not null`;
  const starts = await sql<{ chain: string; prior: string | null; seq: number | null; hash: string }[]>`
    select chain::text as chain, prior_chain::text as prior, prior_seq::float8 as seq, encode(prev, 'hex') as hash
    from audit.entries where seq = 0 order by id`;
  const byChain = new Map(starts.map((start) => [start.chain, start]));
  for (const { chain } of chains)
    if (!byChain.has(chain)) throw new Faulty('MISSING', chain, 0, `Entry 0 of chain ${chain} is missing.`);

  const next = new Map<string, (typeof starts)[number]>();
  for (const start of starts) {
    const prior = start.prior ?? 'none';
    if (start.prior && !byChain.has(start.prior))
      throw new Faulty(
        'MISSING',
        start.prior,
        start.seq,
        `Chain ${start.prior} is missing: chain ${start.chain} was begun after its entry ${start.seq}.`,
      );
    if (next.has(prior))
      throw new Faulty('INSERTED', start.chain, 0, `Chain ${start.chain} stands where another chain does.`);
    next.set(prior, start);
  }
  const line: ChainStart[] = [];
  for (let at = next.get('none'); at; at = next.get(at.chain)) {
    if (line.length === starts.length) break;
    line.push({
      chain: at.chain,
      prior: at.prior === null ? null : { chain: at.prior, seq: at.seq ?? -1, hash: at.hash },
    });
  }
  const reached = new Set(line.map(({ chain }) => chain));
  const lost = starts.find(({ chain }) => !reached.has(chain));
  if (lost)
    throw new Faulty(
      'INSERTED',
      lost.chain,
      0,
      `Chain ${lost.chain} does not stand in the line of the others.`,
    );
  return line;
}

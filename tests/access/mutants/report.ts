import { type Judgement, type MutantKind, mutantKinds } from './mutant.ts';

const how = ['idle', 'start-up', 'verdicts', 'told', 'rows', 'surfaces'] as const;

/** A table: how many mutants of each kind there were, what killed them, and the share. */
export function tableOf(judgements: readonly Judgement[], seconds: ReadonlyMap<MutantKind, number>): string {
  const lines = mutantKinds.flatMap((kind) => {
    const all = judgements.filter((j) => j.kind === kind);
    if (all.length === 0) return [];
    const killed = all.filter((j) => j.killedBy !== null);
    const idle = all.filter((j) => j.killedBy === 'idle').length;
    const by = how.map((way) => killed.filter((j) => j.killedBy === way).length || '');
    return [
      [
        kind,
        all.length,
        ...by,
        shareOf(killed.length - idle, all.length - idle),
        Math.round(seconds.get(kind) ?? 0),
      ],
    ];
  });
  return [
    ['kind', 'mutants', ...how, 'killed', 'seconds'],
    how.map(() => '-').concat('-', '-', '-', '-'),
    ...lines,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Never 100 % while one is left. */
function shareOf(killed: number, all: number): string {
  return killed === all ? '100 %' : `${Math.min(99.9, (100 * killed) / all).toFixed(1)} %`;
}

export const survivorsOf = (judgements: readonly Judgement[]): string[] =>
  judgements
    .filter((j) => j.killedBy === null)
    .map(({ kind, name, because }) => `SURVIVED ${kind}: ${name}${because ? ` (${because})` : ''}`);

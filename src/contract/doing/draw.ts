import type { Transition } from './transition.ts';

/** The drawing of a machine as Markdown with a state diagram (Mermaid), and the table of its rows. */
export function drawMachine(record: string, transitions: readonly Transition[]): string {
  const arrows = new Map<string, string[]>();
  for (const { from, to, event } of transitions) {
    if (to === null && from !== 'NEW') continue;
    for (const was of from === 'NEW' || from === 'ANY' ? ['[*]'] : from) {
      const key = `${was} --> ${to ?? was}`;
      arrows.set(key, [...new Set([...(arrows.get(key) ?? []), event])]);
    }
  }
  const hasStates = transitions.some(({ to, from }) => to !== null || Array.isArray(from));
  const drawing = hasStates
    ? [
        '```mermaid',
        'stateDiagram-v2',
        ...[...arrows].map(([arrow, events]) => `  ${arrow}: ${events.join(', ')}`),
        '```',
        '',
      ]
    : [];
  return [
    `# ${record}`,
    '',
    'Made from `schema/machines/` by `npm run machines`; change the table, not this file.',
    '',
    ...drawing,
    '| from | event | to | who | what | clause |',
    '|---|---|---|---|---|---|',
    ...transitions.map(
      (row) =>
        `| ${states(row.from)} | \`${row.event}\` | ${row.to ?? ''} | ${who(row)} | ${row.title}${row.adverse ? ' (adverse)' : ''} | ${row.clause} |`,
    ),
    '',
  ].join('\n');
}

const states = (from: Transition['from']): string =>
  from === 'NEW' ? '–' : from === 'ANY' ? 'any' : from.join(', ');

const who = ({ bySystem, viewers, posts }: Transition): string =>
  bySystem ? 'the system' : `${[...viewers].join(', ')}${posts.length > 0 ? ` (${posts.join(', ')})` : ''}`;

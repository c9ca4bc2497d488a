import type { Latency } from './latency.ts';
import type { Measurement } from './measure.ts';
import type { ProgramTimes } from './program.ts';

const titles: Record<string, string> = {
  laihu: 'Laihu as it is started: policy, row scope, second wall, access log',
  noAudit: 'Laihu without the access log',
  programOnly: 'Laihu without log and second wall: only the rules of the program',
  policyOff: 'Laihu, policy off',
  postgraphile: 'PostGraphile 5, no policy',
  bare: 'Apollo + DataLoader + Drizzle builder, no policy',
  oneSql: 'one SQL statement that makes the JSON, no policy',
  sites: 'Laihu as it is started: policy, row scope, second wall, access log',
  sitesPolicyOff: 'Laihu, policy off',
};

/** The measurements of one page as a table; ratios are ours, the first, divided by theirs. */
export function resultsTable(results: readonly Measurement[]): string {
  const [ours] = results;
  const rows = results.map((r) => [
    titles[r.name] ?? r.name,
    r.throughput.toFixed(0),
    ours ? `${(ours.throughput / r.throughput).toFixed(2)}×` : '',
    r.nodeCpuMs.toFixed(2),
    ours ? `${(ours.nodeCpuMs / r.nodeCpuMs).toFixed(2)}×` : '',
    r.postgresCpuMs.toFixed(2),
    r.p50Ms.toFixed(0),
    r.p99Ms.toFixed(0),
    String(r.statements),
    String(Math.round(r.bytes / 1024)),
  ]);
  const heads = [
    'server',
    'requests/s',
    'ours ÷ theirs',
    'Node CPU ms/request',
    'ours ÷ theirs',
    'PostgreSQL CPU ms/request',
    'p50 ms',
    'p99 ms',
    'statements/request',
    'KiB',
  ];
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Waiting times of one district. */
export const questionsTable = (questions: readonly Latency[]): string =>
  [
    ['question', 'p50 ms', 'p90 ms'],
    ['---', '---', '---'],
    ...questions.map(({ title, p50Ms, p90Ms }) => [title, p50Ms.toFixed(1), p90Ms.toFixed(1)]),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** Starts, memory and import as a table. */
export function programTable(times: ProgramTimes): string {
  const rows = [
    [
      'first start with 20,000 migrants: database made, migrated, loaded',
      `${(times.firstStart / 1000).toFixed(1)} s`,
    ],
    ['next start on the same folder, to the first answer', `${(times.nextStart / 1000).toFixed(1)} s`],
    ['resident memory of the idle Node process', `${times.memory} MiB`],
    [
      `import of a file of ${times.importRows} registrations, checked and loaded`,
      `${times.importRate} rows/s`,
    ],
  ];
  return [['what', 'measured'], ['---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

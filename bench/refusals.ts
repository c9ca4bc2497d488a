import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { personalRecords } from '../src/contract/model/persons.ts';
import { DocumentCheck } from '../src/graph/check/document-check.ts';
import type { Execution } from '../src/graph/execution.ts';
import type { SentRequest } from '../src/graph/request-reading.ts';
import { createAuthenticate } from '../src/identity/authenticate.ts';
import { createDemoIssuer } from '../src/identity/demo-issuer.ts';
import { createGraph } from '../src/schema.ts';
import { createServer } from '../src/server.ts';
import { createPools } from '../src/store/pools.ts';
import { createRunner } from '../src/store/statements.ts';
import { hostileRequests } from './hostile-documents.ts';

/** Median CPU of one refusal. */
interface Refusal {
  readonly name: string;
  readonly ms: number;
  readonly bytes: number;
  /** HTTP status and code; `accepted` where nothing refuses it before it reads. */
  readonly answer: string;
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '9' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(`Measure the CPU that hostile requests of legal size cost until they are refused.

  --runs N     runs of each request, of which the median counts (default 9)
  --only TEXT  only requests whose name holds the text
  --write      put the table into bench/RESULTS.md
  --help       this text`);
  process.exit(0);
}

const graph = createGraph();
const check = new DocumentCheck(graph.bare, graph.accessPlan, personalRecords(graph.model));
// What would run is only looked at for its viewer, as before every execution; nothing reads, so no database is needed.
const executor = {
  read: (request: SentRequest) => graph.executor.read(request),
  execute: async ({ reading, context }: Execution) => {
    check.check(reading, context.viewer.department);
    return { data: { accepted: true } };
  },
} as typeof graph.executor;
const pools = createPools({ urls: () => 'postgres://nobody@127.0.0.1:1/none', statementTimeoutMs: 100 });
const demo = await createDemoIssuer(process.env.LAIHU_DATA ?? '/tmp/laihu-refusals');
const { app } = await createServer({
  graph: { ...graph, executor },
  pools,
  runner: createRunner(pools),
  authenticate: createAuthenticate({ verifiers: new Map([[demo.issuer, demo.verifier]]) }),
  cursorSecret: 'a secret of the bench',
  today: () => '2007-03-01',
  logLevel: 'silent',
});
const { token } = await demo.issue({ code: 'PSB' });

const ask = async (body: string) => {
  const answer = await app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    payload: body,
  });
  if (answer.body.includes('"accepted":true')) return 'accepted';
  return `${answer.statusCode} ${JSON.parse(answer.body).errors?.[0]?.extensions?.code ?? ''}`;
};

const letters = (n: number): string =>
  n === 0 ? 'z' : String.fromCharCode(97 + (n % 26)) + letters(Math.floor(n / 26));
const times = new Map<string, number[]>();
const answers = new Map<string, { answer: string; bytes: number }>();
// The small request that everything is compared with: the way through the server alone.
const baseline = (nonce: string) => ({
  name: 'a document of one field that is not there',
  body: JSON.stringify({ query: `query ${nonce} { nothing }` }),
});
for (let run = 0; run < Number(values.runs) + 3; run++) {
  const nonce = letters(run * 7919 + 1);
  for (const { name, body } of [baseline(nonce), ...hostileRequests(nonce)]) {
    if (values.only && !name.includes(values.only)) continue;
    const before = process.cpuUsage();
    const answer = await ask(body);
    const { user, system } = process.cpuUsage(before);
    answers.set(name, { answer, bytes: Buffer.byteLength(body) });
    // The first runs meet code that is not compiled yet.
    if (run >= 3) times.set(name, [...(times.get(name) ?? []), (user + system) / 1000]);
  }
}
const results: Refusal[] = [...times].map(([name, all]) => ({
  name,
  ms: all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!,
  ...answers.get(name)!,
}));
results.sort((a, b) => b.ms - a.ms);
const rows = results.map(
  ({ name, ms, bytes, answer }) => `| ${name} | ${ms.toFixed(1)} | ${Math.ceil(bytes / 1024)} | ${answer} |`,
);
const table = ['| request | CPU ms | KiB | answer |', '| --- | --- | --- | --- |', ...rows].join('\n');
console.log(table);
if (values.write) {
  const file = join(import.meta.dirname, 'RESULTS.md');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/(<!-- refusals -->\n)[\s\S]*?(<!-- \/refusals -->)/, `$1${table}\n$2`));
}
await app.close();
await pools.close();
process.exit(0);

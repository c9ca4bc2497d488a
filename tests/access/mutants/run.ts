import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { TestProject } from 'vitest/node';
import { connectTo } from '../../../src/store/connect.ts';
import { createPools } from '../../../src/store/pools.ts';
import setup, { templateName } from '../../support/global-setup.ts';
import { makeUnusual } from '../rows/unusual.ts';
import type { LaneData } from './contract-lane.ts';
import { judgePoint, runTests } from './judge-point.ts';
import { isAskedFor, type Judgement, type MutantKind, mutantKinds } from './mutant.ts';
import { enforcementPoints } from './points/index.ts';
import { survivorsOf, tableOf } from './report.ts';
import { createScratch } from './scratch.ts';

const { values } = parseArgs({
  options: {
    kind: { type: 'string', multiple: true },
    only: { type: 'string', multiple: true, default: [] },
    lanes: { type: 'string', default: '2' },
    json: { type: 'string' },
    'skip-control': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(`Does the access test see when the policy is not kept? Each policy directive, each cell of the tables, each row
scope, each row of the do-matrix with its cells, and each place that enforces is removed or widened in turn; what is to be seen is read from the files as they are.

  --kind K     only ${mutantKinds.join(', ')}; may be given several times
  --only TEXT  only mutants whose name holds the text, or one of several
  --lanes N    side by side (default 2)
  --json FILE  every judgement as JSON
  --skip-control  without the tests on the program as it is: for work on single mutants, never for a result

Ends with 1 when a mutant survives, or when the tests that judge fail on the program as it is.`);
  process.exit(0);
}

const { only } = values;
const lanes = Number(values.lanes);
const kinds = mutantKinds.filter((kind) => !values.kind || values.kind.includes(kind));
const judgements: Judgement[] = [];
const seconds = new Map<MutantKind, number>();
const say = (text: string) => process.stderr.write(`${text}\n`);

let serverUrl = '';
const provide = (_key: string, value: string) => {
  serverUrl = value;
};
const needsDistrict = kinds.some((kind) => ['row-scope', 'transition', 'point'].includes(kind));
if (needsDistrict) say('Loading a district …');
const teardown = needsDistrict ? await setup({ provide } as unknown as TestProject) : async () => {};
try {
  for (const kind of kinds) {
    const began = performance.now();
    await (kind === 'point' ? judgePoints() : judgeContracts(kind));
    seconds.set(kind, (performance.now() - began) / 1000);
    say(tableOf(judgements, seconds).split('\n').at(-1) ?? '');
  }
} finally {
  await teardown();
}
if (values.json) writeFileSync(values.json, JSON.stringify(judgements, null, 1));
for (const line of survivorsOf(judgements)) console.log(line);
console.log(tableOf(judgements, seconds));
process.exitCode = survivorsOf(judgements).length === 0 ? 0 : 1;

function note(judgement: Judgement): void {
  judgements.push(judgement);
  const { kind, name, killedBy, because } = judgement;
  if (killedBy === null || kind === 'point')
    say(`${killedBy ?? 'SURVIVED'}: ${name} — ${because.replaceAll(/\s+/g, ' ').slice(0, 160)}`);
  else if (judgements.length % 500 === 0) say(`${judgements.length} judged …`);
}

/** The lanes are threads: a mutant is a contract in memory. Rows are those of a district with what is rare. */
async function judgeContracts(kind: MutantKind): Promise<void> {
  const shared = kind === 'row-scope' ? await unusualDistrict() : '';
  const copies: string[] = [];
  for (let lane = 0; kind === 'transition' && lane < lanes; lane++)
    copies.push(await copyOfDistrict(`laihu_doing_${lane}`));
  const each = Array.from({ length: lanes }, (_, lane) => {
    const databaseUrl = copies[lane] ?? shared;
    const workerData: LaneData = { lane, lanes, kinds: [kind], only, databaseUrl };
    const worker = new Worker(new URL('./contract-lane.ts', import.meta.url), { workerData });
    worker.on('message', note);
    return new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`A lane ended with ${code}.`)),
      );
    });
  });
  await Promise.all(each);
}

/** A copy of the district. @returns its URL */
async function copyOfDistrict(name: string): Promise<string> {
  const server = connectTo(serverUrl, { max: 1, onnotice: () => {} });
  await server.unsafe(`drop database if exists ${name} with (force)`);
  await server.unsafe(`create database ${name} template ${templateName}`);
  await server.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** A copy of the district, made unusual. @returns its URL */
async function unusualDistrict(): Promise<string> {
  const url = await copyOfDistrict('laihu_unusual');
  const pools = createPools({ urls: () => url, statementTimeoutMs: 30_000 });
  await makeUnusual(pools);
  await pools.close();
  return url;
}

/** The lanes are copies of the program, in which the tests run that see a point. */
async function judgePoints(): Promise<void> {
  const points = enforcementPoints.filter(({ name, file }) => isAskedFor(`${file}: ${name}`, only));
  for (const wall of ['program', 'database'] as const) {
    const queue = points.filter((point) => point.wall === wall);
    const shared = wall === 'program' ? serverUrl : undefined;
    const lane = async () => {
      const scratch = createScratch(wall === 'program' ? 'owner' : 'viewer');
      try {
        for (let point = queue.shift(); point; point = queue.shift())
          note(await judgePoint(point, scratch, shared));
      } finally {
        scratch.remove();
      }
    };
    if (!values['skip-control']) await controlOf(queue, shared);
    await Promise.all(Array.from({ length: Math.min(lanes, queue.length) }, lane));
  }
}

/** The tests that judge must pass on the program as it is: otherwise a failure says nothing. */
async function controlOf(points: typeof enforcementPoints, shared: string | undefined): Promise<void> {
  const [first] = points;
  if (!first) return;
  const scratch = createScratch(first.wall === 'program' ? 'owner' : 'viewer');
  try {
    const tests = [...new Set(points.flatMap((point) => point.tests.map(({ file }) => file)))].filter(
      (file) => scratch.has(`tests/${file}`),
    );
    if (tests.length === 0) return;
    say(`Control: ${tests.length} tests on the program as it is, ${first.wall} wall alone …`);
    const failure = await runTests(scratch, tests, shared);
    if (failure !== null) throw new Error(`A test fails on the program as it is: ${failure}`);
  } finally {
    scratch.remove();
  }
}

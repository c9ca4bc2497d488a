import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { type District, openDistrict } from './district.ts';
import { type FirstRequest, firstRequestTable, measureFirstRequest } from './first-request.ts';
import type { Latency } from './latency.ts';
import type { Measurement } from './measure.ts';
import { measureProgram } from './program.ts';
import { programTable, questionsTable, resultsTable } from './results.ts';
import { sizeRatios, sizesTable } from './sizes.ts';
import { askQuestions, measureServers } from './turns.ts';
import { measureWrites, writesTable } from './writes.ts';

export interface CompareOptions {
  readonly quick: boolean;
  readonly json: boolean;
  readonly size: number;
  /** Only how long single questions wait. */
  readonly questionsOnly: boolean;
}

interface Results {
  readonly servers: readonly Measurement[];
  readonly questions: readonly Latency[];
  /** The same questions in a small district; none in a quick run. */
  readonly small: readonly Latency[];
  /** What persons wait who were never seen. */
  readonly firstRequest: FirstRequest | undefined;
  /** Mutations, and the same written by hand. */
  readonly writes: readonly Measurement[];
}

/** The district whose waiting times others are compared with. */
const smallSize = 10_000;
const rounds = 3;

/** Runs every server on the same database, in turns, and reports throughput, CPU, statements and waiting times. */
export async function compare(options: CompareOptions): Promise<void> {
  const { quick, size, questionsOnly } = options;
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const small =
    quick || size === smallSize
      ? []
      : await inDistrict(smallSize, say, (district) => askQuestions(district, { quick, say }));
  const results = await inDistrict(size, say, async (district) => ({
    servers: questionsOnly ? [] : await measureServers(district, { rounds, quick, say }),
    questions: await askQuestions(district, { quick, say }),
    small,
    firstRequest: questionsOnly ? undefined : await firstRequestIn(district, quick),
    writes: questionsOnly ? [] : await writesIn(district, quick, say),
  }));
  report(results, options);
  if (!quick && !questionsOnly) writeSection('program', programTable(await measureProgram(say)));
}

const firstRequestIn = ({ url, dataDir }: District, quick: boolean) =>
  measureFirstRequest({ url, dataDir, seconds: quick ? 5 : 10 });

const writesIn = (district: District, quick: boolean, say: (line: string) => void) =>
  measureWrites(district, { rounds: quick ? 1 : rounds, seconds: quick ? 2 : 5, say });

async function inDistrict<T>(
  size: number,
  say: (line: string) => void,
  work: (district: District) => Promise<T>,
): Promise<T> {
  const district = await openDistrict(size, say);
  try {
    return await work(district);
  } finally {
    await district.stop();
  }
}

function report({ servers, questions, small, firstRequest, writes }: Results, options: CompareOptions): void {
  const { quick, json, size, questionsOnly } = options;
  const isOfSites = ({ name }: Measurement) => name.startsWith('sites');
  const tables = {
    page: resultsTable(servers.filter((r) => !isOfSites(r))),
    sites: resultsTable(servers.filter(isOfSites)),
    first: firstRequest ? firstRequestTable(firstRequest) : '',
    writes: writesTable(writes),
    questions: small.length > 0 ? sizesTable(small, questions, [smallSize, size]) : questionsTable(questions),
  };
  const printed = questionsOnly ? [tables.questions] : Object.values(tables);
  if (json)
    process.stdout.write(
      `${JSON.stringify(asJson({ servers, questions, small, firstRequest, writes }, size))}\n`,
    );
  else process.stdout.write(`${printed.join('\n\n')}\n`);
  if (quick) return;
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, PostgreSQL 18 (embedded)`;
  writeSection(
    'questions',
    `${machine}; ${size} migrants; \`npm run bench -- --size ${size} --questions\`; one client, each question after the answer before, policy, second wall and access log as the server is started.\n\n${tables.questions}`,
  );
  if (questionsOnly) return;
  writeSection(
    'page',
    `${machine}; ${size} migrants; \`npm run bench\`; 16 connections, medians of ${rounds} rounds of 5 s each, the load generator on the same machine.\n\n${tables.page}`,
  );
  writeSection('sites', tables.sites);
  writeSection('first', tables.first);
  writeSection('writes', tables.writes);
}

/** What `--json` prints; keys are an interface, so they are added, never renamed. */
function asJson({ servers, questions, small, firstRequest, writes }: Results, size: number) {
  const all = [...servers, ...writes];
  const get = (name: string) => all.find((r) => r.name === name)?.throughput ?? Number.NaN;
  // The peers have no second wall and no log: what they are compared with has policy and row scope, and no more.
  const ratios = {
    postgraphile: get('programOnly') / get('postgraphile'),
    bare: get('programOnly') / get('bare'),
    postgraphileAsStarted: get('laihu') / get('postgraphile'),
    policyOff: get('programOnly') / get('policyOff'),
    secondWall: get('noAudit') / get('programOnly'),
    accessLog: get('laihu') / get('noAudit'),
    sitesPolicyOff: get('sites') / get('sitesPolicyOff'),
    /** An acceptance with all that follows, and a transition from which nothing follows. */
    writes: get('writes') / get('writesHandWritten'),
    writesAlone: get('writesAlone') / get('writesAloneHandWritten'),
    /** Waiting times here ÷ in the small district, by question. */
    size: sizeRatios(small, questions),
  };
  const byName = <T extends { readonly name: string }, V>(list: readonly T[], value: (one: T) => V) =>
    Object.fromEntries(list.map((one) => [one.name, value(one)]));
  return {
    ...byName(all, ({ throughput, nodeCpuMs }) => ({
      requestsPerSecond: throughput,
      cpuMsPerRequest: nodeCpuMs,
    })),
    persons: size,
    questions: byName(questions, ({ p50Ms, p90Ms }) => ({ p50Ms, p90Ms })),
    questionsOfSmall: byName(small, ({ p50Ms, p90Ms }) => ({ p50Ms, p90Ms })),
    ratios,
    firstRequest,
  };
}

/** Puts a section of RESULTS.md in the place of its last one. */
function writeSection(name: string, text: string): void {
  const file = join(import.meta.dirname, 'RESULTS.md');
  const place = new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`);
  const section = `<!-- ${name} -->\n${text}\n<!-- /${name} -->`;
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(place, () => section),
  );
}

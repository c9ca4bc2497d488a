import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { seedAll } from '../seeds/load.ts';
import { applyPolicy } from '../src/database/wall/apply.ts';
import { departments } from '../src/departments/index.ts';
import { createDemoIssuer } from '../src/identity/demo-issuer.ts';
import { createGraph } from '../src/schema.ts';
import { connectTo } from '../src/store/connect.ts';
import { clusterFolder } from '../src/store/embedded/connection-file.ts';
import { startEmbedded } from '../src/store/embedded/index.ts';
import { migrate } from '../src/store/migrate.ts';
import { createPools } from '../src/store/pools.ts';
import { type FirstRequest, firstRequestTable, measureFirstRequest } from './first-request.ts';
import { type Measurement, measure, medians } from './measure.ts';
import { barePage, laihuPage, postgraphilePage, sitesPage, subdistrict } from './page.ts';
import { startServer } from './processes.ts';
import { measureProgram } from './program.ts';
import { programTable, resultsTable } from './results.ts';

export interface CompareOptions {
  readonly quick: boolean;
  readonly json: boolean;
  readonly size: number;
}

const here = import.meta.dirname;
const rounds = 3;

/** Runs every server on the same database, one after the other, and reports throughput, CPU and statements. */
export async function compare({ quick, json, size }: CompareOptions): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const dataDir = join(here, `.data-${size}`);
  const embedded = await startEmbedded({ dataDir, log: say });
  try {
    await prepare(embedded.localUrl, size, say);
    const postmaster = Number(
      readFileSync(join(clusterFolder(dataDir), 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    const results = await measureAll(embedded.localUrl, dataDir, postmaster, quick, say);
    const url = embedded.localUrl;
    const firstRequest = await measureFirstRequest({ url, dataDir, seconds: quick ? 5 : 10 });
    say(firstRequestTable(firstRequest));
    report(results, firstRequest, { quick, json, size });
  } finally {
    await embedded.stop();
  }
  if (!quick) writeSection('program', programTable(await measureProgram(say)));
}

async function prepare(url: string, size: number, say: (line: string) => void): Promise<void> {
  const urlOf = () => url;
  const stores = departments.map(({ store }) => store);
  await migrate({
    urlOf,
    stores,
    folder: join(here, '../migrations'),
    log: say,
  });
  const pools = createPools({ urls: urlOf, statementTimeoutMs: 600_000 });
  await applyPolicy(createGraph().wall, { owner: pools.ownerOf('access'), ownerUrl: url, stores });
  await seedAll(pools, { size, log: say });
  await pools.ownerOf('housing').unsafe('vacuum analyze');
  await pools.close();
}

async function measureAll(
  url: string,
  dataDir: string,
  postmaster: number,
  quick: boolean,
  say: (line: string) => void,
): Promise<Measurement[]> {
  const demo = await createDemoIssuer(dataDir);
  const bearer = async (code: string, unit?: string, purpose = 'REGISTRATION') => ({
    authorization: `Bearer ${(await demo.issue({ code, unit })).token}`,
    'laihu-purpose': purpose,
  });
  const officer = await bearer('SUB', `PT-SUB-${subdistrict.slice(6)}`);
  const registrar = await bearer('PSB');
  const builders = await bearer('CON', undefined, 'SITE_SAFETY');
  const query = (source: string) => JSON.stringify({ query: source });
  const restricted = `, filter: { subdistrictCode: { eq: "${subdistrict}" } }`;
  const servers = [
    ...[
      { name: 'laihu', args: ['wall', 'audit'] },
      { name: 'noAudit', args: ['wall'] },
      { name: 'programOnly', args: [] },
    ].map((mode) => ({ ...mode, file: 'laihu.ts', body: query(laihuPage('')), headers: officer })),
    {
      name: 'policyOff',
      file: 'laihu.ts',
      args: ['off'],
      body: query(laihuPage(restricted)),
      headers: registrar,
    },
    { name: 'postgraphile', file: 'postgraphile.ts', args: [], body: query(postgraphilePage), headers: {} },
    { name: 'bare', file: 'bare.ts', args: [], body: query(barePage), headers: {} },
    { name: 'oneSql', file: 'one-sql.ts', args: [], body: '{}', headers: {} },
    ...[
      { name: 'sites', args: ['wall', 'audit'] },
      { name: 'sitesPolicyOff', args: ['off'] },
    ].map((mode) => ({ ...mode, file: 'laihu.ts', body: query(sitesPage), headers: builders })),
  ];
  const sql = connectTo(url, { max: 1, onnotice: () => {} });
  const results: Measurement[] = [];
  // The machine is not equally fast from minute to minute: every server has its turn in every round.
  const turns = Array.from({ length: quick ? 3 : rounds }, () => servers).flat();
  try {
    for (const { name, file, args, body, headers } of turns) {
      const server = await startServer(
        join(here, 'servers', file),
        { DATABASE_URL: url, LAIHU_DATA: dataDir },
        args,
      );
      try {
        const done = await measure({
          name,
          server,
          body,
          headers,
          seconds: quick ? 3 : 5,
          connections: 16,
          postmaster,
          sql,
        });
        say(
          `${name}: ${done.throughput.toFixed(0)} requests/s, ${done.nodeCpuMs.toFixed(2)} ms CPU, PostgreSQL ${done.postgresCpuMs.toFixed(2)} ms, ${done.statements} statements`,
        );
        results.push(done);
      } finally {
        await server.stop();
      }
    }
  } finally {
    await sql.end();
  }
  return servers.map(({ name }) => medians(results.filter((r) => r.name === name)));
}

function report(
  results: readonly Measurement[],
  firstRequest: FirstRequest,
  { quick, json, size }: CompareOptions,
): void {
  const get = (name: string) => results.find((r) => r.name === name)?.throughput ?? Number.NaN;
  // The peers have no second wall and no log: what they are compared with has policy and row scope, and no more.
  const ratios = {
    postgraphile: get('programOnly') / get('postgraphile'),
    bare: get('programOnly') / get('bare'),
    postgraphileAsStarted: get('laihu') / get('postgraphile'),
    policyOff: get('programOnly') / get('policyOff'),
    secondWall: get('noAudit') / get('programOnly'),
    accessLog: get('laihu') / get('noAudit'),
    sitesPolicyOff: get('sites') / get('sitesPolicyOff'),
  };
  const isOfSites = ({ name }: Measurement) => name.startsWith('sites');
  const tables = {
    page: resultsTable(results.filter((r) => !isOfSites(r))),
    sites: resultsTable(results.filter(isOfSites)),
  };
  if (json) {
    const servers = Object.fromEntries(
      results.map(({ name, throughput, nodeCpuMs }) => [
        name,
        { requestsPerSecond: throughput, cpuMsPerRequest: nodeCpuMs },
      ]),
    );
    process.stdout.write(`${JSON.stringify({ ...servers, ratios, firstRequest })}\n`);
  } else process.stdout.write(`${tables.page}\n\n${tables.sites}\n`);
  if (quick) return;
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, PostgreSQL 18 (embedded)`;
  writeSection(
    'page',
    `${machine}; ${size} migrants; \`npm run bench\`; 16 connections, medians of ${rounds} rounds of 5 s each, the load generator on the same machine.\n\n${tables.page}`,
  );
  writeSection('sites', tables.sites);
  writeSection('first', firstRequestTable(firstRequest));
}

/** Puts a section of RESULTS.md in the place of its last one. */
function writeSection(name: string, text: string): void {
  const file = join(here, 'RESULTS.md');
  const place = new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`);
  const section = `<!-- ${name} -->\n${text}\n<!-- /${name} -->`;
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(place, () => section),
  );
}

import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { seedAll } from '../seeds/load.ts';
import { Chain } from '../src/audit/chain.ts';
import { ChainStore, uuidText } from '../src/audit/chain-store.ts';
import type { AccessEvent } from '../src/audit/event.ts';
import { readAuditKey } from '../src/audit/key.ts';
import { ensureAuditRole } from '../src/audit/role.ts';
import { SealFile } from '../src/audit/seals.ts';
import { SubjectTokens } from '../src/audit/subject-tokens.ts';
import { verifyLog } from '../src/audit/verify/verify-log.ts';
import { Writer } from '../src/audit/writer.ts';
import { applyPolicy } from '../src/database/wall/apply.ts';
import { departments } from '../src/departments/index.ts';
import { createDemoIssuer } from '../src/identity/demo-issuer.ts';
import { createGraph } from '../src/schema.ts';
import { connectTo } from '../src/store/connect.ts';
import { startEmbedded } from '../src/store/embedded/index.ts';
import { migrate } from '../src/store/migrate.ts';
import { createPools } from '../src/store/pools.ts';
import { laihuPage } from './page.ts';
import { cpuOf, startServer } from './processes.ts';

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '300000' },
    size: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '10' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(`Measure the access log: what verifying costs, and what recording costs a request at 64 at once.

  --entries N    entries of the log that is verified (default 300000)
  --size N       persons of the district that is asked (default 20000)
  --seconds N    length of each of six runs (default 10)`);
  process.exit(0);
}

const migrations = join(import.meta.dirname, '../migrations');
const folder = mkdtempSync(join(tmpdir(), 'laihu-audit-bench-'));
chmodSync(folder, 0o755);
const embedded = await startEmbedded({ dataDir: folder, log: () => {} });
try {
  const pools = createPools({ urls: () => embedded.localUrl, statementTimeoutMs: 60_000 });
  const stores = departments.map(({ store }) => store);
  await migrate({ urlOf: () => embedded.localUrl, stores, folder: migrations, log: () => {} });
  const log = new URL(embedded.localUrl);
  log.pathname = '/laihu_log_bench';
  await pools.ownerOf('audit').unsafe('create database laihu_log_bench');
  await migrate({ urlOf: () => log.href, stores: ['audit'], folder: migrations, log: () => {} });
  await verifying(log.href, Number(values.entries));
  await applyPolicy(createGraph().wall, {
    owner: pools.ownerOf('access'),
    ownerUrl: embedded.localUrl,
    stores,
  });
  await seedAll(pools, { size: Number(values.size), log: () => {} });
  await pools.close();
  await recording(embedded.localUrl, Number(values.seconds));
} finally {
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Fills a log as the writer does, in groups of 64: nine in ten entries with 1 to 20 subjects, the tenth with 100. */
async function verifying(url: string, count: number): Promise<void> {
  const owner = connectTo(url, { max: 1, onnotice: () => {} });
  const key = readAuditKey(join(folder, 'audit-key.pem'), true);
  const tokens = new SubjectTokens(key.subjects);
  const store = new ChainStore(await ensureAuditRole(owner, url), 60_000);
  const chain = await Chain.start(store, Date.now);
  const coordinates = [
    'Query.migrants',
    ...['id', 'name', 'sex', 'citizenIdNumber', 'leases'].map((f) => `Migrant.${f}`),
  ];
  const events = Array.from({ length: 640 }, (_, i): AccessEvent => {
    const ids = Array.from({ length: i % 10 === 0 ? 100 : (i % 20) + 1 }, () => randomUUID());
    return {
      operation: 'QUERY',
      person: 'demo-sub',
      viewer: 'SUBDISTRICT',
      unit: 'PT-SUB-015',
      posts: [],
      purpose: 'REGISTRATION',
      client: null,
      coordinates,
      fieldGroups: ['IDENTITY_BASICS', 'IDENTITY_NUMBER', 'LEASE_STATUS'],
      deniedGroups: [],
      subjects: tokens.of([['Migrant', ids]]),
      verdict: 'ALLOWED',
      isMasked: true,
      rowCount: ids.length,
    };
  });
  const began = performance.now();
  for (let done = 0; done < count; done += 64) {
    const group = chain.group(events.slice(done % 640, (done % 640) + 64));
    await store.append(group.rows);
    chain.advance(group.head);
  }
  console.log(
    `written: ${Math.round(count / ((performance.now() - began) / 1000))} entries/s in groups of 64`,
  );
  const sealFile = join(folder, 'seals.jsonl');
  const { head } = chain;
  const seals = new SealFile(sealFile);
  seals.append(
    {
      time: new Date().toISOString(),
      chain: uuidText(head.chain),
      seq: head.seq,
      head: head.hash.toString('hex'),
      count: head.seq + 1,
      closed: true,
    },
    key.sign,
  );
  seals.close();
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    const found = await verifyLog({ sql: owner, sealFiles: [sealFile], publicKey: key.verify });
    if (found.fault) throw new Error(found.fault.message);
    console.log(
      `verified: ${Math.round(found.entries / ((performance.now() - start) / 1000))} entries/s (${found.entries})`,
    );
  }
  const [size] =
    await owner`select pg_size_pretty(pg_table_size('audit.entries')) as "table", pg_size_pretty(pg_indexes_size('audit.entries')) as indexes`;
  console.log(`size of ${count}: table ${size?.table}, indexes ${size?.indexes}`);
  await waiting(store, events);
  await store.close();
  await owner.end();
}

/** How long requests wait for their entry when 64 ask at once, each again as soon as it is recorded. */
async function waiting(store: ChainStore, events: readonly AccessEvent[]): Promise<void> {
  const writer = await Writer.open({ store, timeoutMs: 5000, onFault: console.error });
  const waits: number[] = [];
  const until = performance.now() + Number(values.seconds) * 1000;
  await Promise.all(
    Array.from({ length: 64 }, async (_, i) => {
      for (let n = i; performance.now() < until; n += 64) {
        const began = performance.now();
        await writer.record(events[n % events.length]!);
        waits.push(performance.now() - began);
      }
    }),
  );
  await writer.close();
  waits.sort((a, b) => a - b);
  const at = (share: number) => (waits[Math.floor(waits.length * share)] ?? 0).toFixed(1);
  console.log(
    `the log alone, 64 at once: ${Math.round(waits.length / Number(values.seconds))} entries/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
  );
}

/** The hot page and a small question, with and without the log, in turns. */
async function recording(url: string, seconds: number): Promise<void> {
  const { token } = await (await createDemoIssuer(folder)).issue({ code: 'SUB' });
  const headers = {
    'content-type': 'application/json',
    'laihu-purpose': 'REGISTRATION',
    authorization: `Bearer ${token}`,
  };
  const documents = [
    ['page of 100 migrants', laihuPage('')],
    ['one permit', '{ permits(first: 1) { nodes { id permitNo holder { id name } } } }'],
  ] as const;
  const file = join(import.meta.dirname, 'servers/laihu.ts');
  for (const [name, query] of documents)
    for (const connections of [16, 64])
      for (const mode of ['off', 'on', 'off', 'on']) {
        const env = { DATABASE_URL: url, LAIHU_DATA: folder };
        const server = await startServer(file, env, mode === 'on' ? ['wall', 'audit'] : ['wall']);
        const options = {
          url: server.url,
          method: 'POST' as const,
          headers,
          body: JSON.stringify({ query }),
          connections,
        };
        await autocannon({ ...options, duration: 3 });
        const cpu = cpuOf(server.pid);
        const { latency, requests, non2xx, errors } = await autocannon({ ...options, duration: seconds });
        const ms = ((cpuOf(server.pid) - cpu) / requests.total).toFixed(2);
        console.log(
          `${name}, ${connections} at once, log ${mode}: ${requests.average} requests/s, p50 ${latency.p50} ms, p99 ${latency.p99} ms, Node CPU ${ms} ms, failed ${non2xx + errors}`,
        );
        await server.stop();
      }
}

import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import { connectTo } from '../../src/store/connect.ts';
import { runningEmbedded } from '../../src/store/embedded/index.ts';
import { digestOf } from './digest.ts';
import { templateName } from './district-names.ts';

const root = join(import.meta.dirname, '../..');

/** The data folder of the server that `npm run test:server` keeps. */
export const keptFolder = join(root, 'node_modules/.cache/laihu-test');

/** The server that is kept, while its program runs; never that of another tree, whose node_modules this one links to. */
export const keptServer = (): string | undefined =>
  lstatSync(join(root, 'node_modules')).isSymbolicLink() ? undefined : runningEmbedded(keptFolder)?.localUrl;

/** What the rows of the district follow from: where it changed, they are loaded anew. */
const ofTheRows = [
  'migrations/**/*.{sql,json}',
  'schema/**/*',
  'seeds/**/*',
  'src/{audit,identifiers,statistics,store}/**/*.ts',
  'src/departments/{*/tables,*/tables/*,*/task-kinds,record-table,enum-codes}.ts',
  'tests/support/{district,recorded-reads}.ts',
];

/** What roles, grants and row-level security follow from besides: they are applied anew, the rows stay. */
const ofThePolicy = ['src/**/*.ts'];

/** Of which sources a district was made. */
interface Stamp {
  readonly rows: string;
  readonly policy: string;
}

const stampOfSources = (): Stamp => ({
  rows: digestOf(root, ofTheRows),
  policy: digestOf(root, ofThePolicy),
});

/** What is written at the template itself, so that it goes with it. */
async function stampOf(server: Sql): Promise<Partial<Stamp>> {
  const [template] = await server`
    select shobj_description(oid, 'pg_database') as stamp from pg_database where datname = ${templateName}`;
  return template?.stamp ? (JSON.parse(template.stamp) as Stamp) : {};
}

const writeStamp = (server: Sql, stamp: Stamp) =>
  server.unsafe(`comment on database ${templateName} is '${JSON.stringify(stamp)}'`);

/** Two runs that find the district out of date make it once. */
const lockKey = 20070302;

/**
 * Makes the district of a kept server what the sources say, if it is not: rows and policy, or the policy alone.
 * @returns what had to be made anew
 */
export async function bringUpToDate(serverUrl: string): Promise<'nothing' | 'policy' | 'everything'> {
  const server = connectTo(serverUrl, { max: 1, onnotice: () => {} });
  try {
    await server`select pg_advisory_lock(${lockKey})`;
    const [found, wanted] = [await stampOf(server), stampOfSources()];
    if (found.rows === wanted.rows && found.policy === wanted.policy) return 'nothing';
    // The product is loaded only where something is to be made: that takes longer than the rest of a start.
    const { applyPolicyAnew, loadDistrict } = await import('./district.ts');
    const isPolicyOnly = found.rows === wanted.rows;
    if (isPolicyOnly) await applyPolicyAnew(serverUrl);
    else await loadDistrict(serverUrl, true);
    await writeStamp(server, wanted);
    return isPolicyOnly ? 'policy' : 'everything';
  } finally {
    await server.end();
  }
}

/** Drops what tests that were killed left behind; nobody else is on a server that has just been started. */
export async function dropLeftDatabases(serverUrl: string): Promise<void> {
  const server = connectTo(serverUrl, { max: 1, onnotice: () => {} });
  try {
    for (const {
      datname,
    } of await server`select datname from pg_database where datname like 'laihu\\_test\\_%'`)
      await server.unsafe(`drop database ${datname} with (force)`);
  } finally {
    await server.end();
  }
}

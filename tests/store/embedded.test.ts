import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { type Embedded, startEmbedded } from '../../src/store/embedded/index.ts';

const asRoot = process.getuid?.() === 0;
const cleanups: (() => unknown)[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new data folder, below one that others may enter or not. */
function newFolder(mode = 0o755): string {
  const parent = mkdtempSync(join(tmpdir(), 'laihu-embedded-'));
  chmodSync(parent, mode);
  folders.push(parent);
  return join(parent, 'data');
}

/** The folder of most tests: making a cluster takes longer than all that they do with it. */
const dataDir = newFolder();

async function start(dataDir: string, log: (line: string) => void = () => {}): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, log });
  cleanups.push(() => embedded.stop());
  return embedded;
}

const query = <T>(url: string, text: string) => ask<T>(postgres(url, { max: 1, onnotice: () => {} }), text);
const localQuery = <T>(at: Embedded, text: string) => ask<T>(connectTo(at.localUrl, { max: 1 }), text);

async function ask<T>(sql: Sql, text: string): Promise<T> {
  try {
    const rows = await sql.unsafe(text);
    return rows[0] as T;
  } finally {
    await sql.end();
  }
}

/** Starts a program that runs the server of a folder, in a process of its own. */
async function program(dataDir: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'embedded-program.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanups.push(() => child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, url: line.toString().trim() };
}

const postmaster = (dataDir: string) =>
  Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

describe('the embedded server', () => {
  it('is reached through its socket, and by its port from a folder with too long a name for one', async () => {
    const through = 'select inet_server_addr() is null as socket';
    const near = await start(dataDir);
    expect(await localQuery(near, through)).toEqual({ socket: true });
    await near.stop();
    const far = await start(join(newFolder(), 'n'.repeat(100)));
    expect(await localQuery(far, through)).toEqual({ socket: false });
  });

  it('keeps its data from one start to the next', async () => {
    const first = await start(dataDir);
    await query(first.url, 'create table kept as select 7 as value');
    await first.stop();
    const second = await start(dataDir);
    expect(await query(second.url, 'select value from kept')).toEqual({ value: 7 });
  });

  it('asks for a password, which only the owner of the folder can read', async () => {
    const { url } = await start(dataDir);
    const other = new URL(url);
    other.password = 'guessed';
    await expect(query(other.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    expect(statSync(join(dataDir, 'embedded.json')).mode & 0o777).toBe(0o600);
  });

  it('stops with its program and leaves neither process nor lock', async () => {
    const embedded = await start(dataDir);
    const pid = postmaster(dataDir);
    await embedded.stop();
    expect(existsSync(join(dataDir, 'laihu.lock'))).toBe(false);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });

  it('refuses a folder that another program uses, and names that program', async () => {
    const { child } = await program(dataDir);
    await expect(startEmbedded({ dataDir, log: () => {} })).rejects.toThrow(
      `The data folder ${dataDir} is used by another Laihu (process ${child.pid}); stop it or set LAIHU_DATA to another folder.`,
    );
  });

  it('starts again on the folder of a program that was killed, with every committed row', async () => {
    const { child, url } = await program(dataDir);
    await query(url, 'drop table if exists committed; create table committed as select 1 as value');
    const orphan = postmaster(dataDir);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const again = await start(dataDir);
    expect(postmaster(dataDir)).not.toBe(orphan);
    expect(await query(again.url, 'select value from committed')).toEqual({ value: 1 });
  });

  it('starts again where program and server were both killed', async () => {
    const { child, url } = await program(dataDir);
    await query(url, 'drop table if exists committed; create table committed as select 1 as value');
    process.kill(postmaster(dataDir), 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const again = await start(dataDir);
    expect(await query(again.url, 'select value from committed')).toEqual({ value: 1 });
  });

  it('takes no notice of a lock whose process number belongs to somebody else by now', async () => {
    await (await start(dataDir)).stop();
    writeFileSync(join(dataDir, 'laihu.lock'), `${process.ppid} 1\n`);
    await expect(start(dataDir)).resolves.toBeDefined();
  });

  it('sets a new password where the old one is lost, and keeps the data', async () => {
    const first = await start(dataDir);
    await query(first.url, 'create table old as select 7 as value');
    await first.stop();
    writeFileSync(join(dataDir, 'embedded.json'), '');
    const second = await start(dataDir);
    expect(new URL(second.url).password).not.toBe(new URL(first.url).password);
    expect(await query(second.url, 'select value from old')).toEqual({ value: 7 });
  });

  it('refuses data of another PostgreSQL and leaves it as it is', async () => {
    await (await start(dataDir)).stop();
    const version = join(dataDir, 'postgres/PG_VERSION');
    writeFileSync(version, '12\n');
    await expect(startEmbedded({ dataDir, log: () => {} })).rejects.toThrow(
      /was made by PostgreSQL 12, this Laihu brings 18/,
    );
    expect(existsSync(join(dataDir, 'laihu.lock'))).toBe(false);
    writeFileSync(version, '18\n');
    await expect(start(dataDir)).resolves.toBeDefined();
  });

  it('says what PostgreSQL says where it does not start, and gives the folder back', async () => {
    await (await start(dataDir)).stop();
    const settings = join(dataDir, 'postgres/postgresql.conf');
    const before = readFileSync(settings, 'utf8');
    writeFileSync(settings, 'no_such_setting = 1\n');
    await expect(startEmbedded({ dataDir, log: () => {} })).rejects.toThrow(
      /did not start on .*no_such_setting/,
    );
    expect(existsSync(join(dataDir, 'laihu.lock'))).toBe(false);
    writeFileSync(settings, before);
  });

  it('writes no statement and no value of one into its log', async () => {
    const { url } = await start(dataDir);
    await query(url, 'create table people (number text primary key)');
    await query(url, `insert into people values ('310107197001011234')`);
    await expect(query(url, `insert into people values ('310107197001011234')`)).rejects.toThrow(/duplicate/);
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toContain('310107197001011234');
  });

  it.runIf(asRoot)('never runs as root: as nobody, where others may enter the folder', async () => {
    const dataDir = newFolder(0o755);
    await start(dataDir);
    expect(statSync(`/proc/${postmaster(dataDir)}`).uid).not.toBe(0);
  });

  it.runIf(asRoot)('starts twice as root in a folder that others may not enter', async () => {
    const dataDir = newFolder(0o700);
    const first = await start(dataDir);
    await query(first.url, 'create table kept as select 7 as value');
    await first.stop();
    const second = await start(dataDir);
    expect(await query(second.url, 'select value from kept')).toEqual({ value: 7 });
  });

  it.runIf(asRoot)('starts as root on a folder that was closed to others since', async () => {
    const dataDir = newFolder(0o755);
    await (await start(dataDir)).stop();
    chmodSync(join(dataDir, '..'), 0o700);
    await expect(start(dataDir)).resolves.toBeDefined();
  });
});

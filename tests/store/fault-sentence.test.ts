import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { faultSentence } from '../../src/store/fault-sentence.ts';
import { createTestDatabase } from '../support/database.ts';

/** One sentence, or two joined by a colon; no stack, no call of the system, nothing of the driver. */
const sentence = /^[A-Z/][^\n]*\.$/;
const driversWords =
  /errno|syscall|listen |open '|mkdir|PostgresError|at Object|CONNECTION_|relation|secret|310107/;

describe('an error of the operating system', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'laihu-faults-'));
    writeFileSync(join(folder, 'file'), '');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const thrown = (work: () => unknown): unknown => {
    try {
      work();
    } catch (error) {
      return error;
    }
    throw new Error('Nothing was thrown.');
  };
  const works: Record<string, () => unknown> = {
    ENOENT: () => readFileSync(join(folder, 'nothing')),
    ENOTDIR: () => mkdirSync(join(folder, 'file', 'below')),
    EEXIST: () => mkdirSync(join(folder, 'file')),
    EISDIR: () => openSync(folder, 'w'),
  };
  it.each(Object.keys(works))('%s names the place and says what to do', (code) => {
    const error = thrown(works[code]!);
    expect(error).toMatchObject({ code });
    const said = faultSentence(error);
    expect(said).toMatch(sentence);
    expect(said).toContain(folder);
    expect(said).not.toMatch(driversWords);
  });

  it('a full disk is named where the error names no place', () => {
    const error = Object.assign(new Error('write'), { code: 'ENOSPC' });
    expect(faultSentence(error, '/srv/rows.csv')).toContain('/srv/rows.csv');
  });

  it('a port in use is named with the variable that changes it', async () => {
    const first = createServer();
    await new Promise<void>((done) => first.listen(0, '127.0.0.1', done));
    const { port } = first.address() as AddressInfo;
    const second = createServer();
    const error = await new Promise((fail) => second.once('error', fail).listen(port, '127.0.0.1'));
    first.close();
    expect(faultSentence(error)).toMatch(new RegExp(`^Port ${port} is in use.*PORT`));
  });
});

describe('an error of the database', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let sql: ReturnType<typeof connectTo>;
  beforeAll(async () => {
    database = await createTestDatabase('nothing');
    sql = connectTo(database.url, { max: 1, onnotice: () => {} });
  });
  afterAll(async () => {
    await sql?.end({ timeout: 1 });
    await database?.drop();
  });

  const errorOf = (statement: string, at = sql) => at.unsafe(statement).catch((error: unknown) => error);

  it.each([
    ['a value that a column does not take', `select '310107197001011234'::uuid`],
    ['a backend that was ended', 'select pg_terminate_backend(pg_backend_pid())'],
    ['a resource that ran out', `do $$ begin raise exception 'secret' using errcode = '53100'; end $$`],
    ['a right that is missing', `do $$ begin raise exception 'secret' using errcode = '42501'; end $$`],
  ])('%s is said without a value and without the driver’s words', async (_, statement) => {
    const said = faultSentence(await errorOf(statement));
    expect(said).toMatch(sentence);
    expect(said).not.toMatch(driversWords);
  });

  it('a database that is not there, and one that nobody runs', async () => {
    const url = new URL(database.url);
    url.pathname = '/not_there';
    for (const place of [url.href, 'postgres://nobody:secret@127.0.0.1:1/none']) {
      const other = connectTo(place, { max: 1, onnotice: () => {} });
      const said = faultSentence(await errorOf('select 1', other));
      await other.end({ timeout: 0 });
      expect(said).toMatch(sentence);
      expect(said).not.toMatch(driversWords);
      expect(said).toMatch(/database/);
    }
  });

  it('an error that another one wraps is found', async () => {
    const error = new Error('a whole statement with 310107197001011234', {
      cause: await errorOf(`do $$ begin raise exception 'secret' using errcode = '53100'; end $$`),
    });
    expect(faultSentence(error)).toContain('disk of the database is full');
  });
});

it('an error of this program keeps its words', () => {
  expect(faultSentence(new Error('No file of labour was imported yet.'))).toBe(
    'No file of labour was imported yet.',
  );
});

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getTableConfig } from 'drizzle-orm/pg-core';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewerLogin } from '../../src/database/wall/login.ts';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { connectTo } from '../../src/store/connect.ts';
import { startTestServer, type TestServer } from '../http/test-server.ts';
import type { FileKind } from '../import/synthetic-rows.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph } from '../support/graph.ts';
import { globalId } from './asking/expectation.ts';
import { expectNoProblems } from './asking/no-problems.ts';
import { everything, isRelation, selectionText } from './asking/selection.ts';
import { openSetting, recordTypes, type Setting, sharedDistrict } from './asking/setup.ts';
import { bytesOf } from './bytes-sent.ts';
import { type Exported, files, importAndExport, kinds } from './exporting/refused-rows.ts';
import type { RawRow } from './reading/district.ts';

// What leaves the product as a file or on a terminal. Records leave by exports, which are queries (tests/http/exports.test.ts).
// Other rows leave in one way: those of a monthly file that were refused, as their department wrote them, listed and
// written as CSV for who owns the command line of the machine. They hold that department's text and nothing else that is
// stored, and no viewer reaches them.

const everyCanary = kinds.flatMap((kind) => files[kind].canaries);

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let setting: Setting;
let server: TestServer;
let person: RawRow;
/** Paths that the server answers, as it declares them. */
const routes = new Set<string>();
let exported: ReadonlyMap<FileKind, Exported>;

const listenToRoutes = (message: unknown) => {
  const { fastify } = message as { fastify: FastifyInstance };
  fastify.addHook('onRoute', ({ url }) => void routes.add(url));
};

/** Rows about the person in the registers of these departments. */
const about = (): [string, RawRow][] =>
  (
    [
      ['Migrant', 'id'],
      ['ResidenceRegistration', 'personId'],
      ['Lease', 'tenantMigrantId'],
      ['Employment', 'employeeId'],
    ] as const
  ).flatMap(([type, by]) =>
    (setting.district.by(type, by).get(person.id) ?? []).map((row): [string, RawRow] => [type, row]),
  );

beforeAll(async () => {
  database = await createTestDatabase('district');
  const graph = createTestGraph(database.url);
  const { district } = await sharedDistrict();
  person = district
    .rows('Migrant')
    .find(
      ({ id, citizenIdNumber, shielded, subdistrictCode }) =>
        citizenIdNumber &&
        !shielded &&
        subdistrictCode === '310107015' &&
        district.by('Lease', 'tenantMigrantId').has(id) &&
        district.by('Employment', 'employeeId').has(id),
    )!;
  exported = await importAndExport(String(person.citizenIdNumber), database.url, graph.pools);
  setting = await openSetting(graph);
  subscribe('fastify.initialization', listenToRoutes);
  server = await startTestServer({ databaseUrl: database.url, objectsPerMinute: 100_000_000 });
});
afterAll(async () => {
  unsubscribe('fastify.initialization', listenToRoutes);
  await server.close();
  await setting.graph.close();
  await database.drop();
});

describe.each(kinds)('the refused rows of %s', (kind) => {
  const { code, canaries } = files[kind];

  test('are exported to the owner of the command line, who alone can open the file', () => {
    const { listed, csv, mode } = exported.get(kind)!;
    for (const canary of canaries) {
      expect(listed).toContain(canary);
      expect(csv).toContain(canary);
    }
    if (process.platform !== 'win32') expect(mode).toBe(0o600);
  });

  test('are not among those of another department, nor in what an import says', () => {
    const foreign = everyCanary.filter((canary) => !canaries.includes(canary));
    const { said, listed, csv } = exported.get(kind)!;
    expect(said).toMatch(/2 rows, 1 accepted|"rows":2,"accepted":1/);
    expect(everyCanary.filter((canary) => said.includes(canary))).toEqual([]);
    expect(foreign.filter((canary) => (listed + csv).includes(canary))).toEqual([]);
  });

  test('say nothing stored of the person that the department may not see, though others see it', async () => {
    const { sent, said, listed, csv } = exported.get(kind)!;
    const expected = setting.expect(code);
    for (const [type, row] of about()) expected.withhold(type, row);
    // What the department wrote itself it knows.
    const withheld = [...expected.withheld].filter(([value]) => !sent.includes(value));
    expectNoProblems(
      withheld.filter(([value]) => (said + listed + csv).includes(value)).map(([, coordinate]) => coordinate),
    );
    const answers = await Promise.all(kinds.map((other) => answerAboutPerson(files[other].code)));
    const seen = withheld.filter(([value]) => answers.some((text) => text.includes(value)));
    expect(seen.length).toBeGreaterThan(0);
  });
});

async function answerAboutPerson(code: ViewerCode): Promise<string> {
  const types = new Set(about().map(([type]) => type));
  const parts = [...types].map((type) => `... on ${type} { ${valuesOf(type)} }`).map(aliased);
  const ids = about().map(([type, row]) => globalId(type, row.id));
  return (await server.ask(code, `query ($ids: [ID!]!) { ${parts.join(' ')} }`, { ids })).text;
}

/** Types name different fields alike: each is asked by itself. */
const aliased = (fragment: string, i: number) => `a${i}: nodes(ids: $ids) { ${fragment} }`;
const valuesOf = (type: string) =>
  selectionText(everything(setting.oracle.type(type), (field) => !isRelation(field)));

test('no record type, and so no field, filter or explanation, is stored where refused rows are', () => {
  const schemas = [...setting.graph.graph.model.values()].map(
    ({ source }) => getTableConfig(source.table).schema,
  );
  expect(schemas).toContain('housing');
  expect(schemas).not.toContain('imports');
});

/** Files of the console, the same for everybody and large: the first viewer looks through them. */
const isAsset = (path: string) => path.startsWith('/assets/');

test.each(viewers.map((v, i) => [v.code, i] as const))(
  '%s gets no refused row from any path of the server',
  async (code, turn) => {
    const token = await server.tokenOf(code);
    const accept = turn % 2 === 0 ? '*/*' : 'text/csv';
    for (const path of routes) {
      if (isAsset(path) && turn > 0) continue;
      const sent = bytesOf(await server.send(path, { token, headers: { accept } }));
      expect(
        everyCanary.filter((canary) => sent.includes(canary)),
        path,
      ).toEqual([]);
    }
    expect([...routes].filter(isAsset)).not.toEqual([]);
    expect(routes).toContain('/console/examples');
  },
);

const listed = () => recordTypes.filter((type) => setting.oracle.type(type).many);

/** The newest rows of lists, as a viewer gets them. */
async function listsOf(code: ViewerCode, listed: readonly string[]): Promise<string> {
  const found: string[] = [];
  for (let from = 0; from < listed.length; from += 8) {
    const lists = listed.slice(from, from + 8).map((type) => {
      const { many } = setting.oracle.type(type);
      return `${many}(last: 20) { nodes { ${valuesOf(type)} } }`;
    });
    const answer = await server.ask(code, `{ ${lists.join(' ')} }`);
    expect(answer.json.data ?? answer.text).toBeTypeOf('object');
    found.push(bytesOf(answer));
  }
  return found.join('\n');
}

test.each(viewers.map((v, i) => [v.code, i] as const))(
  '%s gets no refused row from a list of the graph',
  async (code, turn) => {
    // Every viewer asks for every third type, as over-http.test.ts does.
    const sent = await listsOf(
      code,
      listed().filter((_, i) => (i + turn) % 3 === 0),
    );
    expect(everyCanary.filter((canary) => sent.includes(canary))).toEqual([]);
  },
);

test('the row of the same file that was taken is in the list of who may see it', async () => {
  expect(exported.get('housing')?.sent).toContain('HL200703000001');
  expect(await listsOf('HLR', listed())).toContain('HL200703000001');
  expect(await listsOf('PER', listed())).not.toContain('HL200703000001');
});

test('who may see an import sees that a row was refused, and not the row', async () => {
  const document =
    '{ registrationImportBatches(first: 1, filter: { period: { eq: "2007-03" } }) { nodes { rowsRejected rejectReasons { code } } } }';
  const counted = [];
  for (const { code } of viewers) {
    const { json } = await server.ask(code, document);
    if (json.data?.registrationImportBatches?.nodes[0]?.rowsRejected === 1) counted.push(code);
  }
  expect(counted).toEqual(expect.arrayContaining(['PSB', 'ITC']));
});

test.each(viewers)(
  'the role of $code may read nothing of the imports from the database',
  async ({ name }) => {
    const asRole = connectTo(viewerLogin(database.url, { viewer: name }), { max: 1 });
    try {
      for (const table of ['refused_rows', 'batches', 'moved_persons'])
        await expect(asRole.unsafe(`select * from imports.${table}`), table).rejects.toMatchObject({
          code: '42501',
        });
    } finally {
      await asRole.end();
    }
    // The control: as the owner the same statement finds them.
    const found = await setting.graph.pools.ownerOf('housing')`select text from imports.refused_rows`;
    const texts = found.map(({ text }) => text).join('\n');
    expect(everyCanary.filter((canary) => !texts.includes(canary))).toEqual([]);
  },
);

test('no function of the database that runs as its owner looks at them', async () => {
  const owner = setting.graph.pools.ownerOf('housing');
  const bodies = await owner<{ name: string; body: string }[]>`
    select oid::regprocedure::text as name, pg_get_functiondef(oid) as body from pg_proc where prosecdef`;
  expect(bodies.length).toBeGreaterThan(0);
  expect(bodies.filter(({ body }) => /\bimports\b/.test(body)).map(({ name }) => name)).toEqual([]);
});

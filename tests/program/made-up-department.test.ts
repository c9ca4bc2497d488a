import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';
import { answering, ask, type Ended, type Laihu, root, startCommand } from './laihu-process.ts';
import { apply, blocksOf } from './walk-through.ts';

const blocks = blocksOf(readFileSync(join(root, 'docs/adding-a-department.md'), 'utf8'));
const steps = blocks.filter(({ file }) => file);
const commands = (blocks.find(({ language }) => language === 'sh')?.text ?? '').trim().split('\n');

/** What a program is started from; the rest of the repository is about it. */
const copied = [
  ...['package.json', 'tsconfig.json', 'drizzle.config.ts', 'codegen.ts', 'tests/support/digest.ts'],
  ...['schema', 'src', 'migrations', 'seeds', 'examples', 'tools'],
];

describe('a made-up department, added as docs/adding-a-department.md says', { timeout: 240_000 }, () => {
  let folder: string;
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let laihu: Laihu | undefined;
  const ended: (Ended & { readonly command: string })[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'laihu-walk-'));
    chmodSync(folder, 0o755);
    for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true });
    for (const name of ['node_modules', 'console']) symlinkSync(join(root, name), join(folder, name));
    database = await createTestDatabase('district');
    const env = { DATABASE_URL: database.url, LAIHU_DATA: join(folder, '.laihu') };

    for (const step of steps) apply(step, folder);
    const [start, ...before] = commands.toReversed();
    expect(start).toBe('npm start');
    for (const command of before.toReversed())
      ended.push({ command, ...(await startCommand(command.split(' '), { cwd: folder, env }).ended) });
    await letPlots(database.url);
    laihu = await answering({ cwd: folder, env });
  }, 240_000);
  afterAll(async () => {
    await laihu?.kill();
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('each command of the walk ends well', () => {
    expect(ended.map(({ command, code, stderr }) => [command, code, stderr])).toEqual(
      commands.slice(0, -1).map((command) => [command, 0, '']),
    );
  });

  it('touches its folder, its SDL, its line in the registry, its rows in the tables, and what is generated', () => {
    const touched = differences(folder);
    expect(touched.filter((file) => !file.startsWith('migrations/'))).toEqual([
      'schema/green-space.graphql',
      'schema/retention.tsv',
      'schema/row-scopes.tsv',
      'schema/visibility.tsv',
      'src/departments/green-space/index.ts',
      'src/departments/green-space/records.ts',
      'src/departments/green-space/tables.ts',
      'src/departments/index.ts',
    ]);
    for (const file of touched.filter((name) => name.startsWith('migrations/')))
      expect(file).toMatch(/^migrations\/green_space\//);
    for (const file of [
      'schema/retention.tsv',
      'schema/row-scopes.tsv',
      'schema/visibility.tsv',
      'src/departments/index.ts',
    ]) {
      const before = readFileSync(join(root, file), 'utf8').split('\n');
      const now = readFileSync(join(folder, file), 'utf8').split('\n');
      expect(before.filter((line) => !now.includes(line))).toEqual([]);
    }
  });

  const plots = `{ allotments(first: 10) { totalCount nodes {
    plotNo area isLarge yearlyFee subdistrictCode holder { name allotments { nodes { plotNo } } } } } }`;

  it('a sub-district sees its own plots and who plants them, and not the fee', async () => {
    const { json } = await ask(laihu?.url ?? '', 'SUB', plots);
    expect(json.errors).toBeUndefined();
    expect(json.data.allotments).toEqual({
      totalCount: 1,
      nodes: [
        {
          plotNo: 'Z-015',
          area: 40,
          isLarge: true,
          yearlyFee: null,
          subdistrictCode: '310107015',
          holder: {
            name: expect.stringMatching(/^\p{Script=Han}+$/u),
            allotments: { nodes: [{ plotNo: 'Z-015' }] },
          },
        },
      ],
    });
    expect(json.extensions.access.masked.map((m: { coordinate: string }) => m.coordinate)).toContain(
      'Allotment.yearlyFee',
    );
  });

  it('its own office sees all plots with their fees, and no holder by name', async () => {
    const { json } = await ask(
      laihu?.url ?? '',
      'CMO',
      '{ allotments { nodes { plotNo yearlyFee holder { name } } } }',
    );
    expect(json.data.allotments.nodes).toEqual([
      { plotNo: 'Z-015', yearlyFee: '120.00', holder: null },
      { plotNo: 'Z-101', yearlyFee: '120.00', holder: null },
    ]);
    expect(json.errors.map((e: { path: unknown; extensions: object }) => [e.path, e.extensions])).toEqual(
      [0, 1].map((i) => [
        ['allotments', 'nodes', i, 'holder'],
        { code: 'FORBIDDEN', coordinate: 'Allotment.holder' },
      ]),
    );
    expect(json.extensions.access.denied).toMatchObject([
      { coordinate: 'Allotment.holder', reason: 'AGGREGATES_ONLY' },
      { coordinate: 'Migrant.name', reason: 'AGGREGATES_ONLY' },
    ]);
  });

  it('a bureau without a cell gets nothing, with the reason', async () => {
    const { json } = await ask(laihu?.url ?? '', 'HLR', plots);
    expect(json.data.allotments).toBeNull();
    expect(json.errors[0]).toMatchObject({ path: ['allotments'], extensions: { code: 'FORBIDDEN' } });
    expect(json.extensions.access.denied[0]).toMatchObject({
      group: 'ALLOTMENT',
      owner: 'COMMUNITY_OFFICE',
      reason: 'NOT_GRANTED',
    });
  });

  it('PostgreSQL refuses that bureau by itself', async () => {
    const owner = connectTo(database.url, { max: 1, onnotice: () => {} });
    const read = (role: string) =>
      owner.begin(async (tx) => {
        await tx.unsafe(`set local role ${role}`);
        return (await tx`select plot_no from green_space.allotments`).length;
      });
    try {
      await expect(read('laihu_housing')).rejects.toThrow(/permission denied/);
      expect(await read('laihu_community_office')).toBe(2);
    } finally {
      await owner.end();
    }
  });
});

/** Two plots, one in each of two sub-districts, let to persons who live there. */
async function letPlots(url: string): Promise<void> {
  const owner = connectTo(url, { max: 1, onnotice: () => {} });
  try {
    await owner`
      insert into green_space.allotments
        (id, plot_no, area, yearly_fee, holder_id, subdistrict_code, station_code, neighbourhood_code)
      select distinct on (subdistrict_code) gen_random_uuid(), 'Z-' || right(subdistrict_code, 3), 40, 12000, id,
        subdistrict_code, station_code, neighbourhood_code
      from public_security.migrants
      where subdistrict_code in ('310107015', '310107101') and not shielded and status = 'ACTIVE'
      order by subdistrict_code, id`;
  } finally {
    await owner.end();
  }
}

/** The files below the copied folders that differ from the repository's. */
function differences(folder: string): string[] {
  const filesOf = (base: string) =>
    copied.flatMap((name) =>
      statSync(join(base, name)).isDirectory()
        ? readdirSync(join(base, name), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name).slice(base.length + 1))
        : [name],
    );
  const all = new Set([...filesOf(root), ...filesOf(folder)]);
  const same = (file: string) =>
    existsSync(join(root, file)) &&
    existsSync(join(folder, file)) &&
    readFileSync(join(root, file)).equals(readFileSync(join(folder, file)));
  return [...all].filter((file) => !file.startsWith('src/generated/') && !same(file)).sort();
}

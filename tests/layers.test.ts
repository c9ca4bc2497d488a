import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);
const folders = readdirSync(join(root, 'src/departments'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** A file in a layer → what it must not import, and what it may. */
interface Planted {
  readonly file: string;
  readonly forbidden: readonly string[];
  readonly allowed: readonly string[];
}

const assembled = (up: string) =>
  ['schema', 'server', 'main', 'program', 'stores'].map((n) => `${up}${n}.ts`);
const otherThan = (own: string) => folders.filter((name) => name !== own);

const planted: readonly Planted[] = [
  ...folders.flatMap((own): Planted[] => [
    {
      file: `src/departments/${own}/planted.ts`,
      forbidden: [
        ...otherThan(own).map((other) => `../${other}/tables.ts`),
        ...otherThan(own).map((other) => `../${other}/tables/planted.ts`),
        '../../http/graphql.ts',
        ...assembled('../../'),
      ],
      allowed: [
        '../record-table.ts',
        './tables/planted.ts',
        '../../store/columns.ts',
        '../../import/monthly-file.ts',
        '../../access/row-scope.ts',
      ],
    },
    {
      file: `src/departments/${own}/tables/planted.ts`,
      forbidden: [
        ...otherThan(own).map((other) => `../../${other}/tables.ts`),
        '../../../http/graphql.ts',
        ...assembled('../../../'),
      ],
      allowed: ['../task-kinds.ts', './sibling.ts', '../../record-table.ts', '../../../store/columns.ts'],
    },
  ]),
  ...['access', 'graph', 'audit'].map((layer) => ({
    file: `src/${layer}/planted.ts`,
    forbidden: [
      '../departments/index.ts',
      '../departments/housing/tables.ts',
      '../http/graphql.ts',
      '../import/batches.ts',
      ...assembled('../'),
    ],
    allowed: ['../store/connect.ts', '../identity/viewer.ts'],
  })),
  {
    file: 'src/import/planted.ts',
    forbidden: [
      '../departments/index.ts',
      '../departments/housing/import/load.ts',
      '../http/graphql.ts',
      ...assembled('../'),
    ],
    allowed: ['./file-kind.ts', '../access/refresh.ts', '../store/pools.ts'],
  },
  ...['store', 'identity', 'identifiers'].map((layer) => ({
    file: `src/${layer}/planted.ts`,
    forbidden: [
      '../access/policy.ts',
      '../graph/context.ts',
      '../departments/index.ts',
      '../http/graphql.ts',
      '../import/batches.ts',
      ...assembled('../'),
    ],
    allowed: ['../config.ts', './server.ts'],
  })),
];

/** `file import` of every import that the linter refuses. */
async function refusals(folder: string): Promise<Set<string>> {
  const options = [
    'lint',
    'src',
    '--only=style/noRestrictedImports',
    '--reporter=json',
    '--max-diagnostics=none',
  ];
  const biome = join(root, 'node_modules/.bin/biome');
  const { stdout } = await run(biome, options, { cwd: folder, maxBuffer: 2 ** 26 }).catch(
    (failed: { stdout: string }) => failed,
  );
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { location: { path: string; start: { line: number } } }[];
  };
  return new Set(diagnostics.map(({ location: { path, start } }) => `${path} ${start.line}`));
}

describe('layers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'laihu-layers-'));
  let refused: ReadonlySet<string>;

  beforeAll(async () => {
    cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    cpSync(join(root, '.gitignore'), join(folder, '.gitignore'));
    for (const { file, forbidden, allowed } of planted) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      const lines = [...forbidden, ...allowed].map((from) => `import '${from}';`);
      writeFileSync(join(folder, file), `${lines.join('\n')}\n`);
    }
    refused = await refusals(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('there are departments to plant imports in', () => expect(folders.length).toBeGreaterThan(20));

  it.each(planted)(
    'the lint refuses what $file must not import, and that alone',
    ({ file, forbidden, allowed }) => {
      const lines = [...forbidden, ...allowed];
      const found = lines.filter((_, i) => refused.has(`${file} ${i + 1}`));
      expect(found).toEqual(forbidden);
    },
  );
});

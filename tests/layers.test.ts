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
  ['schema', 'product-contract', 'ruled-contract', 'server', 'main', 'program', 'stores'].map(
    (n) => `${up}${n}.ts`,
  );
const otherThan = (own: string) => folders.filter((name) => name !== own);

const departmental = ['departments', 'http', 'import'];
const ofGraph = ['graph', 'statistics', ...departmental];
/** Each layer with the folders that it must not import: those above it. */
const above: Readonly<Record<string, readonly string[]>> = {
  common: ['contract', 'database', 'audit', ...ofGraph],
  identifiers: ['contract', 'database', 'audit', ...ofGraph],
  identity: ['contract', 'database', 'audit', ...ofGraph],
  papers: ['contract', 'database', 'audit', ...ofGraph],
  store: ['contract', 'database', 'audit', ...ofGraph],
  contract: ['store', 'database', 'audit', ...ofGraph],
  audit: ['contract', 'database', ...ofGraph],
  database: ['audit', ...ofGraph],
  graph: ['statistics', ...departmental],
  statistics: departmental,
  import: ['departments', 'http'],
};

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
        '../../contract/model/row-scope.ts',
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
  ...Object.entries(above).map(([layer, folders]) => ({
    file: `src/${layer}/planted.ts`,
    forbidden: [...folders.map((folder) => `../${folder}/planted.ts`), ...assembled('../')],
    allowed: Object.keys(above)
      .filter((other) => other !== layer && !folders.includes(other))
      .map((other) => `../${other}/planted.ts`),
  })),
  {
    file: 'src/contract/policy/planted.ts',
    forbidden: ['postgres', 'fastify', '../../store/connect.ts', '../../database/wall/apply.ts'],
    allowed: ['graphql', '../tables/matrix.ts', '../../identity/viewers.ts'],
  },
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

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongFirst } from './tests/support/long-first.ts';
import { unitTests } from './tests/support/unit-tests.ts';

const root = import.meta.dirname;

// Compiled code of the sources is kept for the next run, by their content.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/compiled');

/** Asked again with the program's rules alone; `npm run test:program-rules` does that with all of tests/access. */
const askedAgain = ['login', 'nodes', 'row-scope', 'shielded'].map((name) => `tests/access/${name}.test.ts`);

// One copy of graphql for the product's sources and for its libraries, which load the CommonJS build.
const resolve = {
  alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
};

/** Node loads sources and tests itself, as it does when the product runs. */
const native = { viteModuleRunner: false, nodeLoader: false } as const;

/**
 * @param login as whom viewers log in to the database; as its owner only the program's rules protect
 * @param road `one statement`: it answers from the first execution of a document on, where it can
 */
const project = (
  name: string,
  include: string[],
  login: 'viewer' | 'owner',
  exclude: string[] = [],
  road: 'as the program' | 'one statement' = 'as the program',
): TestProjectInlineConfiguration => ({
  resolve,
  test: {
    name,
    include,
    exclude: [...configDefaults.exclude, ...exclude],
    globalSetup: ['tests/support/global-setup.ts'],
    provide: { login, road },
    pool: 'forks',
    execArgv: ['--max-semi-space-size=64'],
    // Loading the program takes two seconds: files share it, and leave nothing behind that another one could see.
    isolate: false,
    experimental: native,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});

/** Tests of pure functions, in threads of one process that Node itself loads: no server, nothing isolated. */
const pure: TestProjectInlineConfiguration = {
  test: {
    name: 'unit',
    include: unitTests(root),
    setupFiles: ['tests/support/no-database.ts'],
    pool: 'threads',
    isolate: false,
    experimental: native,
  },
};

/** A part of reads.test.ts, for the run beside it that is asked again in another way. */
const partOfReads = 'tests/access/nodes.test.ts';

/** Tests of the database's own rules, which an owner passes by. */
const ofTheDatabase = ['tests/access/*-alone.test.ts', 'tests/access/wall/**'];

/** What viewers × coordinates × surfaces have no part in: explanations, storms, several servers, the mutants' texts. */
const besideTheSurfaces = [
  'tests/access/{explain-access,identities,between-servers,policy-diff}.test.ts',
  'tests/access/mutants/**',
];

const everyAccessTest = ['tests/access/**/*.test.ts'];

/** Runs by `--mode`; each has its command in package.json. */
const runs: Record<string, TestProjectInlineConfiguration[]> = {
  unit: [pure],
  'program-rules': [
    project('program rules alone', everyAccessTest, 'owner', [...ofTheDatabase, partOfReads]),
  ],
  'one-statement': [
    project(
      'one statement',
      everyAccessTest,
      'viewer',
      [...ofTheDatabase, ...besideTheSurfaces, partOfReads],
      'one statement',
    ),
  ],
  access: [
    project('access', everyAccessTest, 'viewer', [...ofTheDatabase, ...besideTheSurfaces, partOfReads]),
  ],
};

/** `npm test` */
const everything = [
  pure,
  project('both walls', everyAccessTest, 'viewer', [partOfReads, ...unitTests(root)]),
  project('the rest', ['tests/**/*.test.ts'], 'viewer', [...everyAccessTest, ...unitTests(root)]),
  project('program rules alone', askedAgain, 'owner'),
];

export default defineConfig(({ mode }) => ({
  resolve,
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    projects: runs[mode] ?? everything,
  },
}));

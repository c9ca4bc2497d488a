import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** Asked again with the program's rules alone; `npm run test:program-rules` does that with all of tests/access. */
const askedAgain = ['login', 'nodes', 'row-scope', 'shielded'].map((name) => `tests/access/${name}.test.ts`);

// One copy of graphql for the product's sources and for its libraries, which load the CommonJS build.
const resolve = {
  alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
};

/**
 * @param login as whom viewers log in to the database; as its owner only the program's rules protect
 * @param isolate whether each file loads the program anew, which takes two seconds: where tests start processes,
 * change the environment or count listeners
 * @param road `one statement`: it answers from the first execution of a document on, where it can
 */
const project = (
  name: string,
  include: string[],
  login: 'viewer' | 'owner',
  exclude: string[] = [],
  isolate = false,
  road: 'as the program' | 'one statement' = 'as the program',
): TestProjectInlineConfiguration => ({
  resolve,
  test: {
    name,
    include,
    exclude: [...configDefaults.exclude, ...exclude],
    provide: { login, road },
    pool: 'forks',
    execArgv: ['--max-semi-space-size=64'],
    isolate,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});

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
  'program-rules': [
    project('program rules alone', everyAccessTest, 'owner', [...ofTheDatabase, partOfReads]),
  ],
  'one-statement': [
    project(
      'one statement',
      everyAccessTest,
      'viewer',
      [...ofTheDatabase, ...besideTheSurfaces, partOfReads],
      false,
      'one statement',
    ),
  ],
  access: [
    project('access', everyAccessTest, 'viewer', [...ofTheDatabase, ...besideTheSurfaces, partOfReads]),
  ],
};

/** `npm test` */
const everything = [
  project('both walls', everyAccessTest, 'viewer', [partOfReads]),
  project('the rest', ['tests/**/*.test.ts'], 'viewer', everyAccessTest, true),
  project('program rules alone', askedAgain, 'owner'),
];

export default defineConfig(({ mode }) => ({
  resolve,
  test: {
    // Of the whole run, not of a project: one server and one district for all.
    globalSetup: ['tests/support/global-setup.ts'],
    maxWorkers: 2,
    projects: runs[mode] ?? everything,
  },
}));

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

// A test that sleeps is slow, and one that measures time fails on a busy machine: both wait for events instead, or give
// the program a clock of their own. What has no event is looked for by tests/support/until.ts.

const root = join(import.meta.dirname, '..');

/** Who may have a clock all the same. */
const allowed: Readonly<Record<string, string>> = {
  'tests/support/until.ts': 'the one place that waits between two looks',
  'tests/support/endless.ts': 'statements that are ended by what is tried',
  'tests/support/keep-server.ts': 'a program that is kept running',
  'tests/store/embedded-program.ts': 'a program that is kept running',
  'tests/access/identities/run.ts': 'a program that says how long it took',
  'tests/access/mutants/run.ts': 'a program that says how long it took',
  'tests/no-clocks.test.ts': 'says what a clock is',
  'tests/access/mutants/points/surroundings.ts': 'pg_sleep is among what is closed to viewers',
  'tests/access/wall/surroundings.test.ts': 'pg_sleep is among what is closed to viewers',
};

/** Names by which one sleeps, measures, or looks until a time is over. */
const clocks =
  /^(setTimeout|setInterval|sleep|hrtime|Date\.now|Date\(\)|performance\.\w+|expect\.poll|(vi\.)?wait(For|Until))$/;

/** What a source has of clocks; what it only says in strings or comments, but for SQL that sleeps, counts for nothing. */
function clocksIn(text: string): string[] {
  const { program, module } = parseSync('text.ts', text, { lang: 'ts', sourceType: 'module' });
  const found: string[] = [];
  for (const { moduleRequest, entries } of module.staticImports)
    if (/^(node:)?timers/.test(moduleRequest.value))
      found.push(
        ...entries.map(({ importName }) => importName.name ?? '*').filter((name) => name !== 'setImmediate'),
      );
  const see = (name: string) => {
    if (clocks.test(name)) found.push(name);
  };
  const sql = (value: unknown) => {
    if (typeof value === 'string' && /\bpg_sleep/.test(value)) found.push('pg_sleep');
  };
  new Visitor({
    CallExpression: ({ callee }) => callee.type === 'Identifier' && see(callee.name),
    MemberExpression: ({ object, property }) =>
      object.type === 'Identifier' &&
      property.type === 'Identifier' &&
      see(`${object.name}.${property.name}`),
    NewExpression: ({ callee, arguments: given }) =>
      callee.type === 'Identifier' && given.length === 0 && see(`${callee.name}()`),
    Literal: ({ value }) => sql(value),
    TemplateElement: ({ value }) => sql(value.cooked),
  }).visit(program);
  return found;
}

const sources = globSync('tests/**/*.ts', { cwd: root }).map((path) => path.replaceAll('\\', '/'));

it('no test sleeps, measures time, or waits until a time is over', () => {
  const found = sources
    .filter((path) => !(path in allowed))
    .flatMap((path) => clocksIn(readFileSync(join(root, path), 'utf8')).map((what) => `${path}: ${what}`));
  expect(found).toEqual([]);
});

it('who is allowed a clock is there and has one', () => {
  const idle = Object.keys(allowed).filter(
    (path) => !sources.includes(path) || clocksIn(readFileSync(join(root, path), 'utf8')).length === 0,
  );
  expect(idle).toEqual([]);
});

describe('what is seen as a clock', () => {
  it.each([
    "import { setTimeout as rest } from 'node:timers/promises';",
    'await new Promise((next) => setTimeout(next, 20));',
    'const began = Date.now();',
    'const began = new Date();',
    'const began = performance.now();',
    'await expect.poll(count).toBe(1);',
    'await vi.waitFor(count);',
    'await sql`select pg_sleep(1)`;',
    "await sql.unsafe('select pg_sleep(1)');",
  ])('%s', (text) => expect(clocksIn(text)).not.toEqual([]));

  it.each([
    "import { setImmediate as nextTurn } from 'node:timers/promises';",
    "const day = new Date('2007-03-01');",
    "vi.setSystemTime('2007-03-01');",
    'vi.advanceTimersByTime(1000);',
    '// Nobody calls setTimeout here.',
    'await until(() => count === 1);',
  ])('but not: %s', (text) => expect(clocksIn(text)).toEqual([]));
});

import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Judgement } from './mutant.ts';
import type { EnforcementPoint } from './points/point.ts';
import type { Scratch } from './scratch.ts';

/** A program that does not run proves nothing: that is a fault of the mutant. */
const isBroken =
  /ReferenceError|SyntaxError|ERR_MODULE_NOT_FOUND|Failed to (load|resolve|parse)|Transform failed/;

/**
 * Switches a point off and runs the tests that see it, one after the other, until one fails.
 * @param serverUrl a server where the district stands; a point of the database's wall needs one of its own
 */
export async function judgePoint(
  point: EnforcementPoint,
  scratch: Scratch,
  serverUrl: string | undefined,
): Promise<Judgement> {
  const judged = (killedBy: Judgement['killedBy'], because: string): Judgement => ({
    kind: 'point',
    name: `${point.file}: ${point.name}`,
    killedBy,
    because,
  });
  const tests = point.tests.filter(({ file }) => scratch.has(`tests/${file}`));
  if (tests.length === 0)
    return judged(null, `none of ${point.tests.map(({ file }) => file).join(', ')} is there`);
  return scratch.changed(point, async () => {
    for (const test of tests) {
      const failure = await runTests(scratch, [test.file], serverUrl, test.surface);
      if (failure === null) continue;
      return isBroken.test(failure)
        ? judged(null, `the mutant does not run: ${failure}`)
        : judged('surfaces', `${test.file}: ${failure}`);
    }
    return judged(null, '');
  });
}

/**
 * Runs tests in a scratch copy until one fails.
 * @param files below tests/
 * @param surface begins the titles of those that are run; without it all are
 * @returns the first failure, null when all pass
 */
export async function runTests(
  { folder }: Scratch,
  files: readonly string[],
  serverUrl: string | undefined,
  surface?: string,
): Promise<string | null> {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
  const options = ['--bail=1', '--reporter=json', `--outputFile=${report}`, '--config=vitest.config.mjs'];
  if (surface) options.push(`--testNamePattern=^${surface}\\b`);
  const tests = files.map((file) => `tests/${file}`);
  const program = spawn(process.execPath, [vitest, 'run', ...tests, ...options], {
    cwd: folder,
    env: { ...process.env, ...(serverUrl && { TEST_LOADED_SERVER_URL: serverUrl }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve) => program.once('close', resolve));
  if (code === 0) return null;
  return firstFailure(report) ?? `the program ended with ${code}: ${said.slice(0, 400)}`;
}

interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function firstFailure(file: string): string | undefined {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  for (const { message, assertionResults } of report.testResults) {
    const failed = assertionResults.find((a) => a.status === 'failed');
    if (failed) return `${failed.fullName}: ${(failed.failureMessages[0] ?? '').slice(0, 300)}`;
    if (message) return message.slice(0, 300);
  }
  return undefined;
}

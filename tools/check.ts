import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** `npm run check`: lint, types and unit tests, side by side; prints what is wrong and how long each took. */

const root = join(import.meta.dirname, '..');

/** Each is an npm script: what it runs is said once, in package.json. */
const checks = ['lint:style', 'lint:unused', 'typecheck', 'test:unit'] as const;

interface Outcome {
  readonly script: string;
  readonly isGood: boolean;
  readonly output: string;
  readonly seconds: number;
}

function run(script: string): Promise<Outcome> {
  const since = performance.now();
  const child = spawn('npm', ['run', '-s', script], { cwd: root, shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ script, isGood: code === 0, output, seconds: (performance.now() - since) / 1000 }),
    );
  });
}

for (const { script, isGood, output, seconds } of await Promise.all(checks.map(run))) {
  if (!isGood) {
    process.stdout.write(`${output.trimEnd()}\n`);
    process.exitCode = 1;
  }
  console.log(`${isGood ? 'good' : 'BAD '} ${script} ${seconds.toFixed(1)} s`);
}

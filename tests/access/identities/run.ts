import { parseArgs } from 'node:util';
import type { TestProject } from 'vitest/node';
import setup, { districtName } from '../../support/global-setup.ts';
import { type StormReport, storm } from './storm.ts';

const { values } = parseArgs({
  options: {
    identities: { type: 'string', default: '200' },
    responses: { type: 'string', default: '100000' },
    terminations: { type: 'string', default: '200' },
    turns: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(`Identities never mix: many ask the same at once while backends of the database are
ended, connections cut, and statements fail in the middle of their rows; each
answer must be what the same identity gets alone, or say that a store was unavailable.

  --identities N     who asks at once (default 200)
  --responses N      answers, at least (default 100000)
  --terminations N   backends ended, at least (default 200)
  --turns            connections are shared by turns throughout, not only by newcomers
  --help             this text

Ends with 1 when an identity got anything that is not its own.`);
  process.exit(0);
}

const began = performance.now();
const secondsSoFar = () => (performance.now() - began) / 1000;
const line = ({ responses, outcomes, terminations, cuts, failures }: StormReport) =>
  `${responses} answers in ${secondsSoFar().toFixed(0)} s: ${outcomes.equal} equal, ${outcomes.unavailable} with a store unavailable, ${outcomes.foreign} foreign; ${terminations} backends ended, ${cuts} connections cut, ${failures} statements failed after rows`;

let url = '';
const provide = (_key: string, value: string) => {
  url = value;
};
process.stderr.write('Loading a district …\n');
const teardown = await setup({ provide } as unknown as TestProject);
try {
  const district = new URL(url);
  district.pathname = `/${districtName}`;
  let said = 0;
  const report = await storm({
    databaseUrl: district.href,
    identities: Number(values.identities),
    responses: Number(values.responses),
    terminations: Number(values.terminations),
    turns: values.turns,
    onProgress: (now) => {
      if (secondsSoFar() - said < 5) return;
      said = secondsSoFar();
      process.stderr.write(`${line(now)}\n`);
    },
  });
  console.log(
    `${report.identities} identities, ${report.questions} questions, ${report.differentAnswers} different answers alone. ${line(report)}.`,
  );
  for (const who of report.foreign) console.log(`FOREIGN ${who}`);
  process.exitCode = report.outcomes.foreign === 0 ? 0 : 1;
} finally {
  await teardown();
}

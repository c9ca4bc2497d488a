import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { createDemoIssuer } from '../identity/demo-issuer.ts';
import { faultSentence } from '../store/fault-sentence.ts';

const options = new Command('token')
  .description(
    'Print a bearer token of the demonstration issuer; a server started with --demo on the same data folder takes it.',
  )
  .requiredOption('--as <code>', 'viewer code, e.g. HLR, SUB, STN, CAC, COR')
  .option('--unit <unit>', "acting unit, e.g. PT-SUB-015 (default: the persona's own)")
  .option('--second', 'another made-up person of the unit, an analyst, where a second one has to approve')
  .parse()
  .opts<{ as: string; unit?: string; second?: true }>();

try {
  const { dataDir } = readConfig(process.env, { demo: true, serves: false });
  const issuer = await createDemoIssuer(dataDir);
  const { token } = await issuer.issue({ code: options.as, unit: options.unit, isSecond: options.second });
  process.stdout.write(`${token}\n`);
} catch (error) {
  process.stderr.write(`${faultSentence(error)}\n`);
  process.exitCode = 1;
}

import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { readConfig } from '../config.ts';
import { createDemoIssuer } from '../identity/demo-issuer.ts';
import { findViewer } from '../identity/viewers.ts';
import { faultSentence } from '../store/fault-sentence.ts';
import { cutAtLastRecord } from './begun-file.ts';
import { type AskedExport, ExportClient } from './export-client.ts';

interface Options {
  readonly as?: string;
  readonly unit?: string;
  readonly tokenFile?: string;
  readonly format: 'csv' | 'ndjson' | 'xlsx';
  readonly encoding: 'utf-8' | 'gb18030';
  readonly purpose?: string;
  readonly out?: string;
  readonly request?: string;
  readonly resume?: true;
  readonly approve?: true;
  readonly wait?: true;
  readonly url?: string;
}

const command = new Command('export')
  .description(
    'Take a list out of a running server as a file: asked for, approved and recorded like any export.',
  )
  .argument(
    '[document]',
    'a file with the query of one list, or the query itself: "{ leases { nodes { id } } }"',
  )
  .option('--as <code>', 'viewer code of the demonstration, e.g. HLR, SUB, STN')
  .option('--unit <unit>', "acting unit, e.g. PT-SUB-015 (default: the persona's own)")
  .option('--token-file <file>', 'a bearer token instead of a persona of the demonstration')
  .addOption(
    new Option('--format <format>', 'kind of file').choices(['csv', 'ndjson', 'xlsx']).default('csv'),
  )
  .addOption(new Option('--encoding <encoding>', 'of csv').choices(['utf-8', 'gb18030']).default('utf-8'))
  .option('--purpose <purpose>', "what for, e.g. LEASE (default: the viewer's usual one)")
  .option('--out <file>', 'where to (default: standard output)')
  .option('--request <id>', 'take the file of this request, which was asked for before')
  .option('--resume', 'go on with --out behind its last whole record; with --request')
  .option('--wait', 'wait until a second person has approved')
  .option('--approve', 'demonstration only: a made-up second person of the unit, an analyst, approves')
  .option('--url <url>', 'the server (default: this machine, at PORT)')
  .addHelpText(
    'after',
    '\nA list of many records waits for a second person of the unit: the command says its id and ends with 3. It ends with 1' +
      '\nwhen the file is not whole; its last line says why. To be gone on with, a list has `id` among its fields.',
  )
  .parse();
const options = command.opts<Options>();

try {
  process.exitCode = await run(options, command.args[0]);
} catch (error) {
  process.stderr.write(`${faultSentence(error)}\n`);
  process.exitCode = 1;
}

async function run({ as, ...said }: Options, document: string | undefined): Promise<number> {
  if ((document === undefined) === (said.request === undefined))
    throw new Error('Give a document, or the id of a request that was made before (--request).');
  if (said.resume && !(said.request && said.out)) throw new Error('--resume needs --request and --out.');
  const { dataDir, port } = readConfig(process.env, { demo: true, serves: false });
  const url = said.url ?? `http://127.0.0.1:${port}`;
  const client = new ExportClient(url, await tokenOf(as, said, dataDir));
  const say = (line: string) => process.stderr.write(`${line}\n`);
  let asked =
    document === undefined
      ? await client.find(String(said.request))
      : await client.ask(textOf(document), codeOf(said), await purposeOf(as, said.purpose));
  say(`${asked.id}: ${asked.rows} records, ${asked.status}`);
  if (asked.status === 'REQUESTED' && said.approve && as) {
    const issuer = await createDemoIssuer(dataDir);
    const { token } = await issuer.issue({ code: as, unit: said.unit, colleague: true });
    asked = await new ExportClient(url, token).approve(asked);
  }
  while (asked.status === 'REQUESTED' && said.wait) {
    await sleep(2000);
    asked = await client.find(asked.id);
  }
  if (asked.status === 'REQUESTED') {
    say('A second person of the unit has to approve it; then take it with --request and this id.');
    return 3;
  }
  return take(client, asked, said, say);
}

async function take(
  client: ExportClient,
  asked: AskedExport,
  said: Options,
  say: (line: string) => void,
): Promise<number> {
  const after = said.resume && said.out ? await cutAtLastRecord(said.out, codeOf(said)) : undefined;
  const response = await client.file(asked, after);
  const flags = after === undefined ? 'w' : 'a';
  // Only its owner can open it: nobody else has been asked what for.
  await pipeline(response, said.out ? createWriteStream(said.out, { flags, mode: 0o600 }) : process.stdout);
  const end = String(response.trailers['laihu-export'] ?? 'EXPORT_FAILED');
  say(end);
  return end.startsWith('DONE') ? 0 : 1;
}

async function tokenOf(
  as: string | undefined,
  { unit, tokenFile }: Options,
  dataDir: string,
): Promise<string> {
  if (tokenFile) return readFileSync(tokenFile, 'utf8').trim();
  if (!as) throw new Error('Say who asks: --as CODE in the demonstration, else --token-file FILE.');
  const issuer = await createDemoIssuer(dataDir);
  return (await issuer.issue({ code: as, unit })).token;
}

// Functions, not constants: the command runs before the end of this file.
function textOf(document: string): string {
  return existsSync(document) ? readFileSync(document, 'utf8') : document;
}

function codeOf({ format, encoding }: Options): string {
  return format === 'csv' && encoding === 'gb18030' ? 'CSV_GB18030' : format.toUpperCase();
}

async function purposeOf(as: string | undefined, purpose: string | undefined): Promise<string> {
  if (purpose) return purpose;
  const viewer = as && findViewer(as);
  if (!viewer) throw new Error('Say what for: --purpose.');
  const { productContract } = await import('../product-contract.ts');
  const usual = productContract().purposes.usualOf(viewer.name);
  if (!usual) throw new Error(`${as} has no purpose for which persons are read.`);
  return usual;
}

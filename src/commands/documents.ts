import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { faultsOfDocument } from '../graph/limits/check-document.ts';
import { documentHash, readManifest } from '../http/documents/manifest.ts';
import { createGraph } from '../schema.ts';

const command = new Command('documents')
  .description(
    'Register the documents of a client: checks each against the contract and the limits, writes <client>.json into the folder of clients (LAIHU_CLIENTS, default clients/) and prints their ids.',
  )
  .argument('<client>', 'name of the client, as the claim `client` (or `azp`) of its tokens has it')
  .argument('<files...>', '.graphql files, one document each')
  .option('--keep', 'keep the documents that the client has already, for versions of it that still run')
  .addHelpText(
    'after',
    '\nA server reads the manifests when it starts. The client then sends { "documentId": "sha256:…", "variables": … }.',
  )
  .parse();

try {
  const { clientsDir } = readConfig(process.env, { demo: true, serves: false });
  const [client, ...files] = command.args as [string, ...string[]];
  register(client, files, clientsDir, command.opts<{ keep?: boolean }>().keep ?? false);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

function register(client: string, files: readonly string[], folder: string, keep: boolean): void {
  if (!/^[\w.-]{1,100}$/.test(client) || client.startsWith('.'))
    throw new Error('A client is named by letters, digits, dots, dashes and underscores.');
  const { bare } = createGraph();
  const manifest = join(folder, `${client}.json`);
  const documents = new Map<string, string>();
  const faults: string[] = [];
  if (keep && existsSync(manifest)) {
    const known = readManifest(readFileSync(manifest, 'utf8'), bare);
    faults.push(...known.faults.map((fault) => `${manifest}: ${fault}`));
    for (const [id, text] of known.documents) documents.set(id, text);
  }
  const ids: string[] = [];
  for (const file of files) {
    const text = readFileSync(file, 'utf8').trim();
    faults.push(...faultsOfDocument(bare, text).map((fault) => `${file}: ${fault}`));
    const id = documentHash(text);
    documents.set(id, text);
    ids.push(`sha256:${id}  ${file}\n`);
  }
  if (faults.length > 0) throw new Error(`Nothing was written:\n${faults.join('\n')}`);
  mkdirSync(dirname(manifest), { recursive: true });
  writeFileSync(manifest, `${JSON.stringify(Object.fromEntries([...documents].sort()), null, 2)}\n`);
  process.stdout.write(ids.join(''));
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { type Manifest, readManifest } from './manifest.ts';

/** The registered clients by name, each with its documents. */
export type Clients = ReadonlyMap<string, Manifest>;

/**
 * Reads `<client>.json` of every client from a folder; a folder that does not exist registers nobody.
 * @throws Error that lists every document that no longer fits the schema: a server with one does not start
 */
export function readClients(folder: string, schema: GraphQLSchema): Clients {
  const clients = new Map<string, Manifest>();
  const faults: string[] = [];
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  for (const file of files.sort()) {
    const read = readManifest(readFileSync(join(folder, file), 'utf8'), schema);
    faults.push(...read.faults.map((fault) => `${file}: ${fault}`));
    clients.set(file.slice(0, -'.json'.length), read.documents);
  }
  if (faults.length > 0)
    throw new Error(
      `Documents of registered clients do not fit; build their manifests anew (npm run documents):\n${faults.join('\n')}`,
    );
  return clients;
}

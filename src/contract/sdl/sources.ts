import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DocumentNode, parse, Source } from 'graphql';

/** The folder of the contract: one SDL file a department, and the visibility matrix. */
export const schemaFolder = fileURLToPath(new URL('../../../schema', import.meta.url)); // drizzle-kit knows no dirname

/**
 * Parses SDL files of `schema/`, each under its own name so that faults say where.
 * @throws GraphQLError with file, line and column.
 */
export function readSdl(files: readonly string[]): DocumentNode[] {
  return files.map((file) =>
    parse(new Source(readFileSync(join(schemaFolder, file), 'utf8'), `schema/${file}`)),
  );
}

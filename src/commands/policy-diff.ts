import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { parse, Source } from 'graphql';
import { type Change, comparePolicies, type PolicyDiff, type ScopeChange } from '../contract/diff/compare.ts';
import type { Revision } from '../contract/diff/revision-access.ts';
import { schemaFolder } from '../contract/sdl/sources.ts';
import { parseMatrix } from '../contract/tables/matrix.ts';
import { parseRowScopes, type ScopeLine } from '../contract/tables/row-scopes.ts';

const command = new Command('policy:diff')
  .description(
    'List every cell of the matrix, every part of a row scope and every coordinate that a viewer gained or lost between a git revision and the working tree.',
  )
  .argument('<base>', 'git revision, e.g. main or HEAD~1')
  .option('--json', 'one JSON object: cells, rowScopes, coordinates, summary')
  .parse();
const [base = ''] = command.args;

try {
  const diff = comparePolicies(revisionOf(base), workingTree());
  const { json } = command.opts<{ json?: boolean }>();
  process.stdout.write(json ? `${JSON.stringify(diff)}\n` : report(diff));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

function workingTree(): Revision {
  const names = readdirSync(schemaFolder);
  return toRevision(names, (name) => readFileSync(join(schemaFolder, name), 'utf8'), 'schema');
}

/** The contract of a revision, which may have other SDL files. @throws Error with one sentence. */
function revisionOf(revision: string): Revision {
  // A revision never starts with a dash: it would be an option.
  if (!/^[\w@^~/.{}]/.test(revision)) throw new Error(`"${revision}" is no git revision.`);
  const git = (...args: string[]) => {
    try {
      return execFileSync('git', args, {
        cwd: schemaFolder,
        encoding: 'utf8',
        maxBuffer: 64 << 20,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch {
      throw new Error(`Git finds no schema/ in the revision "${revision}"; name a commit, branch or tag.`);
    }
  };
  const names = git('ls-tree', '--full-tree', '--name-only', `${revision}:./`).split('\n').filter(Boolean);
  return toRevision(names, (name) => git('show', `${revision}:./${name}`), `${revision}:schema`);
}

function toRevision(names: readonly string[], read: (name: string) => string, where: string): Revision {
  const files = names.filter((name) => name.endsWith('.graphql')).sort();
  return {
    sdl: files.map((name) => parse(new Source(read(name), `${where}/${name}`))),
    matrix: parseMatrix(read('visibility.tsv'), `${where}/visibility.tsv`, ['writer']),
    rowScopes: rowScopesOf(names, read, where),
  };
}

/** Of a revision from before the table there is nothing to compare with: its row scopes stood in code. */
function rowScopesOf(
  names: readonly string[],
  read: (name: string) => string,
  where: string,
): readonly ScopeLine[] | null {
  const name = 'row-scopes.tsv';
  return names.includes(name) ? parseRowScopes(read(name), `${where}/${name}`).lines : null;
}

function report({ cells, coordinates, rowScopes, summary }: PolicyDiff): string {
  const line = ({ at, viewer, before, after, kind }: Change) =>
    `${kind.padEnd(7)}  ${viewer}  ${at}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`;
  const part = ({ type, part, before, after, kind }: ScopeChange) =>
    `${kind.padEnd(7)}  ${type}  ${part}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`;
  const rows = Object.entries(summary).map(
    ([viewer, { gained, lost, changed }]) => `${viewer}  ${gained} gained, ${lost} lost, ${changed} changed`,
  );
  const section = (title: string, lines: readonly string[]) =>
    `${title} (${lines.length})\n${lines.map((text) => `  ${text}\n`).join('')}`;
  return [
    section('Cells of the matrix', cells.map(line)),
    rowScopes === null
      ? 'Row scopes: one of the revisions has none as a table (schema/row-scopes.tsv); compare policy.lock or the code.\n'
      : section('Row scopes', rowScopes.map(part)),
    section('Coordinates', coordinates.map(line)),
    section('Coordinates by viewer', rows),
  ].join('\n');
}

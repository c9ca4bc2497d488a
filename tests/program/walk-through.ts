import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A block of code of a document; `file` is what stands behind the language on its first line. */
export interface Block {
  readonly language: string;
  readonly file: string | undefined;
  readonly text: string;
}

/** The fenced blocks of a Markdown document, in its order. */
export function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', file, text = '']) => ({ language, file, text }),
  );
}

/** Does in a copy of the repository what a block says that names a file. */
export function apply({ language, file = '', text }: Block, folder: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  if (language === 'diff') writeFileSync(path, withAddedLines(readFileSync(path, 'utf8'), text));
  else if (language === 'properties') writeFileSync(path, withRow(readFileSync(path, 'utf8'), text));
  else writeFileSync(path, text);
}

/** Added lines (`+`) go in front of the line that follows them in the block, which must be there once. */
function withAddedLines(source: string, diff: string): string {
  const lines = source.split('\n');
  let added: string[] = [];
  for (const line of diff.trimEnd().split('\n')) {
    if (line === '...') continue;
    if (line.startsWith('+')) added.push(line.slice(1));
    else {
      const places = lines.flatMap((other, i) => (other === line.slice(1) ? [i] : []));
      if (places.length !== 1) throw new Error(`"${line.slice(1)}" stands ${places.length} times.`);
      lines.splice(places[0] ?? 0, 0, ...added);
      added = [];
    }
  }
  if (added.length > 0) throw new Error(`No line follows "${added[0]}".`);
  return lines.join('\n');
}

/** One more row of a table: `column = value` a line, the others empty. */
function withRow(table: string, properties: string): string {
  const [head = ''] = table.split('\n');
  const values = new Map(
    properties
      .trim()
      .split('\n')
      .map((line) => line.split(' = ') as [string, string]),
  );
  const row = head.split('\t').map((column) => {
    const value = values.get(column) ?? '';
    values.delete(column);
    return value;
  });
  if (values.size > 0) throw new Error(`There is no column ${[...values.keys()].join(', ')}.`);
  return `${table.trimEnd()}\n${row.join('\t')}\n`;
}

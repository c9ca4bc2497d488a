import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { declarationsOf, parse, type Syntax, walk } from './tree.ts';

/** A file of the program as syntax. */
export interface SourceFile {
  /** From the folder in which the program stands. */
  readonly path: string;
  readonly text: string;
  readonly tree: Syntax;
  /** Functions, constants and members by their names: a name may be that of several. */
  readonly declared: ReadonlyMap<string, readonly Syntax[]>;
  /** Its nodes of one type, in the order of the text. */
  of(type: string): readonly Syntax[];
}

/** The sources of a program, each parsed when it is looked at. */
export class Program {
  readonly #files: ReadonlyMap<string, () => SourceFile>;

  constructor(files: ReadonlyMap<string, () => SourceFile>) {
    this.#files = files;
  }

  /** The sources in a folder. */
  static in(folder: string): Program {
    const paths = globSync('src/**/*.ts', { cwd: folder }).map((path) => path.replaceAll('\\', '/'));
    return new Program(
      new Map(
        paths.sort().map((path) => {
          let file: SourceFile | undefined;
          return [path, () => (file ??= sourceFile(path, readFileSync(join(folder, path), 'utf8')))];
        }),
      ),
    );
  }

  /** Files of a name, wherever they stand. */
  named(name: string): SourceFile[] {
    return [...this.#files].filter(([path]) => basename(path) === name).map(([, file]) => file());
  }

  all(): SourceFile[] {
    return [...this.#files.values()].map((file) => file());
  }

  /** The same program in which one file is another one. */
  with(before: SourceFile, now: SourceFile): Program {
    const files = new Map(this.#files);
    files.delete(before.path);
    return new Program(files.set(now.path, () => now));
  }
}

export function declaredIn(tree: Syntax): SourceFile['declared'] {
  const declared = new Map<string, Syntax[]>();
  for (const [name, node] of declarationsOf(tree)) declared.set(name, [...(declared.get(name) ?? []), node]);
  return declared;
}

function sourceFile(path: string, text: string): SourceFile {
  const tree = parse(text);
  const byType = new Map<string, Syntax[]>();
  for (const { node } of walk(tree)) {
    const known = byType.get(node.type);
    if (known) known.push(node);
    else byType.set(node.type, [node]);
  }
  return { path, text, tree, declared: declaredIn(tree), of: (type) => byType.get(type) ?? [] };
}

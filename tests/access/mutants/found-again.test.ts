import { join } from 'node:path';
import { expect, test } from 'vitest';
import { enforcementPoints } from './points/index.ts';
import { type Change, changed, findPlace } from './syntax/find.ts';
import { declaredIn, Program, type SourceFile } from './syntax/program.ts';
import { nameOf, type Placed, type Syntax, walk } from './syntax/tree.ts';

const program = Program.in(join(import.meta.dirname, '../../..'));

/** Places of all points, each with where it is found today. */
const places = enforcementPoints.flatMap(({ file, changes }) =>
  changes.map((change) => ({ file, change, today: findPlace(program, file, change) })),
);
type Place = (typeof places)[number];
const byFile = Map.groupBy(places, ({ today }) => today.file);

/** What is wrong with a place in a changed program: it stands elsewhere, or cannot be changed. */
function lostIn(now: Program, { file, change, today }: Place): string[] {
  const where = ({ match }: Place['today']) => `${match.start}-${match.end}`;
  let seen: string;
  try {
    changed(now, file, [change]);
    seen = where(findPlace(now, file, change));
  } catch (error) {
    seen = (error as Error).message;
  }
  return seen === where(today) ? [] : [`${file}, ${change[0]}, ${change[1]}: ${seen}, not ${where(today)}`];
}

test('a place is found again after its file was moved and has another name', () => {
  const lost = [...byFile].flatMap(([file, those]) => {
    const now = program.with(file, { ...file, path: 'src/elsewhere/renamed.ts' });
    return those.flatMap((place) => lostIn(now, place));
  });
  expect(lost).toEqual([]);
});

test('a place is found again after any one name in it was changed, also that of what is around it', () => {
  const lost = [...byFile].flatMap(([file, those]) => {
    const identifiers = Map.groupBy(identifiersIn(file.tree), (node) => nameOf(node) ?? '');
    const uses = those.flatMap((place) => [...namesIn(place.change)].map((name) => ({ name, place })));
    return [...Map.groupBy(uses, ({ name }) => name)].flatMap(([name, used]) =>
      renamed(file, identifiers.get(name) ?? [], (now) =>
        used.flatMap(({ place }) => lostIn(program.with(file, now), place)).map((how) => `${name}: ${how}`),
      ),
    );
  });
  expect(lost).toEqual([]);
});

test('a place is found again after all parameters and local constants of its file got other names', () => {
  const lost = [...byFile].flatMap(([file, those]) =>
    renamed(file, localsIn(file.tree), (now) =>
      those.flatMap((place) => lostIn(program.with(file, now), place)),
    ),
  );
  expect(lost).toEqual([]);
});

const identifiersIn = (tree: Syntax): Syntax[] =>
  [...walk(tree)].map(({ node }) => node).filter((node) => nameOf(node) !== undefined);

/** The names that the words of a change stand for, and the one of what is around it. */
function namesIn([of, ...shapes]: Change): Set<string> {
  const words = [...shapes.join(' ').matchAll(/#?\$[A-Za-z]\w*/g)];
  return new Set([of, ...words.map(([word]) => word.replace('$', ''))]);
}

/** Uses of parameters and of constants inside of functions, by their names: a namesake elsewhere counts as well. */
function localsIn(tree: Syntax): Syntax[] {
  const nodes = [...walk(tree)];
  const isKey = (node: Syntax, holder: Syntax | undefined) =>
    holder !== undefined && holder.computed !== true && (holder.property === node || holder.key === node);
  const bound = ({ node }: Placed): Syntax[] =>
    /Function|Arrow/.test(node.type)
      ? (node.params as Syntax[])
      : node.type === 'VariableDeclarator'
        ? [node.id as Syntax]
        : [];
  const names = new Set(
    nodes
      .filter(({ node, above }) => [node, ...above].some(({ type }) => /Function/.test(type)))
      .flatMap(bound)
      .flatMap((pattern) => [...walk(pattern)])
      .filter(({ above }) => !above.some(({ type }) => type === 'TSTypeAnnotation'))
      .filter(({ node, above }) => node.type === 'Identifier' && !isKey(node, above.at(-1)))
      .map(({ node }) => node.name as string),
  );
  return nodes
    .filter(({ node, above }) => node.type === 'Identifier' && !isKey(node, above.at(-1)))
    .map(({ node }) => node)
    .filter((node) => names.has(node.name as string));
}

/** Does something with a file in which identifiers have other names. */
function renamed<T>(file: SourceFile, nodes: readonly Syntax[], work: (now: SourceFile) => T): T {
  const names = nodes.map((node) => node.name);
  const rename = (to: (name: unknown) => unknown) =>
    nodes.forEach((node, i) => {
      Object.assign(node, { name: to(names[i]) });
    });
  rename((name) => `${name}Renamed`);
  try {
    return work({ ...file, declared: declaredIn(file.tree) });
  } finally {
    rename((name) => name);
  }
}

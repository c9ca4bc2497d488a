import { basename } from 'node:path';
import { becoming } from './becomes.ts';
import type { Program, SourceFile } from './program.ts';
import { type Match, matchesAt, type Shape, shapeOf } from './shape.ts';
import type { Syntax } from './tree.ts';

/**
 * A change of one place: the function, constant or member around it (a private one with its `#`), the shape of the
 * place, whose words are named as the program names them today, and what stands there instead (nothing for a statement
 * that is left out). Further shapes show what `becomes` names and the first one does not: they stand in the same
 * declaration, or else in the file.
 */
export type Change = readonly [of: string, shape: string, becomes: string, ...knows: readonly string[]];

interface Found {
  readonly file: SourceFile;
  readonly match: Match;
}

/** Which share of a shape's words has to be named as the program names them, where nothing else tells a place. */
const enough = 0.5;

/**
 * Finds the one place of a change. File, declaration and words are hints: the shape alone must fit. So a place is
 * found again after each of them got another name, and never where two places fit equally well.
 * @param name the file's name, without folders
 * @throws Error when no place fits, or several do
 */
export function findPlace(program: Program, name: string, change: Change): Found {
  const [of, text] = change;
  const shape = shapeOf(text);
  const inFile = program.named(name);
  const around = (file: SourceFile) => file.declared.get(of) ?? [];
  const here = best(
    inFile.flatMap((file) => around(file).flatMap((node) => within(shape, file, node))),
    0,
  );
  if (here.length > 0) return only(here, name, change);
  // The declaration has another name, or the file.
  const isKnown = inFile.some((file) => around(file).length > 0);
  if (!isKnown)
    for (const files of [inFile, program.all()]) {
      const named = files.flatMap((file) => around(file).flatMap((node) => within(shape, file, node)));
      for (const candidates of [named, files.flatMap((file) => within(shape, file))]) {
        const found = best(candidates, enough);
        if (found.length > 0) return only(found, name, change);
      }
    }
  throw new Error(`${name}, ${of}: no place looks like ${text}`);
}

function only(found: readonly Found[], name: string, [of, shape]: Change): Found {
  if (found.length > 1) throw new Error(`${name}, ${of}: ${found.length} places look like ${shape}`);
  return found[0]!;
}

function within(shape: Shape, file: SourceFile, around: Syntax = file.tree): Found[] {
  return file
    .of(shape.node.type)
    .filter(({ start, end }) => start >= around.start && end <= around.end)
    .flatMap((node) => matchesAt(shape, node, file.text).map((match) => ({ file, match })));
}

/** Those whose names agree best with the words; one alone need not agree better than `atLeast`. */
function best(found: readonly Found[], atLeast: number): Found[] {
  const rated = found.map((each) => ({ each, agreement: agreementOf(each.match) }));
  const highest = Math.max(...rated.map(({ agreement }) => agreement));
  if (highest < atLeast) return [];
  return rated.filter(({ agreement }) => agreement === highest).map(({ each }) => each);
}

/** The share of words for names that stand for the same name; 1 where there are none. */
function agreementOf({ words }: Match): number {
  const names = [...words].filter(([word]) => /^\.?#?\$[^$]/.test(word));
  const same = names.filter(([word, name]) => word.replace(/^\.|\$/g, '') === name);
  return names.length === 0 ? 1 : same.length / names.length;
}

/** The match with the words of further shapes. @throws Error when one of these stands nowhere */
function knowing({ file, match }: Found, [of, , , ...knows]: Change): Match {
  const words = new Map(match.words);
  const agrees = (other: Match) =>
    [...other.words].every(([word, value]) => (words.get(word) ?? value) === value);
  const around = [...file.declared.values()]
    .flat()
    .find((node) => node.start <= match.start && node.end >= match.end);
  for (const text of knows) {
    const shape = shapeOf(text);
    const [known] = [around, file.tree].flatMap((node) =>
      best(
        within(shape, file, node).filter((other) => agrees(other.match)),
        0,
      ),
    );
    if (!known) throw new Error(`${file.path}, ${of}: nothing looks like ${text}`);
    for (const [word, value] of known.match.words) words.set(word, value);
  }
  return { ...match, words };
}

/** A file with its changes made. @throws Error when one of them has no place */
export function changed(
  program: Program,
  name: string,
  changes: readonly Change[],
): { source: SourceFile; text: string } {
  const found = changes.map((change) => {
    const place = findPlace(program, name, change);
    return { change, file: place.file, match: knowing(place, change) };
  });
  const [first] = found;
  if (!first) throw new Error(`${name}: nothing to change`);
  if (found.some(({ file }) => file !== first.file))
    throw new Error(
      `${name}: the places of one change stand in ${found.map(({ file }) => basename(file.path))}`,
    );
  let { text } = first.file;
  for (const { match, change } of found.sort((a, b) => b.match.start - a.match.start))
    text =
      text.slice(0, match.start) + becoming(change[2], match, shapeOf(change[1])) + text.slice(match.end);
  return { source: first.file, text };
}

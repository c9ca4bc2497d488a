/** Why a body is refused. The sentence holds nothing of the body. */
export class BodyRefused extends Error {
  override readonly name = 'BodyRefused';
  readonly statusCode = 400;
}

/** Deeper than any filter in the variables of a request may be nested. */
const maxDepth = 40;
/** The most names in all objects together; a filter of a hundred conditions has some hundreds. */
const maxNames = 2000;
/** The most values in all objects and lists together. Lists of ids are the longest. */
const maxMembers = 10_000;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of a JSON body, which is in UTF-8 without a byte order mark (RFC 8259 §8.1).
 * @throws BodyRefused
 */
export function decodeBody(bytes: Buffer): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    throw new BodyRefused('The body begins with a byte order mark; send UTF-8 without one.');
  try {
    return utf8.decode(bytes);
  } catch {
    throw new BodyRefused('The body is not in UTF-8.');
  }
}

/**
 * Counts the names that objects of a JSON text write: outside of strings, a colon follows each name and
 * nothing else.
 * @throws BodyRefused for too many, before they are parsed
 */
export function countNames(text: string): number {
  const count = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '').split(':').length - 1;
  if (count > maxNames) throw new BodyRefused(`The body names more than ${maxNames} keys.`);
  return count;
}

/**
 * Refuses JSON that two readers could understand differently, or that is slow to walk: a name twice in one
 * object (RFC 8259 §4: a proxy might check another value than the one that is executed), invalid characters,
 * deep nesting, many values.
 * @param written the number of names in the text from which the value was parsed
 * @throws BodyRefused
 */
export function checkJson(written: number, value: unknown): void {
  if (written !== namesOf(value)) throw new BodyRefused('The body names a key twice in one object.');
}

/** Counts the names of all objects in a value, level by level: recursion would fail at some depth. */
function namesOf(value: unknown): number {
  let names = 0;
  let members = 0;
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) throw new BodyRefused(`The body is nested more than ${maxDepth} levels deep.`);
    const below: unknown[] = [];
    for (const item of level) {
      if (typeof item === 'string') checkText(item);
      if (typeof item !== 'object' || item === null) continue;
      const keys = Array.isArray(item) ? [] : Object.keys(item);
      names += keys.length;
      const values = Object.values(item);
      members += values.length;
      if (members > maxMembers) throw new BodyRefused(`The body holds more than ${maxMembers} values.`);
      below.push(...values);
    }
    level = below;
  }
  return names;
}

/** A half of a surrogate pair is no character, and no database stores the zero character. */
function checkText(text: string): void {
  if (text.includes('\0') || !text.isWellFormed())
    throw new BodyRefused('A text in the body holds characters that do not exist.');
}

/** Claims that may be named in an answer: those that this server, or any library of tokens, knows. */
const known: ReadonlySet<string> = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'],
  ...['name', 'department', 'unit', 'posts', 'post', 'client', 'azp', 'explore'],
]);

// Control characters, and halves of characters, which are none in UTF-8.
const control = /\p{Cc}/u;
// What cannot be seen in the log, and would let one id pass for another: marks of direction, joiners, ends of lines.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * The first claim that holds a control character anywhere: PostgreSQL has no text with NUL, a line of a log none with
 * an end of line. Undefined when every claim is clean; `claims` for one whose name is not known here.
 */
export function claimWithControls(claims: unknown): string | undefined {
  if (typeof claims !== 'object' || claims === null) return undefined;
  for (const [name, value] of Object.entries(claims))
    if (!isClean(name) || !isClean(value)) return known.has(name) ? name : 'claims';
  return undefined;
}

/** Whether every character of a text can be seen. */
export const isPlainText = (text: string): boolean => text.isWellFormed() && !unseen.test(text);

/** Depth is bounded by the length of a token. */
function isClean(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !control.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, part]) => isClean(key) && isClean(part));
}

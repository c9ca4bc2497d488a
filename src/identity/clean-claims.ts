/** Claims that an answer may name: those that this server or any library of tokens knows. */
const known: ReadonlySet<string> = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'],
  ...['name', 'department', 'unit', 'posts', 'post', 'client', 'azp', 'explore'],
]);

// Control characters, and halves of surrogate pairs, which do not exist in UTF-8.
const control = /\p{Cc}/u;
// Characters that the log does not show, and by which one id could pass for another: direction marks,
// joiners, line ends.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * The first claim that holds a control character anywhere. PostgreSQL has no text with NUL, and a line of a
 * log none with a line end. Undefined when every claim is clean; `claims` stands for a claim whose name is
 * not known here.
 */
export function claimWithControls(claims: unknown): string | undefined {
  if (typeof claims !== 'object' || claims === null) return undefined;
  for (const [name, value] of Object.entries(claims))
    if (!isClean(name) || !isClean(value)) return known.has(name) ? name : 'claims';
  return undefined;
}

/** Whether every character of a text can be seen. */
export const isPlainText = (text: string): boolean => text.isWellFormed() && !unseen.test(text);

/** The length of a token bounds the depth. */
function isClean(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !control.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, part]) => isClean(key) && isClean(part));
}

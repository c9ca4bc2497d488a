/**
 * Validation messages name types, fields and arguments, which are public. They also quote literals, which may
 * be personal, and guess what was meant. Quotations and guesses are removed.
 */
export function withoutValues(message: string): string {
  if (message.includes('Validation aborted'))
    return 'The document has too many faults, or is too long to be checked. Mend the first ones, or ask in several documents.';
  return message
    .replace(/^Value "[^"]*" does not exist in ("\w+") enum.*$/s, 'A value does not exist in the enum $1.')
    .replace(/ Did you mean[^?]*\?/g, '')
    .replace(/: .*$/s, '.')
    .replace(
      /(cannot represent|represent|Expected value of type "[^"]*"|found|got invalid value|Value) (a non \S+ value|"(?:[^"\\]|\\.)*"|\{.*\}|\[.*\]|[-\d.]+)(?=[\s.;,]|$).*$/s,
      '$1 a value of another kind.',
    )
    .replace(/"([^"]*)"/g, (quoted, inner: string) =>
      /^[\w!$.[\]@ ]{1,80}$/.test(inner) && !/\d{6}/.test(inner) ? quoted : '"…"',
    );
}

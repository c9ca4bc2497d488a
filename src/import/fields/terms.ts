/** Words and codes of a code table. */
export type Terms<Code extends string> = ReadonlyMap<string, Code>;

/** Terms and their codes; a code may have several terms, parted by spaces. */
export function terms<Code extends string>(table: Readonly<Record<Code, string>>): Terms<Code> {
  return new Map(
    (Object.entries(table) as [Code, string][]).flatMap(([code, words]) =>
      words.split(/\s+/).map((word) => [word, code] as const),
    ),
  );
}

/** A code before or behind its word: 01汉族, 10-未婚, 汉族(01). */
const withCode = /^([0-9]{1,2}|[A-Z]{2})[-.、:：|/_)]?(\D+)$|^(\D+?)[-(|/]?([0-9]{1,2}|[A-Z]{2})\)?$/;

/**
 * The code of a term, whatever its width, case and spaces; also of a word with its code beside it, when both mean the
 * same. Undefined for an unknown one.
 */
export function findTerm<Code extends string>(terms: Terms<Code>, cell: string): Code | undefined {
  const known = terms.get(cell);
  if (known !== undefined) return known;
  const plain = cell.normalize('NFKC').replace(/\s+/g, '').toUpperCase();
  const found = terms.get(plain) ?? terms.get(plain.replace(/\.0+$/, ''));
  if (found !== undefined) return found;
  const parts = withCode.exec(plain);
  if (!parts) return undefined;
  const [code, word] = [terms.get(parts[1] ?? parts[4]!), terms.get(parts[2] ?? parts[3]!)];
  return code === word ? code : undefined;
}

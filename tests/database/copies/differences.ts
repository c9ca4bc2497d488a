import type { Copies } from './read-copies.ts';

/** What differs, a few of each. */
export function differences(got: Copies, wanted: Copies): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, lines] of wanted) {
    const [there, expected] = [new Set(got.get(name)), new Set(lines)];
    const missing = lines.filter((line) => !there.has(line));
    const extra = [...there].filter((line) => !expected.has(line));
    if (missing.length || extra.length)
      found[name] = { count: missing.length, missing: missing.slice(0, 3), extra: extra.slice(0, 3) };
  }
  return found;
}

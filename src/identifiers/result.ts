/**
 * What a check of an identifier gives: the normalised value, or a stable code and a sentence. The sentence
 * names the rule that failed and never repeats the text that was given.
 */
export type Checked<Value, Code extends string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: Code; readonly message: string };

export const accepted = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({
  ok: true,
  value,
});

export const refused = <Code extends string>(
  code: Code,
  message: string,
): { readonly ok: false; readonly code: Code; readonly message: string } => ({ ok: false, code, message });

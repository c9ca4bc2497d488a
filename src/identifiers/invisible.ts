/**
 * Characters that nobody sees and that make two equal texts differ: format characters (zero width, direction marks,
 * byte order marks, soft hyphens), control characters, variation selectors, fillers. Line feeds, tabs and spaces
 * stay: they separate.
 */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]|(?!\s)\p{Cc}/gu;

/** The text without characters that nobody sees. */
export function withoutInvisible(text: string): string {
  return text.replace(invisible, '');
}

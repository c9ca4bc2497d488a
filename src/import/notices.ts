/** What a report notices, in sentences for who sent the file; further codes speak for themselves. */
const sentences: Readonly<Record<string, string>> = {
  LAST_LINE_CUT: 'The last line has no end: the file was cut; that row goes back, ask for the whole file.',
  TEXT_AFTER_END_OF_FILE: 'There is text behind the mark that ends the file (0x1A); it was not read.',
  STRAY_QUOTES: 'Rows with quotation marks that belong to nothing; the marks were taken off.',
  NUMBERS_ROUNDED:
    'Identity numbers that a spreadsheet has rounded; their column must be text before the file is saved.',
  PHONE_READ_IN_PART: 'Cells with more than one telephone number; the first was taken, the text is kept.',
  UNDER_16_AT_START: 'Contracts of persons who were not sixteen when they began.',
};

/** A notice's sentence; empty for a code that has none. */
export function sentenceOfNotice(code: string): string {
  return sentences[code] ?? '';
}

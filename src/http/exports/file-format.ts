/** A record as it was answered. */
export type Answered = Readonly<Record<string, unknown>>;

/** Writes the records of an export as the text of a file, a page at a time. */
export interface FileFormat {
  /** What stands before the first record. */
  head(): string;
  page(records: readonly Answered[]): string;
  /** The last line of a file that is not whole. */
  stopped(code: string, message: string): string;
  end(): string;
}

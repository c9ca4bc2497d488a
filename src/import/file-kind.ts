import type { RowReader } from './fields/row-reader.ts';

/** A row that passed its checks. */
export interface CheckedRow {
  /** Of the department's own table; a later row with the same key speaks of the same thing. */
  readonly key: string;
  /** Eighteen characters; null where the row names an organisation only, or a person by another document. */
  readonly citizenId: string | null;
  /** What is odd about the row though it is accepted. */
  readonly flags: readonly string[];
  /** What the sender is told though the record itself carries no flag for it. */
  readonly notices?: readonly string[];
  /**
   * By staging column; numbers and dates as text that the database takes. Each kind has `as_written` (a JSON object
   * from heading to text, of cells that could not be read or only in part), `document_kind` and `document_number`
   * (of a document that is no citizen's card; the number of a citizen is null then).
   */
  readonly values: Readonly<Record<string, string | null>>;
}

/** What a department's monthly file looks like. */
export interface FileKind {
  /** The department's folder, and its name for whoever imports. */
  readonly name: string;
  /** The module that exports this as `kind`, for the thread that checks the file. */
  readonly module: string;
  /** What stands in the file, for sentences. */
  readonly title: string;
  readonly store: string;
  /** The headings. */
  readonly columns: readonly string[];
  /** Headings that a file may have besides. */
  readonly optionalColumns: readonly string[];
  /** Columns whose cells may be empty: a line that ends before them lacks nothing. */
  readonly mayBeEmpty: readonly string[];
  /** The heading of the person's name. */
  readonly nameColumn: string;
  /** The columns that make the key. */
  readonly keyColumns: readonly string[];
  /** Columns of the staging table; text, unless `stagingTypes` says otherwise. */
  readonly staging: readonly string[];
  /** By staging column. What is read once by COPY need not be read from text by each statement. */
  readonly stagingTypes?: Readonly<Record<string, 'date' | 'timestamptz' | 'text[]'>>;
  /** Reads a row; what it gives counts only when the reader then has no fault. */
  check(row: RowReader): CheckedRow;
}

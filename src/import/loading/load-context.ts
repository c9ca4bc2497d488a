import type { Sql } from 'postgres';

/** What a department's load works with. */
export interface LoadContext {
  /** The transaction of the file on the department's store; `import_rows` stands in it, with the kind's columns. */
  readonly tx: Sql;
  /** The population register, to find persons by number; may be on another server. */
  readonly register: Sql;
  /** `YYYY-MM` */
  readonly month: string;
  /** `YYYY-MM-DD` */
  readonly lastDay: string;
}

/** How a department's accepted rows reach its tables. */
export interface Load {
  /**
   * Whether rows are loaded while the file is still read; otherwise the whole file at once. Only where the outcome
   * does not depend on where the file is cut.
   */
  readonly inSlices?: boolean;
  /** Columns of `import_rows` that are made of others, by their SQL definition. */
  readonly derived?: Readonly<Record<string, string>>;
  /** Columns of `import_rows` with new ids. */
  readonly ids?: readonly string[];
  /** Before the first row; `import_rows` stands. @param rows of the file, at a guess */
  begin(context: LoadContext, rows: number): Promise<LoadSteps>;
}

export interface LoadSteps {
  /** Brings the rows of `import_rows` into the tables. @returns how many name a person unknown to the register */
  load(): Promise<number>;
  /** After the last row. */
  end?(): Promise<void>;
  /** How many rows were older than what the tables have, counted up to now. */
  older(): number;
}

/** The document by whose number a row names a person, as `import_persons` has it. */
export const personOfRow: Readonly<Record<string, string>> = {
  person_number: 'text generated always as (coalesce(citizen_id_number, document_number)) stored',
  person_document: `text generated always as (case when citizen_id_number is null then document_kind else 'RESIDENT_ID' end) stored`,
};

/** Says who wrote a row, in `created_by` and `source_system`. */
export const author = 'import';

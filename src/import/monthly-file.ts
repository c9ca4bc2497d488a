import type { PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import type { Carriers } from '../contract/model/row-scope.ts';
import type { BatchFacts } from './batches.ts';
import type { FileKind } from './file-kind.ts';

/** A department's monthly file: what it looks like, and what becomes of its rows. */
export interface MonthlyFile {
  readonly kind: FileKind;
  readonly load: Load;
  /** Rows that name a person by number only, until the register knows the person. */
  readonly waiting?: Waiting;
  /**
   * Statements that take persons `$1` off rows that name them by number. The shield stays: who is doubted may still be
   * the one who is hidden.
   */
  readonly lettingGo?: readonly string[];
  /** What the department itself keeps of a file that came for the first time, in the file's transaction. */
  recordBatch?(tx: Sql, facts: BatchFacts): Promise<void>;
}

/** What a department that has no file of its own is known for too: rows that follow the persons they name. */
export interface ImportingStore {
  readonly store: string;
  readonly records: Readonly<
    Record<string, { readonly table: PgTable; readonly carries?: Carriers; readonly staysInPlace?: true }>
  >;
  readonly monthlyFile?: MonthlyFile;
}

/** The files that can be imported. */
export const kindsOf = (stores: readonly { readonly monthlyFile?: MonthlyFile }[]): readonly FileKind[] =>
  stores.flatMap(({ monthlyFile }) => monthlyFile?.kind ?? []);

export interface Waiting {
  /** The documents with their numbers (`RESIDENT_ID 349999…`) for which a person is looked for, as a query. */
  readonly numbers: string;
  /** What is done with those found; `import_persons` stands. */
  readonly joins: readonly string[];
}

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

/** What became of the rows of a file: how many name a person unknown to the register, and how many were older. */
export interface Loaded {
  readonly unmatched: number;
  readonly older: number;
}

/** Loads a file as a whole. Each row names a person by a document. */
export const wholeFile = (load: (context: LoadContext) => Promise<Loaded>): Load => ({
  derived: personOfRow,
  async begin(context) {
    let older = 0;
    return {
      async load() {
        const loaded = await load(context);
        older += loaded.older;
        return loaded.unmatched;
      },
      older: () => older,
    };
  },
});

/** The document by whose number a row names a person, as `import_persons` has it. */
const personOfRow: Readonly<Record<string, string>> = {
  person_number: 'text generated always as (coalesce(citizen_id_number, document_number)) stored',
  person_document: `text generated always as (case when citizen_id_number is null then document_kind else 'RESIDENT_ID' end) stored`,
};

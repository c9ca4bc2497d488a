import type { Sql } from 'postgres';

/** What a department's load works with. */
export interface LoadContext {
  /** The transaction of the file on the department's store; `import_rows` stands in it, all columns text. */
  readonly tx: Sql;
  /** The population register, to find persons by number; may be on another server. */
  readonly register: Sql;
  /** `YYYY-MM` */
  readonly month: string;
  /** `YYYY-MM-DD` */
  readonly lastDay: string;
}

/** Brings accepted rows from `import_rows` into a department's tables. @returns how many name a person unknown to the register */
export type Load = (context: LoadContext) => Promise<number>;

/** Says who wrote a row, in `created_by` and `source_system`. */
export const author = 'import';

import type { Sql } from 'postgres';

/** A file as `imports.batches` knows it. */
export interface FileKey {
  readonly department: string;
  /** `YYYY-MM` */
  readonly month: string;
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
}

/** The number that a file got when it first came: files of one month are ordered by it, also when sent again. */
export async function takeNumber(tx: Sql, { department, month, sha256 }: FileKey): Promise<number> {
  const [found] = await tx`
    select coalesce(
      (select number from imports.batches
        where department = ${department} and period = ${month} and sha256 = ${sha256}),
      (select coalesce(max(number), 0) + 1 from imports.batches
        where department = ${department} and period = ${month})) as number`;
  return Number(found?.number);
}

/** More lines than a file can have. */
export const rowsOfFile = 100_000_000;
const filesOfMonth = 10_000;
const firstYear = 1900;

/**
 * The definition of a column `report_no`: rows of a later month, of a later file of the month, further down in the file
 * have the greater number; the same row of the same file always has the same one. A
 * whole number that JavaScript can hold until the year 2600.
 */
export function reportNumber(month: string, number: number): string {
  const [year, ofYear] = month.split('-').map(Number);
  const file = BigInt(((year! - firstYear) * 12 + ofYear!) * filesOfMonth + number) * BigInt(rowsOfFile);
  return `bigint generated always as (${file}::bigint + line) stored`;
}

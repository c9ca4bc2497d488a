import type { RowReader } from './row-reader.ts';

/** The number that a department gives to a record: two letters and 8 to 18 digits, not one digit over and over. */
export function readSerial(row: RowReader, column: string): string {
  const serial = row.identifier(column);
  if (!/^[A-Z]{2}\d{8,18}$/.test(serial)) row.refuse('SERIAL_INVALID', column);
  else if (/^[A-Z]{2}(\d)\1+$/.test(serial)) row.refuse('SERIAL_PLACEHOLDER', column);
  return serial;
}

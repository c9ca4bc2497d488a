import { foldedName } from '../../../import/loading/row-sql.ts';

/** By what two rows are about one person: name and birth date. Immutable, so that it can be stored. */
export const spellingOf = (name: string, birthDate: string): string =>
  `${foldedName(name)} || ' ' || (${birthDate} - date '2000-01-01')::text`;

/** A row's number with the kind of its document; the number alone is that of another in another kind. */
export const identityOf = (alias: string): string =>
  `coalesce('RESIDENT_ID ' || ${alias}citizen_id_number, ${alias}document_kind || ' ' || ${alias}document_number)`;

/** Whether two rows name a person by the same document, in a form that indexes serve. */
export const sameDocument = (m: string, r: string): string =>
  `(${m}.citizen_id_number = ${r}.citizen_id_number
    or (${m}.document_number = ${r}.document_number and ${m}.document_kind = ${r}.document_kind))`;

/**
 * When the newest of what the register says of a person was captured. Before reports had numbers it was written in
 * `as_of`, of persons from elsewhere it is the day on which the row was made.
 */
export const capturedOf = (m: string): string =>
  `(case when ${m}.report_no = 0 then least(${m}.as_of, ${m}.created_at) else ${m}.as_of end)`;

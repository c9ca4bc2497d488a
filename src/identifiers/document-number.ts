import { toHalfWidth } from './half-width.ts';
import { withoutInvisible } from './invisible.ts';

/** Documents of persons that do not show a citizen identity number. */
export type TravelDocument =
  | 'PASSPORT'
  | 'HONG_KONG_MACAO_PERMIT'
  | 'TAIWAN_PERMIT'
  | 'FOREIGN_PERMANENT_RESIDENCE'
  | 'BIRTH_CERTIFICATE';

const forms: Readonly<Record<TravelDocument, RegExp>> = {
  // Nine characters at most by ICAO 9303, some states print more; letters alone are a name.
  PASSPORT: /^(?=.*\d)[0-9A-Z]{5,12}$/,
  // H (Hong Kong) or M (Macao), eight digits of the holder, two of the issue, which are often left out.
  HONG_KONG_MACAO_PERMIT: /^[HM]\d{8}(?:\d{2})?$/,
  // Eight digits of the holder, or ten with the letter of the issue, as the booklets before were numbered.
  TAIWAN_PERMIT: /^(?:T?\d{8}|\d{10}[A-Z]?)$/,
  // Three letters of the nationality, then twelve digits (form of 2004).
  FOREIGN_PERMANENT_RESIDENCE: /^[A-Z]{3}\d{12}$/,
  BIRTH_CERTIFICATE: /^[A-Z]\d{9}$/,
};

/** A document's number in half width and upper case, without spaces and brackets: `0012345678(B)` is `0012345678B`. */
export function plainDocumentNumber(text: string): string {
  return toHalfWidth(withoutInvisible(text)).replace(/[()[\]【】〔〕.]/g, '');
}

/** Whether a plain number has the form of the document's kind. */
export function isDocumentNumber(kind: TravelDocument, number: string): boolean {
  return forms[kind].test(number);
}

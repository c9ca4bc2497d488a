import { type CitizenId, parseCitizenId } from '../../identifiers/citizen-id.ts';
import {
  isDocumentNumber,
  plainDocumentNumber,
  type TravelDocument,
} from '../../identifiers/document-number.ts';
import type { RowReader } from './row-reader.ts';
import { findTerm, terms } from './terms.ts';

/** Whom a row names: by citizen identity number, or by the number of another document; by neither after a fault. */
export interface Identity {
  readonly citizenId: CitizenId | undefined;
  readonly document: { readonly kind: DocumentKind; readonly number: string } | undefined;
}

/** As the register's documents name them. */
export type DocumentKind = 'PASSPORT' | 'HMT_PERMIT' | 'BIRTH_CERT' | 'OTHER';

/** A household register and a temporary card hold the citizen's number too. */
const kinds = terms<'CITIZEN' | TravelDocument>({
  CITIZEN:
    '居民身份证 身份证 二代身份证 第二代身份证 一代身份证 第一代身份证 二代证 一代证 临时身份证 临时居民身份证 公民身份证 中国居民身份证 居民户口簿 户口簿 户口本 户口 港澳台居民居住证 港澳居民居住证 台湾居民居住证',
  PASSPORT: '护照 普通护照 中国护照 中华人民共和国护照 外国护照 因私护照 因公护照 外国人护照 PASSPORT',
  HONG_KONG_MACAO_PERMIT:
    '港澳居民来往内地通行证 港澳通行证 回乡证 港澳居民通行证 香港居民来往内地通行证 澳门居民来往内地通行证 港澳同胞回乡证 港澳居民往来内地通行证',
  TAIWAN_PERMIT:
    '台湾居民来往大陆通行证 台胞证 台湾通行证 台湾居民通行证 台湾居民往来大陆通行证 台湾同胞证 台湾同胞来往大陆通行证',
  FOREIGN_PERMANENT_RESIDENCE: '外国人永久居留证 外国人永久居留身份证 永久居留证 外国人居留证 绿卡',
  BIRTH_CERTIFICATE: '出生医学证明 出生证 出生证明 医学出生证明',
});

const kindOf: Readonly<Record<TravelDocument, DocumentKind>> = {
  PASSPORT: 'PASSPORT',
  HONG_KONG_MACAO_PERMIT: 'HMT_PERMIT',
  TAIWAN_PERMIT: 'HMT_PERMIT',
  FOREIGN_PERMANENT_RESIDENCE: 'OTHER',
  BIRTH_CERTIFICATE: 'BIRTH_CERT',
};

/** The optional column that says of which document a number is; without it numbers are citizens'. */
export const documentColumn = '证件类型';

/**
 * Reads the number of a person's document by the kind that stands beside it. A kind that nobody knows flags the row and
 * is kept; its number is taken for a citizen's when it is one.
 */
export function readIdentity(row: RowReader, column: string): Identity {
  const said = row.cell(documentColumn);
  if (said === '') return { citizenId: row.citizenId(column), document: undefined };
  const kind = findTerm(kinds, said);
  if (kind === 'CITIZEN') return { citizenId: row.citizenId(column), document: undefined };
  const cell = row.cell(column);
  const number = plainDocumentNumber(cell);
  if (number === '') row.refuse('ID_MISSING', column);
  if (/^(.)\1+$/.test(number)) row.refuse('ID_PLACEHOLDER', column);
  if (kind) {
    if (!isDocumentNumber(kind, number)) row.refuse('DOCUMENT_FORMAT', column);
    return { citizenId: undefined, document: { kind: kindOf[kind], number } };
  }
  row.unread(documentColumn);
  const citizen = parseCitizenId(cell, { asOf: row.lastDay });
  if (citizen.ok) return { citizenId: citizen.value, document: undefined };
  const plain = number.replace(/[^0-9A-Z-]/g, '');
  if (plain !== number) row.keep(column);
  if (!/^(?=.*\d)[0-9A-Z-]{4,30}$/.test(plain)) row.refuse('DOCUMENT_FORMAT', column);
  return { citizenId: undefined, document: { kind: 'OTHER', number: plain } };
}

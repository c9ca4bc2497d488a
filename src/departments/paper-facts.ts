import type { Paper, PaperRecord } from '../contract/doing/department-doing.ts';
import { findActingUnit } from '../identity/units.ts';
import type { PaperContent, PaperFact } from '../papers/paper-content.ts';
import { dayInChinese } from '../papers/render-paper.ts';
import { chineseOf } from './enum-codes.ts';

// What printed documents of several departments have in common.

type Read = PaperRecord['read'];

/** A value of what was read, by its path; null where any part of it is missing. */
function at(read: Read, path: string): unknown {
  let value: unknown = read;
  for (const name of path.split('.')) value = (value as Read | null | undefined)?.[name];
  return value ?? null;
}

/** A text as it was read, masked where it is masked. */
export const textAt = (read: Read, path: string): string | null => {
  const value = at(read, path);
  return value === null ? null : String(value);
};

/** The rows of a list. */
export const rowsAt = (read: Read, path: string): readonly Read[] => (at(read, path) ?? []) as Read[];

/** A fact by its path. */
export const fact = (label: string, read: Read, path: string): PaperFact => ({
  label,
  value: textAt(read, path),
});

/** A fact that is a day. */
export const dayFact = (label: string, read: Read, path: string): PaperFact => {
  const day = textAt(read, path);
  return { label, value: day && dayInChinese(day) };
};

/** A fact that is a code of an enum. */
export const codeFact = (label: string, read: Read, path: string, type: string): PaperFact => {
  const code = textAt(read, path);
  return { label, value: code && chineseOf(type, code) };
};

/** What a unit is called; what is no id of one stands as it is. */
export const unitName = (unit: string): string => findActingUnit(unit)?.nameZh ?? unit;

/** Codes of an enum, as a list of a sentence. */
export const codesInChinese = (type: string, codes: readonly string[]): string =>
  codes.map((code) => chineseOf(type, code)).join('、');

/** What a paper needs of an adverse decision. */
export const decisionFields = 'decision { legalBasis reasons decidedBy decidedOn remedyNotice }';

/** What differs between notices. */
interface Notice extends Pick<PaperContent, 'title' | 'addressee' | 'facts'> {
  /** The number of what was decided about. */
  readonly about: string;
  /** What was decided, in a sentence. */
  readonly decided: string;
}

/**
 * The notice of an adverse decision: legal basis, reasons, decider and remedy, all of them (clause LAO-a).
 * @returns null where one cannot be read: half a notice would mislead
 */
export function noticeOf(read: Read, { about, decided, ...content }: Notice): PaperContent | null {
  const [basis, reasons, decider, on, remedy] = [
    'legalBasis',
    'reasons',
    'decidedBy',
    'decidedOn',
    'remedyNotice',
  ].map((part) => textAt(read, `decision.${part}`));
  if (!basis || !reasons || !decider || !on || !remedy) return null;
  return {
    ...content,
    number: `${about}-JD${on.replaceAll('-', '')}`,
    paragraphs: [decided],
    parts: [
      { label: '法律依据', value: basis },
      { label: '理由', value: reasons },
      { label: '救济途径', value: remedy },
    ],
    office: unitName(decider),
    on,
  };
}

/** What differs between the notices of departments. */
interface NoticeOf {
  /** A selection of the record, beside the decision. */
  readonly reads: string;
  /** The path of the number of what was decided about; null where it has none, so the beginning of its id stands for it. */
  readonly about: string | null;
  /** The path of whom it is handed to. */
  readonly addressee?: string;
  readonly title: (read: Read) => string;
  readonly decided: (read: Read) => string;
  readonly facts: (read: Read) => readonly PaperFact[];
}

/** The notice of an adverse decision of a record. */
export const noticePaper = ({ reads, about, addressee, title, decided, facts }: NoticeOf): Paper => ({
  kind: 'DECISION',
  reads: `${reads} ${decisionFields}`,
  write: ({ id, read }) =>
    noticeOf(read, {
      about: (about && textAt(read, about)) ?? id.slice(0, 8).toUpperCase(),
      addressee: addressee === undefined ? null : textAt(read, addressee),
      title: title(read),
      decided: decided(read),
      facts: facts(read),
    }),
});

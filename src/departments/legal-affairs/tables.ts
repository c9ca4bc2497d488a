import { sql } from 'drizzle-orm';
import { check, index, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { LegalCheckSubject } from '../../generated/resolvers.ts';
import { listOf } from '../../store/code-check.ts';
import { day } from '../../store/columns.ts';
import { impersonal } from '../../store/free-text.ts';
import { decision, decisionCheck } from '../../store/value-columns.ts';
import { codesOf } from '../enum-codes.ts';
import { code, recordTables } from '../record-table.ts';

const table = recordTables('legal_affairs');

/** One point of a review, as it is stored. */
export interface StoredCheck {
  readonly subject: LegalCheckSubject;
  readonly isPassed: boolean;
}

/**
 * Reviews of administrative acts (dossier §3.16 AdministrativeActReview). Deciding units send grounds and remedy, with
 * the person left out (§8.4). The act's record is known to the row scope only: it opens that one act to the office, in
 * the groups that it may read, and says nothing to whoever reads the review.
 */
export const administrativeActReviews = table(
  'administrative_act_reviews',
  {
    unitId: text('unit_id').notNull(),
    actRef: text('act_ref').notNull().unique(),
    actId: uuid('act_id').notNull(),
    ...decision(),
    // Empty until the office has examined the act that was sent.
    checks: jsonb('checks').$type<readonly StoredCheck[]>().notNull().default([]),
    opinion: text('opinion'),
    correctedOn: day('corrected_on'),
  },
  (t) => [
    check('administrative_act_reviews_ref_form', sql`${t.actRef} ~ '^FZ[0-9]{4}-[0-9]{5}$'`),
    decisionCheck('administrative_act_reviews_decision_complete', t, sql`true`),
    check('administrative_act_reviews_reasons_impersonal', impersonal(t.decisionReasons, 1000)),
    check(
      'administrative_act_reviews_checks_form',
      sql`jsonb_typeof(${t.checks}) = 'array' and jsonb_array_length(${t.checks}) <= 5`,
    ),
    check(
      'administrative_act_reviews_checks_codes',
      sql`jsonb_path_query_array(${t.checks}, '$[*].subject') <@ to_jsonb(array[${listOf(codesOf('LegalCheckSubject'))}])`,
    ),
    check('administrative_act_reviews_opinion_length', sql`char_length(${t.opinion}) between 1 and 1000`),
    index('administrative_act_reviews_act').on(t.actId),
    index('administrative_act_reviews_unit').on(t.unitId, t.id),
    index('administrative_act_reviews_corrected').on(t.correctedOn, t.id),
  ],
);

/** Normative documents (dossier §3.16 NormativeDocument); published. */
export const normativeDocuments = table(
  'normative_documents',
  {
    docNo: text('doc_no').notNull(),
    title: text('title').notNull(),
    issuedOn: day('issued_on').notNull(),
    status: code('status', 'NormativeDocumentStatus').notNull().default('IN_FORCE'),
  },
  (t) => [
    uniqueIndex('normative_documents_no').on(t.docNo),
    index('normative_documents_issued').on(t.issuedOn, t.id),
  ],
);

import { sql } from 'drizzle-orm';
import { check, doublePrecision, index, integer, jsonb, text } from 'drizzle-orm/pg-core';
import { isMonth } from '../../../store/code-check.ts';
import { instant } from '../../../store/columns.ts';
import { code, recordTables } from '../../record-table.ts';

const table = recordTables('public_security');

/** A periodic import to the district's actual-population database (dossier §3.1, clause PSB-c): counts only. */
export const registrationImportBatches = table(
  'registration_import_batches',
  {
    period: text('period').notNull(),
    // Whose own job it is: the matrix gives X1 to the sender only.
    sentByUnit: text('sent_by_unit').notNull().default('PT-PSB'),
    status: code('status', 'RegistrationImportStatus').notNull().default('BUILT'),
    rowsSent: integer('rows_sent').notNull(),
    rowsAccepted: integer('rows_accepted').notNull(),
    rowsRejected: integer('rows_rejected').notNull(),
    rejectReasons: jsonb('reject_reasons').$type<{ code: string; count: number }[]>().notNull().default([]),
    timelinessRate: doublePrecision('timeliness_rate'),
    accuracyRate: doublePrecision('accuracy_rate'),
    sentAt: instant('sent_at'),
    loadedAt: instant('loaded_at'),
  },
  (t) => [
    check('registration_import_batches_period_form', isMonth(t.period)),
    check(
      'registration_import_batches_rows_add_up',
      // Until the receiver has checked the batch neither is known.
      sql`${t.rowsAccepted} >= 0 and ${t.rowsRejected} >= 0 and (${t.rowsSent} = ${t.rowsAccepted} + ${t.rowsRejected} or (${t.status} in ('BUILT', 'SENT', 'FAILED') and ${t.rowsAccepted} + ${t.rowsRejected} = 0))`,
    ),
    check('registration_import_batches_reasons_list', sql`jsonb_typeof(${t.rejectReasons}) = 'array'`),
    check(
      'registration_import_batches_rates',
      sql`${t.timelinessRate} between 0 and 1 and ${t.accuracyRate} between 0 and 1`,
    ),
    check('registration_import_batches_loaded_after_sent', sql`${t.sentAt} <= ${t.loadedAt}`),
    index('registration_import_batches_unit').on(t.sentByUnit, t.period, t.id),
    index('registration_import_batches_period').on(t.period, t.id),
  ],
);

import type { Sql } from 'postgres';
import type { CheckedFile } from './check-file.ts';
import type { FileKind } from './kinds/file-kind.ts';

/** What is kept of a file besides its rows. */
export interface BatchFacts {
  readonly kind: FileKind;
  readonly fileName: string;
  readonly month: string;
  /** Of the department's files of the month, in the order in which they first came. */
  readonly number: number;
  readonly startedAt: Date;
  readonly checked: CheckedFile;
}

/**
 * Records a file and keeps its refused rows from `import_refused`, in the file's transaction. The same file sent
 * again is the same batch: only the time it last came is noted.
 */
export async function recordBatch(tx: Sql, facts: BatchFacts): Promise<void> {
  const { kind, fileName, month, number, startedAt, checked } = facts;
  const { tally, headings, sha256 } = checked;
  const [known] = await tx`update imports.batches set last_sent_at = now()
    where department = ${kind.name} and period = ${month} and sha256 = ${sha256} returning id`;
  if (known) return;
  const [batch] = await tx`
    insert into imports.batches (id, department, file_name, period, sha256, number, headings, rows, accepted, repeated_rows,
      rejected, flags, started_at, finished_at, last_sent_at)
    values (uuidv7(), ${kind.name}, ${fileName}, ${month}, ${sha256}, ${number}, ${headings as string[]}, ${tally.rows},
      ${tally.accepted}, ${tally.repeated}, ${tx.json(tally.rejected)}, ${tx.json(tally.flags)},
      ${startedAt.toISOString()}, clock_timestamp(), now())
    returning id`;
  await tx`insert into imports.refused_rows (batch_id, line, code, column_name, text)
    select ${batch?.id}, line, code, column_name, text from import_refused order by line`;
  if (kind.name === 'public-security') await recordRegistrationBatch(tx, facts);
}

/** The counts that the register itself publishes of a batch (dossier §3.1, clause PSB-c); no row's content. */
async function recordRegistrationBatch(tx: Sql, { month, startedAt, checked }: BatchFacts): Promise<void> {
  const { tally } = checked;
  const { accepted, refused } = tally;
  const sent = accepted + refused;
  const reasons = Object.entries(tally.rejected).map(([code, count]) => ({ code, count }));
  await tx`
    insert into public_security.registration_import_batches (id, period, status, rows_sent, rows_accepted,
      rows_rejected, reject_reasons, accuracy_rate, sent_at, loaded_at, created_by, source_system)
    values (uuidv7(), ${month}, ${refused === 0 ? 'LOADED' : 'PARTLY_LOADED'}, ${sent}, ${accepted}, ${refused},
      ${tx.json(reasons)}, ${sent === 0 ? null : accepted / sent}, ${startedAt.toISOString()}, clock_timestamp(),
      'import', 'import')`;
}

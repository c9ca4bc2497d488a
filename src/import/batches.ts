import type { Sql } from 'postgres';
import type { CheckedFile } from './check-file.ts';
import type { MonthlyFile } from './monthly-file.ts';

/** What is kept of a file besides its rows. */
export interface BatchFacts {
  readonly monthlyFile: MonthlyFile;
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
  const { monthlyFile, fileName, month, number, startedAt, checked } = facts;
  const { kind } = monthlyFile;
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
  await monthlyFile.recordBatch?.(tx, facts);
}

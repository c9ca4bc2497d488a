import type { Sql } from 'postgres';
import type { BatchFacts } from '../../../import/batches.ts';
import { suspendIndexes } from '../../../import/loading/suspended-indexes.ts';
import type { Load, MonthlyFile } from '../../../import/monthly-file.ts';
import { kind } from './file.ts';
import { createKnown } from './find-persons.ts';
import { loadKnown } from './known-registrations.ts';
import { copyRegister, loadNew, register } from './new-registrations.ts';

/**
 * Registrations (dossier §3.1). New persons are written as they come. Rows about what the register knows, or about
 * a person whom an earlier row named, are compared with it: at once where its indexes stand, else at the end.
 */
const load: Load = {
  inSlices: true,
  ids: ['migrant_id', 'registration_id'],
  async begin({ tx }, rows) {
    await tx.unsafe(createKnown);
    const restore = await suspendIndexes(tx, {
      schema: 'public_security',
      tables: ['migrants', 'residence_registrations'],
      rows,
    });
    const known = restore ? await copyRegister(tx) : register;
    let older = 0;
    const compare = async () => {
      const [kept] = await tx`select exists (select from import_known) as any`;
      if (!kept?.any) return;
      older += await loadKnown(tx);
      await tx.unsafe('truncate import_known');
    };
    return {
      async load() {
        await loadNew(tx, known);
        if (!restore) await compare();
        return 0;
      },
      async end() {
        await restore?.(['migrants_citizen_id', 'migrants_document', 'residence_registrations_migrant']);
        if (restore) await compare();
        await restore?.();
      },
      older: () => older,
    };
  },
};

/** The counts that the register itself publishes of a batch (dossier §3.1, clause PSB-c); no row's content. */
async function recordBatch(tx: Sql, { month, startedAt, checked }: BatchFacts): Promise<void> {
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

export const monthlyFile: MonthlyFile = { kind, load, recordBatch };

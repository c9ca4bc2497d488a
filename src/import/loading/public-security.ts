import { createKnown } from './find-persons.ts';
import { loadKnown } from './known-registrations.ts';
import type { Load } from './load-context.ts';
import { copyRegister, loadNew, register } from './new-registrations.ts';
import { suspendIndexes } from './suspended-indexes.ts';

/**
 * Registrations (dossier §3.1). New persons are written as they come. Rows about what the register knows, or about
 * a person whom an earlier row named, are compared with it: at once where its indexes stand, else at the end.
 */
export const registrationsLoad: Load = {
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
        await restore?.(['migrants_citizen_id', 'migrants_document', 'residence_registrations_person']);
        if (restore) await compare();
        await restore?.();
      },
      older: () => older,
    };
  },
};

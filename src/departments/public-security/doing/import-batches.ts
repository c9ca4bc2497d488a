import { sql } from 'drizzle-orm';
import type { DepartmentDoing } from '../../../contract/doing/department-doing.ts';
import { today } from '../../../store/today.ts';
import { registrationImportBatches as batches, residenceRegistrations as stays } from '../tables.ts';

/** The monthly batch for the district's database: counts only (clause PSB-c). */
export const batchesDoing: DepartmentDoing = {
  guards: {
    RegistrationImportBatch: {
      monthHasEnded: {
        holds: (row) => sql`${row(batches.period)} < to_char(${today}, 'YYYY-MM')`,
        after: true,
        field: 'period',
        en: 'The month has not ended yet.',
        zh: '该月份尚未结束。',
      },
      monthNotSentYet: {
        holds: (row) =>
          sql`not exists (select 1 from ${batches} where ${batches.period} = ${row(batches.period)} and ${batches.sentByUnit} = ${row(batches.sentByUnit)} and ${batches.id} <> ${row(batches.id)} and ${batches.status} <> 'FAILED')`,
        after: true,
        field: 'period',
        en: 'There is a batch of this month already.',
        zh: '该月份已有批次。',
      },
      noneRejected: {
        holds: (row) => sql`${row(batches.rowsRejected)} = 0`,
        en: 'Some rows were refused: load in part.',
        zh: '存在拒收数据，请办理部分入库。',
      },
      someRejected: {
        holds: (row) => sql`${row(batches.rowsRejected)} > 0`,
        en: 'No row was refused: load the batch.',
        zh: '无拒收数据，请办理全部入库。',
      },
      someAccepted: {
        holds: (row) => sql`${row(batches.rowsAccepted)} > 0`,
        en: 'No row was accepted: the batch has failed.',
        zh: '无可入库数据，批次失败。',
      },
    },
  },
  fills: {
    countRegistrations: {
      sets: ['rowsSent', 'rowsAccepted', 'rowsRejected'],
      async fill({ given }, system) {
        const month = `${String(given.period)}-01`;
        if (!/^\d{4}-(0[1-9]|1[0-2])-01$/.test(month))
          return { path: ['period'], en: 'This is no month.', zh: '数据月份无效。' };
        const [counted] = await system.rows<{ rows: number }>(
          'public_security',
          sql`select count(*)::int as rows from ${stays} where ${stays.capturedAt} >= (${month}::date)::timestamp at time zone 'Asia/Shanghai' and ${stays.capturedAt} < (${month}::date + interval '1 month') at time zone 'Asia/Shanghai'`,
        );
        return { rowsSent: counted?.rows ?? 0, rowsAccepted: 0, rowsRejected: 0 };
      },
    },
  },
};

import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { EffectFunction, Fill, Guard } from '../../../contract/doing/department-doing.ts';
import { schemaFolder } from '../../../contract/sdl/sources.ts';
import { readExportLimits } from '../../../contract/tables/export-limits.ts';
import { exportRequests as requests } from '../tables.ts';

const limits = readExportLimits(join(schemaFolder, 'exports.tsv'));

/** Conditions of exports. */
export const exportGuards: Readonly<Record<string, Guard>> = {
  smallExport: {
    holds: (row) =>
      sql`${row(requests.rows)} <= case when ${row(requests.isAboutPersons)} then ${sql.raw(String(limits.persons))} else ${sql.raw(String(limits.others))} end`,
    en: 'There are so many records that a second person of the unit has to approve.',
    zh: '导出数量较大，须由本单位另一人审批。',
  },
};

/** What the document reads, for whom it is kept, and how many records it finds now: all in the name of who asks. */
const readExport: Fill = {
  sets: [
    'document',
    'source',
    'recordType',
    'isAboutPersons',
    'coordinates',
    'fieldGroups',
    'maskedFields',
    'ownerIds',
    'rows',
  ],
  async fill({ given, exporting }) {
    if (!exporting) throw new Error('This program reads no documents for exports.');
    const source = String(given.document);
    const found = await exporting(source, String(given.purpose), String(given.format));
    if ('path' in found) return found;
    const { owners, ...read } = found;
    return { ...read, source, ownerIds: owners.map((code) => `PT-${code}`) };
  },
};

const anotherPersonApproves: Fill = {
  sets: [],
  compares: [],
  fill: async ({ row, person }) =>
    row?.askedBy === person
      ? {
          path: [],
          en: 'Another person of the unit approves than who asked.',
          zh: '须由本单位申请人以外的人员审批。',
        }
      : {},
};

export const exportFills: Readonly<Record<string, Fill>> = { readExport, anotherPersonApproves };

/** A small one needs nobody; the guard says whether it is small. */
const approveSmall: EffectFunction = async ({ id }, system) => {
  await system.change('ExportRequest', id, 'allow');
};

export const exportEffects: Readonly<Record<string, EffectFunction>> = { approveSmall };

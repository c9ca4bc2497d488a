import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

/** Without place and shield: the federation sees its own clients, and nobody else that there is a case. */
export const records: Readonly<Record<string, RecordSource>> = {
  WomenRightsCase: {
    table: t.womenRightsCases,
    carries: { subjects: [t.womenRightsCases.clientId] },
    defaultOrder: { column: t.womenRightsCases.openedOn, direction: 'desc' },
  },
};

import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

/** Where the record types of the cooperation office are stored: bound to no place of the district. */
export const records: Readonly<Record<string, RecordSource>> = {
  LiaisonOffice: {
    table: t.liaisonOffices,
    defaultOrder: { column: t.liaisonOffices.name, direction: 'asc' },
  },
  LiaisonContact: { table: t.liaisonContacts },
  LiaisonMatter: {
    table: t.liaisonMatters,
    defaultOrder: { column: t.liaisonMatters.openedOn, direction: 'desc' },
  },
};

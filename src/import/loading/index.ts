import type { FileKindName } from '../kinds/file-kind.ts';
import { loadLeases } from './housing.ts';
import { loadEmployments } from './labour.ts';
import type { Load } from './load-context.ts';
import { loadRegistrations } from './public-security.ts';

/** How each file's accepted rows reach the tables. */
export const loads: Readonly<Record<FileKindName, Load>> = {
  'public-security': loadRegistrations,
  housing: loadLeases,
  labour: loadEmployments,
};

import type { FileKindName } from '../kinds/file-kind.ts';
import { leasesLoad } from './housing.ts';
import { employmentsLoad } from './labour.ts';
import type { Load } from './load-context.ts';
import { registrationsLoad } from './public-security.ts';

/** How each file's accepted rows reach the tables. */
export const loads: Readonly<Record<FileKindName, Load>> = {
  'public-security': registrationsLoad,
  housing: leasesLoad,
  labour: employmentsLoad,
};

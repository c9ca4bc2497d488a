import type { FileKind } from './file-kind.ts';
import { housingFile } from './housing.ts';
import { labourFile } from './labour.ts';
import { publicSecurityFile } from './public-security.ts';

/** The files that can be imported: one line a department. */
export const fileKinds: readonly FileKind[] = [publicSecurityFile, housingFile, labourFile];

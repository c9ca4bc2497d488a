import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { faultSentence } from '../store/fault-sentence.ts';
import { checkPrivateKey } from './key.ts';

/**
 * Checks whether the log's files can be used, before anything is changed.
 * @throws Error in one sentence: a named key is missing, a file is no key, a file cannot be written
 */
export function checkAuditFiles(files: {
  readonly keyFile: string;
  readonly makesKey: boolean;
  readonly sealsFile: string;
}): void {
  if (!files.makesKey || existsSync(files.keyFile)) checkPrivateKey(files.keyFile);
  else checkWritable(files.keyFile, 'The key of the access log cannot be made', 'LAIHU_AUDIT_KEY');
  checkWritable(files.sealsFile, 'The seals of the access log cannot be written', 'LAIHU_AUDIT_SEALS');
}

function checkWritable(file: string, what: string, variable: string): void {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR', path: file });
    let place = file;
    while (!existsSync(place)) place = dirname(place);
    if (!found && !statSync(place).isDirectory())
      throw Object.assign(new Error(), { code: 'ENOTDIR', path: file });
    accessSync(place, constants.W_OK);
  } catch (error) {
    throw new Error(`${what}. ${faultSentence(error, file)} ${variable} names it.`);
  }
}

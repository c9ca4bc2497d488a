import {
  accessSync,
  chmodSync,
  constants,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Another's files, devices and pipes are written as they are; a file of one's own is replaced as a whole. */
const isReplaced = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? true;

/**
 * Looks whether a file can be written, before work is done whose outcome it is to take; writes nothing.
 * @throws the system's error: the path is a folder, its folder is not there, or either may not be written
 */
export function checkWritable(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw Object.assign(new Error('folder'), { code: 'EISDIR', path });
  if (found) accessSync(path, constants.W_OK);
  if (!found || found.isFile()) accessSync(dirname(found ? realpathSync(path) : path), constants.W_OK);
}

/**
 * Writes a file that nobody else on this machine is to read, whole or not at all: what stood there before stays when
 * the disk is full.
 * @throws the system's error
 */
export function writePrivately(path: string, text: string): void {
  if (!isReplaced(path)) {
    writeFileSync(path, text);
    return;
  }
  const there = statSync(path, { throwIfNoEntry: false }) ? realpathSync(path) : path;
  const part = join(dirname(there), `.${basename(there)}.${process.pid}`);
  try {
    writeFileSync(part, text, { mode: 0o600, flag: 'wx' });
    // A umask can only take away, but a file that was there under this name would keep its own mode.
    chmodSync(part, 0o600);
    renameSync(part, there);
  } catch (error) {
    rmSync(part, { force: true });
    throw Object.assign(error as Error, { path });
  }
}

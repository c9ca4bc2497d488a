import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { TextFile } from './text-blocks.ts';

const blockBytes = 1024 ** 2;

/** SHA-256 of a file's bytes, in hexadecimal. */
export async function sha256Of({ path }: TextFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of createReadStream(path, { highWaterMark: blockBytes })) hash.update(block);
  return hash.digest('hex');
}

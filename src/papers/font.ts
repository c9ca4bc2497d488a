import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

let font: Buffer | undefined;

/**
 * Noto Sans SC (SIL OFL 1.1, `font/OFL.txt`), reduced to Han, Latin and punctuation: all of CJK Unified Ideographs and
 * Extension A, and what the national table of general characters has beyond them (docs/decisions.md).
 */
export function paperFont(): Buffer {
  font ??= brotliDecompressSync(readFileSync(join(import.meta.dirname, 'font/noto-sans-sc-regular.ttf.br')));
  return font;
}

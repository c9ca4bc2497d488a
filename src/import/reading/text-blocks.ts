import { createReadStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { ImportRefused } from '../import-refused.ts';
import { decodes, type Encoding, recogniseEncoding } from './encoding.ts';

/** A file of the district's two million rows would have 400 MB; more is a mistake. */
const largest = 1024 ** 3;
/** So little that a block is checked in some milliseconds: meanwhile nothing else is sent to the database. */
const blockBytes = 64 * 1024;
const longestLine = 1024 ** 2;

/** A file that can be read as text. */
export interface TextFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly encoding: Encoding;
}

/**
 * Looks at a file without reading it.
 * @throws ImportRefused when there is none, it is too large, empty, or no text.
 */
export async function openText(path: string): Promise<TextFile> {
  const name = basename(path);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new ImportRefused(`There is no file ${path}; check the name.`);
  if (!found.isFile()) throw new ImportRefused(`${path} is not a file; give the CSV file itself.`);
  if (found.size > largest)
    throw new ImportRefused(
      `${name} has ${(found.size / largest).toFixed(1)} GB; a department's file of a month has less than 1 GB, so this is something else.`,
    );
  if (found.size === 0) throw new ImportRefused(`${name} is empty; ask the department to send it again.`);
  const file = await open(path).catch(() => {
    throw new ImportRefused(`${path} cannot be opened; check who may read it.`);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0);
    const encoding = recogniseEncoding(buffer.subarray(0, bytesRead), name);
    return { path, name, bytes: found.size, encoding };
  } finally {
    await file.close();
  }
}

/**
 * The file's text in blocks of whole lines, each ended by a line feed, at constant memory. Each block is decoded strictly, and none begins
 * inside a character: in neither encoding is the byte of a line feed ever part of one.
 * @param onBytes is told how many bytes each block had, before it is given
 * @throws ImportRefused that names the line which cannot be decoded.
 */
export async function* readText(file: TextFile, onBytes: (block: Buffer) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(file.encoding.label, { fatal: true, ignoreBOM: true });
  let carried: Buffer = Buffer.alloc(0);
  let skip = file.encoding.skip;
  let lines = 0;
  const decode = (block: Buffer): string => {
    onBytes(block);
    try {
      const text = decoder.decode(block.subarray(skip));
      skip = 0;
      if (text.includes('\0'))
        throw new ImportRefused(`${file.name} is not a CSV file: it holds binary data.`);
      lines += newLines(block);
      // csv-parse miscounts lines when there are several kinds of line end.
      return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
    } catch (error) {
      if (error instanceof ImportRefused) throw error;
      const line = lines + firstUndecodable(block, file.encoding.label);
      throw new ImportRefused(
        `Line ${line} of ${file.name} is not valid ${file.encoding.label.toUpperCase()}; the file was damaged or written in another encoding, ask for it again.`,
      );
    }
  };
  for await (const bytes of createReadStream(file.path, { highWaterMark: blockBytes })) {
    const block: Buffer = carried.length > 0 ? Buffer.concat([carried, bytes]) : bytes;
    const end = block.lastIndexOf(0x0a) + 1;
    carried = block.subarray(end);
    if (carried.length > longestLine)
      throw new ImportRefused(
        `${file.name} is not a CSV file: it has a line of more than a million characters.`,
      );
    if (end > 0) yield decode(block.subarray(0, end));
  }
  if (carried.length > 0) yield decode(carried);
}

function newLines(block: Buffer): number {
  let count = 0;
  for (let at = block.indexOf(0x0a); at >= 0; at = block.indexOf(0x0a, at + 1)) count += 1;
  return count;
}

/** Number of the first line of a block, from 1, that cannot be decoded. */
function firstUndecodable(block: Buffer, label: Encoding['label']): number {
  let line = 1;
  for (let start = 0; start < block.length; line++) {
    const end = block.indexOf(0x0a, start);
    const stop = end < 0 ? block.length : end;
    if (!decodes(label, block.subarray(start, stop))) break;
    start = stop + 1;
  }
  return line;
}

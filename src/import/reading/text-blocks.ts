import { createReadStream, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { ImportRefused } from '../import-refused.ts';
import { decodes, type Encoding, endOfFile, hasTellingLines, recogniseEncoding } from './encoding.ts';

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
    const head = await readHead(file);
    const encoding = recogniseEncoding(head, name, head.length === found.size);
    return { path, name, bytes: found.size, encoding };
  } finally {
    await file.close();
  }
}

/** The file's first bytes: one block, or as many as it takes to tell the encoding. */
async function readHead(file: FileHandle): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  do {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(blockBytes), 0, blockBytes, head.length);
    head = Buffer.concat([head, buffer.subarray(0, bytesRead)]);
    if (bytesRead < blockBytes) break;
  } while (head.length < longestLine && !hasTellingLines(head));
  return head;
}

export interface TextWatcher {
  /** Is told the bytes of each block before it is given. */
  onBytes(block: Buffer): void;
  /** There is text behind the mark that ends the file; it is not read. */
  onTextAfterEnd?(): void;
}

/**
 * The file's text in blocks of whole lines, each ended by a line feed, but the last where the file does so, at constant
 * memory. Lines may end with CR alone. Each block is decoded strictly, and none begins inside a character: in neither
 * encoding are the bytes of line ends ever part of one. The mark with which DOS ends a file (0x1A) ends it.
 * @throws ImportRefused that names the line which cannot be decoded.
 */
export async function* readText(file: TextFile, watcher: TextWatcher): AsyncGenerator<string> {
  const decoder = new TextDecoder(file.encoding.label, { fatal: true, ignoreBOM: true });
  let carried: Buffer = Buffer.alloc(0);
  let skip = file.encoding.skip;
  let lines = 0;
  const decode = (block: Buffer): string => {
    try {
      const text = decoder.decode(block.subarray(skip));
      skip = 0;
      if (text.includes('\0'))
        throw new ImportRefused(`${file.name} is not a CSV file: it holds binary data.`);
      lines += newLines(block);
      return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
    } catch (error) {
      if (error instanceof ImportRefused) throw error;
      const line = lines + firstUndecodable(block, file.encoding.label);
      throw new ImportRefused(
        `Line ${line} of ${file.name} is not valid ${file.encoding.label.toUpperCase()}; the file was damaged or written in another encoding, ask for it again.`,
      );
    }
  };
  let hasEnded = false;
  let saidMore = false;
  for await (const bytes of createReadStream(file.path, { highWaterMark: blockBytes })) {
    watcher.onBytes(bytes);
    const mark = hasEnded ? 0 : bytes.indexOf(endOfFile);
    if (hasEnded || mark >= 0) {
      if (!saidMore && hasText(bytes.subarray(mark))) {
        saidMore = true;
        watcher.onTextAfterEnd?.();
      }
      if (hasEnded) continue;
      hasEnded = true;
      // What stands before the mark was written to its end.
      const rest = Buffer.concat([carried, bytes.subarray(0, mark), Buffer.from('\n')]);
      carried = Buffer.alloc(0);
      yield decode(rest);
      continue;
    }
    const block: Buffer = carried.length > 0 ? Buffer.concat([carried, bytes]) : bytes;
    const end = endOfLines(block);
    carried = block.subarray(end);
    if (carried.length > longestLine)
      throw new ImportRefused(
        `${file.name} is not a CSV file: it has a line of more than a million characters.`,
      );
    if (end > 0) yield decode(block.subarray(0, end));
  }
  // The line goes back as cut; that it stops inside a character is no damage of its own.
  if (carried.length > 0) yield decode(lines > 0 ? wholeCharacters(carried, file.encoding.label) : carried);
}

/** Without the first bytes of a character whose others are missing. */
function wholeCharacters(line: Buffer, label: Encoding['label']): Buffer {
  for (let missing = 0; missing <= 3; missing++) {
    const whole = line.subarray(0, line.length - missing);
    if (decodes(label, whole)) return whole;
  }
  return line;
}

/** Where the last whole line ends. A CR at the very end may have its LF in the next block. */
function endOfLines(block: Buffer): number {
  const feed = block.lastIndexOf(0x0a);
  const last = block.at(-1) === 0x0d ? block.length - 2 : block.length - 1;
  const carriage = last < 0 ? -1 : block.lastIndexOf(0x0d, last);
  return Math.max(feed, carriage) + 1;
}

/** Whether there is more than what old programs fill a block with. */
function hasText(bytes: Buffer): boolean {
  return bytes.some((byte) => byte > 0x20 && byte !== 0x7f);
}

function newLines(block: Buffer): number {
  let count = 0;
  for (let at = block.indexOf(0x0a); at >= 0; at = block.indexOf(0x0a, at + 1)) count += 1;
  for (let at = block.indexOf(0x0d); at >= 0; at = block.indexOf(0x0d, at + 1))
    if (block[at + 1] !== 0x0a) count += 1;
  return count;
}

/** Number of the first line of a block, from 1, that cannot be decoded. */
function firstUndecodable(block: Buffer, label: Encoding['label']): number {
  let line = 1;
  for (let start = 0, at = 0; at <= block.length; at++) {
    if (at < block.length && block[at] !== 0x0a && block[at] !== 0x0d) continue;
    if (!decodes(label, block.subarray(start, at))) break;
    if (block[at] === 0x0d && block[at + 1] === 0x0a) at += 1;
    start = at + 1;
    line += 1;
  }
  return line;
}

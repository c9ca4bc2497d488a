import { parentPort, workerData } from 'node:worker_threads';
import { faultSentence } from '../store/fault-sentence.ts';
import { type CheckedFile, checkFile } from './check-file.ts';
import type { FileKind } from './file-kind.ts';
import { ImportRefused } from './import-refused.ts';
import type { TextFile } from './reading/text-blocks.ts';
import { RowSlices } from './row-slices.ts';

/** What the thread is started with. */
export interface ThreadWork {
  readonly file: TextFile;
  /** The module of the file's kind, and those of all kinds. */
  readonly kind: string;
  readonly kinds: readonly string[];
  /** `YYYY-MM` */
  readonly month: string;
  /** How many new ids stand before each accepted row. */
  readonly ids: number;
}

/** What the thread says; each slice is answered when it has been loaded. */
export type ThreadMessage =
  | { readonly type: 'slice' | 'refused'; readonly lines: readonly Uint8Array[] }
  | { readonly type: 'progress'; readonly rows: number; readonly bytes: number }
  | { readonly type: 'checked'; readonly checked: CheckedFile }
  | { readonly type: 'refusal'; readonly sentence: string };

/** Slices that may wait for the database while the file is read on. */
const slicesWaiting = 3;
const bytesOfProgress = 1024 ** 2;

const port = parentPort!;
const { file, kind, kinds, month, ids } = workerData as ThreadWork;
let waiting = 0;
let wake = () => {};
port.on('message', () => {
  waiting -= 1;
  wake();
});

const giveAs = (type: 'slice' | 'refused') => (lines: readonly Uint8Array[]) => {
  send({ type, lines }, lines);
  waiting += 1;
  if (waiting < slicesWaiting) return undefined;
  return new Promise<void>((resolve) => {
    wake = resolve;
  });
};
const slices = new RowSlices(ids, giveAs('slice'), giveAs('refused'));

try {
  let said = 0;
  const checked = await checkFile({
    file,
    kind: await kindIn(kind),
    kinds: await Promise.all(kinds.map(kindIn)),
    month,
    sink: slices,
    onProgress(rows, bytes) {
      if (bytes - said < bytesOfProgress && bytes < file.bytes) return;
      said = bytes;
      send({ type: 'progress', rows, bytes });
    },
  });
  slices.end();
  send({ type: 'checked', checked });
} catch (error) {
  // An error that crosses threads loses its class.
  const isSystems = error instanceof Error && 'syscall' in error;
  if (!(error instanceof ImportRefused || isSystems)) throw error;
  send({ type: 'refusal', sentence: isSystems ? faultSentence(error, file.name) : error.message });
} finally {
  port.close();
}

/** @param given away, without a copy */
function send(message: ThreadMessage, given: readonly Uint8Array[] = []): void {
  port.postMessage(
    message,
    given.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

async function kindIn(module: string): Promise<FileKind> {
  return ((await import(module)) as { kind: FileKind }).kind;
}

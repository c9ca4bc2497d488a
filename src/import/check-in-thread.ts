import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { CheckedFile } from './check-file.ts';
import type { ThreadMessage, ThreadWork } from './check-thread.ts';
import { ImportRefused } from './import-refused.ts';

/** What becomes of the rows. */
export interface RowTaker {
  /** Accepted rows in COPY's text format; nothing more is given until they are loaded. */
  load(lines: readonly Uint8Array[]): Promise<void>;
  /** Refused rows likewise. */
  refuse(lines: readonly Uint8Array[]): Promise<void>;
  readonly onProgress?: ((rows: number, bytes: number) => void) | undefined;
}

/** What a row leaves behind is garbage at once; more room for it makes a check no faster, only larger by 100 MB. */
const youngMegabytes = 16;

/**
 * Checks a file in a thread of its own. A check keeps a core busy for as long as the database does the other; in one
 * thread the database would wait, at each turn of a COPY, until a block of rows is checked.
 * @throws ImportRefused when the file as a whole cannot be taken; what loading throws. The thread has ended then.
 */
export async function checkInThread(
  work: ThreadWork,
  { load, refuse, onProgress }: RowTaker,
): Promise<CheckedFile> {
  const thread = new Worker(new URL('./check-thread.ts', import.meta.url), {
    workerData: work,
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  // What fails while the thread is being ended is nobody's any more.
  thread.on('error', () => {});
  try {
    for await (const [message] of on(thread, 'message', { close: ['exit'] }) as AsyncIterable<
      [ThreadMessage]
    >)
      switch (message.type) {
        case 'slice':
          await load(message.lines);
          thread.postMessage('loaded');
          break;
        case 'refused':
          await refuse(message.lines);
          thread.postMessage('loaded');
          break;
        case 'progress':
          onProgress?.(message.rows, message.bytes);
          break;
        case 'checked':
          return message.checked;
        case 'refusal':
          throw new ImportRefused(message.sentence);
      }
    throw new Error(`The thread that checks ${work.file.name} ended before the file did.`);
  } finally {
    await thread.terminate();
  }
}

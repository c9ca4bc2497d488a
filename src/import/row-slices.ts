import { copyText } from '../store/copy.ts';
import type { RefusedRow, RowSink } from './check-file.ts';
import { LineBlocks } from './line-blocks.ts';
import { createUuidV7 } from './uuid-v7.ts';

/** Rows that are copied at a time: one COPY and its statements. */
const rowsOfSlice = 20_000;

/**
 * Gathers accepted rows into slices, as the bytes that COPY takes, each row behind new ids. Refused rows, a few in a
 * hundred, are kept until the end.
 */
export class RowSlices implements RowSink {
  readonly #ids: number;
  readonly #onSlice: (lines: readonly Uint8Array[]) => Promise<void> | undefined;
  readonly #newId = createUuidV7();
  readonly #accepted = new LineBlocks();
  readonly #refused = new LineBlocks();

  /** @param ids before each row @param onSlice may wait; no row is read then */
  constructor(ids: number, onSlice: (lines: readonly Uint8Array[]) => Promise<void> | undefined) {
    this.#ids = ids;
    this.#onSlice = onSlice;
  }

  accept(copyLine: string): Promise<void> | undefined {
    let line = copyLine;
    for (let id = 0; id < this.#ids; id++) line = `${this.#newId()}\t${line}`;
    this.#accepted.add(line);
    return this.#accepted.lines < rowsOfSlice ? undefined : this.#onSlice(this.#accepted.take());
  }

  refuse({ line, code, column, text }: RefusedRow): undefined {
    this.#refused.add(`${[line, code, column, text].map(copyText).join('\t')}\n`);
  }

  /** Gives the last slice away. @returns the refused rows */
  end(): readonly Uint8Array[] {
    if (this.#accepted.lines > 0) void this.#onSlice(this.#accepted.take());
    return this.#refused.take();
  }
}

import { createUuidV7 } from '../identifiers/uuid-v7.ts';
import { copyText } from '../store/copy-text.ts';
import type { RefusedRow, RowSink } from './check-file.ts';
import { LineBlocks } from './line-blocks.ts';

/** Rows that are copied at a time: one COPY and its statements. */
const rowsOfSlice = 20_000;
const refusedOfSlice = 5000;

/** What becomes of a slice; may wait, and no row is read then. */
export type OnSlice = (lines: readonly Uint8Array[]) => Promise<void> | undefined;

/**
 * Gathers rows into slices, as the bytes that COPY takes; accepted ones each behind new ids, refused ones apart.
 */
export class RowSlices implements RowSink {
  readonly #ids: number;
  readonly #onSlice: OnSlice;
  readonly #onRefused: OnSlice;
  readonly #newId = createUuidV7();
  readonly #accepted = new LineBlocks();
  readonly #refused = new LineBlocks();

  /** @param ids before each accepted row */
  constructor(ids: number, onSlice: OnSlice, onRefused: OnSlice) {
    this.#ids = ids;
    this.#onSlice = onSlice;
    this.#onRefused = onRefused;
  }

  accept(copyLine: string): Promise<void> | undefined {
    let line = copyLine;
    for (let id = 0; id < this.#ids; id++) line = `${this.#newId()}\t${line}`;
    this.#accepted.add(line);
    return this.#accepted.lines < rowsOfSlice ? undefined : this.#onSlice(this.#accepted.take());
  }

  refuse({ line, code, column, text }: RefusedRow): Promise<void> | undefined {
    this.#refused.add(`${[line, code, column, text].map(copyText).join('\t')}\n`);
    return this.#refused.lines < refusedOfSlice ? undefined : this.#onRefused(this.#refused.take());
  }

  /** Gives the last slices away. */
  end(): void {
    if (this.#accepted.lines > 0) void this.#onSlice(this.#accepted.take());
    if (this.#refused.lines > 0) void this.#onRefused(this.#refused.take());
  }
}

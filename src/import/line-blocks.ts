const blockBytes = 256 * 1024;
/** Of a UTF-16 unit in UTF-8. */
const mostBytes = 3;

/** Collects lines as the bytes that are sent: half the memory of text, and none of it for the garbage collector. */
export class LineBlocks {
  lines = 0;
  #full: Buffer[] = [];
  #block = Buffer.allocUnsafeSlow(0);
  #used = 0;

  add(line: string): void {
    const most = line.length * mostBytes;
    if (this.#used + most > this.#block.length) this.#begin(Math.max(blockBytes, most));
    this.#used += this.#block.write(line, this.#used);
    this.lines += 1;
  }

  /** The bytes of all lines; there are none left then. */
  take(): readonly Buffer[] {
    this.#begin(0);
    const taken = this.#full;
    this.#full = [];
    this.lines = 0;
    return taken;
  }

  #begin(size: number): void {
    if (this.#used > 0) this.#full.push(this.#block.subarray(0, this.#used));
    this.#block = Buffer.allocUnsafeSlow(size);
    this.#used = 0;
  }
}

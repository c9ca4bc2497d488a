import { SingleBar } from 'cli-progress';

/** Says how far an import is. */
export interface Progress {
  rows(rows: number, bytes: number): void;
  step(step: string): void;
  stop(): void;
}

const everyMs = 2000;

/** A bar on a terminal, a line every two seconds elsewhere. */
export function createProgress(output: NodeJS.WriteStream, totalBytes: number): Progress {
  return output.isTTY ? bar(output, totalBytes) : lines(output, totalBytes);
}

/** For a caller that reads what is printed. */
export const silence: Progress = { rows() {}, step() {}, stop() {} };

function bar(output: NodeJS.WriteStream, totalBytes: number): Progress {
  const single = new SingleBar({
    stream: output,
    format: 'Reading {bar} {percentage} % | {rows} rows | {duration_formatted}',
    clearOnComplete: true,
    hideCursor: true,
  });
  single.start(totalBytes, 0, { rows: 0 });
  return {
    rows: (rows, bytes) => single.update(bytes, { rows }),
    step(step) {
      single.stop();
      output.write(`${step}\n`);
    },
    stop: () => single.stop(),
  };
}

function lines(output: NodeJS.WriteStream, totalBytes: number): Progress {
  let said = Date.now();
  return {
    rows(rows, bytes) {
      if (Date.now() - said < everyMs) return;
      said = Date.now();
      output.write(`${rows} rows read, ${Math.floor((bytes / totalBytes) * 100)} %.\n`);
    },
    step: (step) => void output.write(`${step}\n`),
    stop() {},
  };
}

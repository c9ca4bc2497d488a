import type { FileFormat } from './file-format.ts';

/** A JSON object a line, as the query answers it. The last line of a file that is not whole has a member `exportStopped`. */
export const ndjsonFormat: FileFormat = {
  head: () => '',
  page: (records) => records.map((record) => `${JSON.stringify(record)}\n`).join(''),
  stopped: (code, message) => `${JSON.stringify({ exportStopped: { code, message } })}\n`,
  end: () => '',
};

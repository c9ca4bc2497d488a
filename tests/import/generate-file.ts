import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { encodeGb18030 } from './gb18030.ts';
import { createRandom, syntheticPerson } from './synthetic-people.ts';
import { employment, type FileKind, headings, lease, registration } from './synthetic-rows.ts';

/** What a correct import makes of a generated file. */
export interface Expectation {
  rows: number;
  accepted: number;
  rejected: Record<string, number>;
  flags: Record<string, number>;
  repeated_rows: number;
}

export interface FileOptions {
  /** Rows before repetition. */
  readonly rows: number;
  /** `YYYY-MM` */
  readonly month: string;
  readonly seed?: number;
  /** The first person's number: files of the same range speak of the same people. */
  readonly from?: number;
  /** Is told the citizen identity number of each row that a correct import accepts. */
  readonly onAccepted?: (citizenId: string) => void;
}

const makers = { 'public-security': registration, housing: lease, labour: employment };

/** Writes a file as a department hands it over: GB18030, CRLF, about 5 % defects, 0.3 % repeated rows. */
export function generateFile(path: string, kind: FileKind, options: FileOptions): Expectation {
  const { rows, month, seed = 2007, from = 0, onAccepted } = options;
  const said: Expectation = { rows: 0, accepted: 0, rejected: {}, flags: {}, repeated_rows: 0 };
  const file = openSync(path, 'w');
  const write = (text: string) => writeSync(file, encodeGb18030(text));
  let chunk = `${headings[kind].join(',')}\r\n`;
  const chances = createRandom(seed);
  for (let n = 0; n < rows; n++) {
    // A person is the same in the files of all three departments.
    const person = syntheticPerson(from + n, createRandom(from + n));
    const { fields, rejected, flags } = makers[kind](n, person, month, chances);
    const line = `${fields.map(quoted).join(',')}\r\n`;
    chunk += line;
    said.rows += 1;
    if (rejected) said.rejected[rejected] = (said.rejected[rejected] ?? 0) + 1;
    else {
      said.accepted += 1;
      onAccepted?.(person.citizenId);
      for (const flag of flags) said.flags[flag] = (said.flags[flag] ?? 0) + 1;
      if (chances.chance(0.003)) {
        chunk += line;
        said.rows += 1;
        said.repeated_rows += 1;
      }
    }
    if (chunk.length > 1_000_000) {
      write(chunk);
      chunk = '';
    }
  }
  write(chunk);
  closeSync(file);
  return said;
}

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { rows: { type: 'string', default: '1000' }, month: { type: 'string', default: '2007-03' } },
  });
  const [kind, path] = positionals;
  if (!path || !(kind && kind in makers)) {
    process.stderr.write(
      'generate-file.ts <public-security|housing|labour> <file> [--rows n] [--month 2007-03]\n',
    );
    process.exit(1);
  }
  const said = generateFile(path, kind as FileKind, { rows: Number(values.rows), month: values.month });
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

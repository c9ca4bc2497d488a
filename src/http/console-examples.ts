import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'graphql';
import { z } from 'zod';

/** An example query as `GET /console/examples` sends it. `as` is the viewer code that it is written for. */
export interface ConsoleExample {
  name: string;
  title: string;
  titleZh: string;
  as: string | null;
  /** The unit for which it is asked; null: the persona's first. */
  unit: string | null;
  /** The purpose for which it is asked; null: the viewer's usual one. */
  purpose: string | null;
  domain: string;
  document: string;
  variables: Record<string, unknown> | null;
}

const headerLine = /^# (title|titleZh|as|unit|purpose|domain|variables): *(.*)$/;

const Header = z.object({
  title: z.string().min(1),
  titleZh: z.string().min(1),
  as: z.string().min(1).nullable().default(null),
  unit: z.string().min(1).nullable().default(null),
  purpose: z.string().min(1).nullable().default(null),
  domain: z.string().min(1),
  variables: z.record(z.string(), z.unknown()).nullable().default(null),
});

/**
 * Reads every `*.graphql` file of the folder, by name.
 *
 * @throws Error that names the file and what to correct in it.
 */
export async function readConsoleExamples(folder: string): Promise<ConsoleExample[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.graphql')).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      try {
        return parseConsoleExample(basename(file, '.graphql'), text);
      } catch (error) {
        throw new Error(`examples/${file}: ${(error as Error).message}`, { cause: error });
      }
    }),
  );
}

/**
 * Splits a file into its header (the comment lines `# title: …`, `# titleZh: …`, `# as: …`, `# unit: …`, `# purpose: …`, `# domain: …`,
 * `# variables: {json}` at its top) and its document (the rest).
 *
 * @throws Error when a header line is missing, the variables are no JSON object, or the document does not parse.
 */
export function parseConsoleExample(name: string, text: string): ConsoleExample {
  const lines = text.split(/\r?\n/);
  const raw: Record<string, unknown> = {};
  let row = 0;
  for (; row < lines.length; row++) {
    const match = headerLine.exec(lines[row]!);
    if (!match) break;
    raw[match[1]!] = match[1] === 'variables' ? parseVariables(match[2]!) : match[2]!.trim();
  }
  const header = Header.safeParse(raw);
  if (!header.success) {
    const field = header.error.issues[0]!.path.join('.');
    throw new Error(`write a line "# ${field}: …" at the top of the file, before the document`);
  }
  const document = lines.slice(row).join('\n').trim();
  parse(document);
  return { name, ...header.data, document };
}

function parseVariables(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the line "# variables: …" must hold one JSON object, such as {"first": 10}');
  }
}
